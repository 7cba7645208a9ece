/** Checks that the convolutions of the family share: channels that must agree, and biases. */
import { type FloatArray, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import type { ImageLayout } from "./layout.js";

/**
 * Refuses an input whose channels are not those that the kernel reads.
 *
 * @param reads how many channels the kernel reads, and `where` in its shape that is written.
 * @param spatial how many axes are places; for images a cure is named.
 * @throws {ShapeError} naming both, and the cure when the input looks like channels first.
 */
export function requireChannels(
  operation: string,
  input: FloatArray,
  { rank, C }: Pick<ImageLayout, "rank" | "C">,
  kernel: FloatArray,
  reads: number,
  where: string,
  spatial = 2,
): void {
  if (C === reads) return;
  const first =
    spatial === 2 && rank > 2 && input.shape[rank - 3] === reads
      ? ` The input looks like ${rank === 3 ? "C×H×W" : "N×C×H×W"}: put the channels last with toHWC(input).`
      : " The two must be equal.";
  throw new ShapeError(
    `${operation}: the input ${shapeText(input.shape)} has ${C} channel${C === 1 ? "" : "s"} (its last axis), but the kernel ${shapeText(kernel.shape)} reads ${reads} (${where}).${first}`,
  );
}

/**
 * One bias for each of `M` output channels.
 *
 * @throws {ArgumentError} when the bias is neither a number nor a list of numbers.
 * @throws {ShapeError} when the list has another length.
 */
export function channelBiases(
  operation: string,
  bias: number | readonly number[] | FloatArray | undefined,
  M: number,
): Float32Array {
  let values: unknown = bias;
  if (bias === undefined || typeof bias === "number") values = new Array<number>(M).fill(bias ?? 0);
  if (typeof bias === "object" && bias !== null && "shape" in bias && bias.shape.length === 1) {
    values = Array.from(rowMajor(bias));
  }
  if (!Array.isArray(values) || values.some((value) => typeof value !== "number")) {
    throw new ArgumentError(
      `${operation}: the bias is a number, or a list with one number for each output channel.`,
    );
  }
  if (values.length !== M) {
    throw new ShapeError(
      `${operation}: ${values.length} biases came for ${M} output channels. Give one number for all, or one for each.`,
    );
  }
  return Float32Array.from(values as number[]);
}
