/** Whether numbers are numbers: back ends of tfjs disagree about NaN and infinities, the library does not. */

/** Whether no value is NaN or infinite. */
export function allFinite(values: Float32Array): boolean {
  // 0·x is 0 for finite x and NaN for all others, so one sum tells.
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += 0 * values[i]!;
  return zero === 0;
}
