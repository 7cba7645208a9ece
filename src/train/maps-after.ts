import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { countOf } from "./layer.js";
import type { Network } from "./network.js";

/**
 * What a network's pictures have become after its first layers: `mapsAfter(net, pictures, 2)` are the values behind
 * the second one. Nothing is learned.
 *
 * @param net a network of {@link network}
 * @param pictures N×H×W or N×H×W×C, as for `fit`
 * @param layers how many layers to pass, 1 to all of them
 * @returns N×(the shape behind that layer), for maps N×H×W×C
 * @throws {ArgumentError} when the network has no such layer.
 * @throws {ShapeError} when the pictures don't fit the first layer.
 */
export function mapsAfter(net: Network, pictures: FloatArray, layers: number): FloatArray {
  if (!Number.isInteger(layers) || layers < 1 || layers > net.layers.length) {
    throw new ArgumentError(
      `This network has ${net.layers.length} layers; values after layer ${layers} do not exist.`,
    );
  }
  const passed = net.layers.slice(0, layers);
  const [count = 0, ...picture] = pictures.shape;
  const size = countOf(picture);
  if (count === 0 || size !== countOf(net.inputShape)) {
    throw new ShapeError(
      `This network takes batches of N×${shapeText(net.inputShape)}; got ${shapeText(pictures.shape)}.`,
    );
  }
  const shape = passed[passed.length - 1]!.outputShape;
  const outputs = new Float32Array(count * countOf(shape));
  const values = rowMajor(pictures);
  for (let n = 0; n < count; n++) {
    const output = passed.reduce(
      (value, layer) => layer.forward(value),
      values.subarray(n * size, (n + 1) * size),
    );
    outputs.set(output, n * countOf(shape));
  }
  return fromData(outputs, [count, ...shape]);
}
