import { type FloatArray, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";

/** The largest picture that is read, in pixels: 40 million, more than a phone's photograph needs in a lesson. */
export const MAX_PIXELS = 40_000_000;

/** The sides of a picture, and 1 channel (grey) or 3 (red, green, blue). */
export interface PictureShape {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/**
 * Reads a shape as that of a picture.
 *
 * @throws {ShapeError} unless it is H×W, H×W×1 or H×W×3 with at least one pixel.
 */
export function checkPicture(picture: FloatArray): PictureShape {
  const shape = shapeOf(picture);
  const [height = 0, width = 0, channels = 1] = shape;
  const rank = shape.length;
  if ((rank !== 2 && rank !== 3) || (channels !== 1 && channels !== 3)) {
    const hint =
      rank === 3 && (height === 1 || height === 3)
        ? ": is this C×H×W? Use toHWC(picture)."
        : ". Take one channel of a stack of maps with image.channel(maps, i).";
    throw new ShapeError(
      `A picture is H×W (grey) or H×W×3 (colour); got ${shapeText(shape)}${hint}`,
    );
  }
  if (height * width === 0) {
    throw new ShapeError(`A picture has at least one pixel; got ${shapeText(shape)}.`);
  }
  return { height, width, channels };
}

/**
 * The shape of anything that is an array.
 *
 * @throws {ShapeError} when it is none: null, a number, a plain list.
 */
export function shapeOf(picture: FloatArray): readonly number[] {
  const shape: unknown = (picture as FloatArray | null | undefined)?.shape;
  if (Array.isArray(shape)) return shape;
  throw new ShapeError(
    `A picture is an array such as image.load or array([[0, 1], [1, 0]]) gives; got ${kindOf(picture)}.`,
  );
}

/** What something is, in words for a message. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a plain list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/**
 * Refuses a picture that would fill the memory, before it is unpacked.
 *
 * @throws {ArgumentError} when it has no pixel or more than {@link MAX_PIXELS}.
 */
export function checkSize(width: number, height: number, name: string): void {
  if (width === 0 || height === 0) {
    throw new ArgumentError(`${name} says that it is ${width} by ${height} pixels: it is damaged.`);
  }
  if (width * height > MAX_PIXELS) {
    throw new ArgumentError(
      `${name} is ${width} by ${height} pixels; at most ${MAX_PIXELS / 1e6} million are read. Scale it down first.`,
    );
  }
}
