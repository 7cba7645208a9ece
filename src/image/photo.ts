import { type FloatArray, fromData } from "../array.js";
import { readAsset } from "../data/assets.js";
import { ArgumentError } from "../errors.js";
import { decodeJpeg } from "./jpeg.js";

/**
 * The photographs inside the package (their sources and licences stand in `assets/README.md`). `barn` has long
 * straight edges, `grass` fine texture; `cat` and `coffee` are in colour, the others grey.
 */
export const photoNames = [
  "barn",
  "boats",
  "alps",
  "flower",
  "airplane",
  "cat-steps",
  "grass",
  "brick",
  "cat",
  "coffee",
] as const;

/** A name that {@link photo} knows. */
export type PhotoName = (typeof photoNames)[number];

const kept = new Map<PhotoName, FloatArray>();

/**
 * A real photograph from the package, free to copy (CC0), at most 400 pixels on its longer side.
 *
 * @param name one of {@link photoNames}
 * @returns H×W (grey), or H×W×3 for `cat` and `coffee`; 0 (black) to 1 (white). Yours to change.
 * @throws {ArgumentError} when there is no photograph of that name.
 * @example
 * image.photo("barn").shape // → [308, 400]
 */
export function photo(name: PhotoName): FloatArray {
  if (!photoNames.includes(name)) {
    throw new ArgumentError(
      `There is no photograph "${name}" in the package. There are: ${photoNames.join(", ")}.`,
    );
  }
  let picture = kept.get(name);
  if (!picture) {
    picture = decodeJpeg(readAsset(`photos/${name}.jpg`), `assets/photos/${name}.jpg`);
    kept.set(name, picture);
  }
  return fromData(picture.data.slice(), picture.shape);
}
