/** Several results of one computation, such as the gradients of an input and of a kernel. */
import { type FloatArray, fromData, zeros } from "../../array.js";
import { compute, type Tensor, type Tf } from "../../backend/compute.js";

/** {@link compute} for several results; those of an empty batch are zeros. */
export function computeEach(
  shapes: readonly (readonly number[])[],
  N: number,
  f: (tf: Tf) => Tensor[],
): FloatArray[] {
  if (N === 0) return shapes.map((shape) => zeros(shape));
  const sizes = shapes.map((shape) => shape.reduce((product, size) => product * size, 1));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const { data } = compute([total], (tf) => tf.concat(f(tf).map((t) => tf.reshape(t, [-1]))));
  let begin = 0;
  return shapes.map((shape, which) => {
    const end = begin + sizes[which]!;
    const result = fromData(data.slice(begin, end), shape);
    begin = end;
    return result;
  });
}
