/** Pictures that have their channels first, as other libraries keep them, and are no error by their shape alone. */
import { ShapeError } from "./errors.js";

/** A square of at least so many pixels behind 1 or 3 is a picture with its channels first. */
const SURELY_PIXELS = 16;

/** Whether an H×W×C is rather a C×H×W: 1 or 3 rows of a square's sides. */
export function looksChannelsFirst([rows, columns, channels]: readonly number[]): boolean {
  return (rows === 1 || rows === 3) && columns === channels && columns >= SURELY_PIXELS;
}

/**
 * Refuses a picture whose channels come first, which would else be taken for three rows of many channels.
 *
 * @throws {ShapeError} with the call that puts them last.
 */
export function refuseChannelsFirstPicture(operation: string, shape: readonly number[]): void {
  if (shape.length !== 3 || !looksChannelsFirst(shape)) return;
  throw new ShapeError(
    `${operation}: expected H×W×C, got shape [${shape.join(", ")}]: is this C×H×W? Use toHWC(picture).`,
  );
}
