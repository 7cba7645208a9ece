/** Which arrays tfjs may have: those whose every number is one. */
import { type FloatArray, rowMajor } from "../../array.js";
import { allFinite } from "../finite.js";

/** Whether no array holds NaN or an infinity. */
export function areFinite(...arrays: readonly FloatArray[]): boolean {
  return arrays.every((one) => allFinite(rowMajor(one)));
}
