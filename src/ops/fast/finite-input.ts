/** Which arrays tfjs may have: those whose every number is one. */
import { type FloatArray, rowMajor } from "../../array.js";
import { allFinite } from "../finite.js";

/** Whether no array holds NaN or an infinity. */
export function areFinite(...arrays: readonly FloatArray[]): boolean {
  return arrays.every((one) => allFinite(rowMajor(one)));
}

/**
 * Whether a convolution of one channel a group must go to the loops: WebAssembly's depthwise convolution, which it comes
 * to, turns NaN into −∞.
 */
export function isForLoops(
  { groups, C, M }: { readonly groups: number; readonly C: number; readonly M: number },
  ...arrays: readonly FloatArray[]
): boolean {
  return groups > 1 && (groups === C || groups === M) && !areFinite(...arrays);
}
