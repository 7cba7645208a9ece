/** Checks that the convolutions of the family share: channels that must agree. */
import { type FloatArray, shapeText } from "../array.js";
import { ShapeError } from "../errors.js";
import type { ImageLayout } from "./layout.js";
import { IMAGE, LINE, letters, type Space } from "./space.js";

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
  refuseChannelsFirst(spatial === 2 ? IMAGE : LINE, operation, input, rank, kernel, reads);
  throw new ShapeError(
    `${operation}: the input ${shapeText(input.shape)} has ${C} channel${C === 1 ? "" : "s"} (its last axis), but the kernel ${shapeText(kernel.shape)} reads ${reads} (${where}). The two must be equal.`,
  );
}

/**
 * Refuses an input whose channels come before its places, as PyTorch has them.
 *
 * @param reads how many channels the kernel reads; `how` may add to that, as in " in 2 groups".
 * @throws {ShapeError} with the call that puts them last.
 */
export function refuseChannelsFirst(
  space: Space,
  operation: string,
  input: FloatArray,
  rank: number,
  kernel: FloatArray,
  reads: number,
  how = "",
): void {
  const spatial = space.length;
  if (rank <= spatial || input.shape[rank - spatial - 1] !== reads) return;
  const batch = rank === spatial + 2 ? "N×" : "";
  const axes = letters(space);
  const cure = spatial === 2 ? "toHWC(input)" : `input.transpose(${lastToFirst(rank, spatial)})`;
  throw new ShapeError(
    `${operation}: expected ${batch}${axes}×C with the ${reads} channels that the kernel ${shapeText(kernel.shape)} reads${how}, got shape ${shapeText(input.shape)}: is this ${batch}C×${axes}? Use ${cure}.`,
  );
}

/** The axes of a transpose that puts channels last. */
function lastToFirst(rank: number, spatial: number): string {
  const channels = rank - spatial - 1;
  const axes = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== channels);
  return [...axes, channels].join(", ");
}
