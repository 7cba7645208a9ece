/** Max pooling, in windows or over the whole map. */
import { ArgumentError, ShapeError } from "../../errors.js";
import { countOf, type Layer, type LayerPlan, weightless } from "../layer.js";

/**
 * The largest value of each size×size tile, per channel; rows and columns left over at the end are dropped.
 * Output ⌊H/size⌋×⌊W/size⌋×C.
 *
 * @throws {ArgumentError} when `size` is not a whole number above 0.
 */
export function maxPool(size: number): LayerPlan {
  if (!Number.isInteger(size) || size < 1) {
    throw new ArgumentError(`A pooling window is 1 or more pixels wide; got ${size}.`);
  }
  return (inputShape) => tiles(inputShape, size, size, "a pooling layer");
}

/** The largest value of each channel over the whole map: H×W×C → C. Where it was found is forgotten. */
export function globalMax(): LayerPlan {
  return (inputShape) => {
    const [height = 0, width = 0, channels = 0] = inputShape;
    return { ...tiles(inputShape, height, width, "a global maximum"), outputShape: [channels] };
  };
}

function tiles(inputShape: readonly number[], tall: number, wide: number, what: string): Layer {
  const [height = 0, width = 0, channels = 0] = inputShape;
  const rows = Math.floor(height / tall);
  const columns = Math.floor(width / wide);
  if (inputShape.length !== 3 || rows < 1 || columns < 1) {
    throw new ShapeError(
      `The input of ${what} is H×W×C, no smaller than its window; got ${inputShape.join("×")}.`,
    );
  }
  const winners = new Int32Array(rows * columns * channels);
  return weightless(
    [rows, columns, channels],
    (input) => {
      const output = new Float32Array(winners.length).fill(-Infinity);
      for (let y = 0; y < rows * tall; y++) {
        for (let x = 0; x < columns * wide; x++) {
          const to = (Math.floor(y / tall) * columns + Math.floor(x / wide)) * channels;
          const from = (y * width + x) * channels;
          for (let c = 0; c < channels; c++) {
            if (input[from + c]! > output[to + c]!) {
              output[to + c] = input[from + c]!;
              winners[to + c] = from + c;
            }
          }
        }
      }
      return output;
    },
    (outputGradient) => {
      // Only the winner of each window had a say, so only it gets the slope.
      const inputGradient = new Float32Array(countOf(inputShape));
      outputGradient.forEach((g, i) => {
        inputGradient[winners[i]!]! += g;
      });
      return inputGradient;
    },
  );
}
