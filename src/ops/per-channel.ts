/** Numbers that come one for each channel or unit: biases, means, scales. */
import { type FloatArray, rowMajor } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";

/** One number for all channels, or one for each: a list or an array of one axis. */
export type PerChannel = number | readonly number[] | FloatArray;

/**
 * One number for each of `count` channels.
 *
 * @param what the word for them in messages, such as "bias".
 * @param each what there are `count` of.
 * @throws {ArgumentError} when what came is no number and no list of numbers.
 * @throws {ShapeError} when there are more or fewer.
 */
export function perChannel(
  operation: string,
  what: string,
  value: PerChannel,
  count: number,
  each: "channel" | "output channel" | "unit" = "channel",
): Float32Array {
  if (typeof value === "number") return new Float32Array(count).fill(value);
  let numbers: unknown = value;
  if (typeof value === "object" && value !== null && "shape" in value && value.shape.length === 1) {
    numbers = Array.from(rowMajor(value));
  }
  if (!Array.isArray(numbers) || numbers.some((one) => typeof one !== "number")) {
    throw new ArgumentError(
      `${operation}: the ${what} is a number, or one number for each ${each} as a list or an array of one axis.`,
    );
  }
  if (numbers.length !== count) {
    throw new ShapeError(
      `${operation}: the ${what} has ${numbers.length} numbers for ${count} ${each}s. Give one number for all, or one for each.`,
    );
  }
  return Float32Array.from(numbers);
}

/** One bias for each of `M` output channels: zeros when none is given. */
export function channelBiases(operation: string, bias: PerChannel = 0, M: number): Float32Array {
  return perChannel(operation, "bias", bias, M, "output channel");
}
