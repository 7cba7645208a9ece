/** NaN and infinities after a back end has computed: what the loops say is right, whatever the back end made of it. */
import { type FloatArray, rowMajor } from "../../array.js";

/** Puts NaN into a fresh result wherever the input has one. */
export function keepNaN(input: Float32Array, result: FloatArray): FloatArray {
  const values = rowMajor(result);
  for (let i = 0; i < input.length; i++) if (Number.isNaN(input[i])) values[i] = Number.NaN;
  return result;
}

/** Puts NaN into those rows of a fresh result whose scores have no softmax: with NaN or +∞, or nothing but −∞. */
export function spoilRows(scores: Float32Array, C: number, result: FloatArray): FloatArray {
  const values = rowMajor(result);
  for (let first = 0; first < scores.length; first += C) {
    let largest = -Infinity;
    for (let c = 0; c < C; c++) largest = Math.max(largest, scores[first + c]!);
    if (!Number.isFinite(largest)) values.fill(Number.NaN, first, first + C);
  }
  return result;
}
