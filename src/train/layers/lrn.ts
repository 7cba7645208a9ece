/** Local response normalisation (Krizhevsky et al. 2012, section 3.3), with the paper's numbers. */
import { type Layer, none, weightless } from "../layer.js";

/** Channels on either side that a value is weighed against (the paper's n = 5 counts both and itself). */
export const LRN_REACH = 2;
/** The paper's k, α and β. */
export const LRN_NUMBERS = { k: 2, alpha: 1e-4, beta: 0.75 };

/** y[c] = x[c] / t[c]^β with t[c] = k + α · Σ x[d]², d from c − 2 to c + 2. */
export function lrnLayer(inputShape: readonly number[]): Layer {
  const C = inputShape[inputShape.length - 1]!;
  const { k, alpha, beta } = LRN_NUMBERS;
  let input = none;
  let t = none;
  /** For each value, the sum of `value(j)` over the neighbouring channels j of its pixel. */
  const sums = (length: number, value: (j: number) => number): Float32Array => {
    const out = new Float32Array(length);
    for (let i = 0; i < length; i++) {
      const c = i % C;
      let sum = 0;
      for (let d = Math.max(0, c - LRN_REACH); d <= Math.min(C - 1, c + LRN_REACH); d++) {
        sum += value(i - c + d);
      }
      out[i] = sum;
    }
    return out;
  };
  return weightless(
    inputShape,
    (x) => {
      input = x;
      t = sums(x.length, (j) => x[j]! ** 2).map((sum) => k + alpha * sum);
      return x.map((value, i) => value / t[i]! ** beta);
    },
    (slopes) => {
      // x[c] stands over its own t and inside the t of its neighbours.
      const inside = sums(slopes.length, (j) => slopes[j]! * input[j]! * t[j]! ** (-beta - 1));
      return slopes.map(
        (slope, i) => slope / t[i]! ** beta - 2 * alpha * beta * input[i]! * inside[i]!,
      );
    },
  );
}
