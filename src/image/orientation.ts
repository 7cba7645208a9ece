import { type FloatArray, fromData, rowMajor } from "../array.js";

const TIFF_ORIENTATION = 0x0112;

/**
 * The orientation that a camera wrote into a JPEG's Exif segment (Exif 2.3, tag 0x0112): 1 is upright, 2 to 8 are
 * turned or mirrored. A segment that says nothing, or nonsense, counts as upright.
 */
export function exifOrientation(segment: Uint8Array): number {
  if (String.fromCharCode(...segment.subarray(0, 6)) !== "Exif\0\0") return 1;
  return tiffOrientation(segment.subarray(6));
}

/** The same from the note itself, as PNG and WebP hold it: without the six bytes that a JPEG puts before it. */
export function tiffOrientation(note: Uint8Array): number {
  const tiff = new DataView(note.buffer, note.byteOffset, note.byteLength);
  if (tiff.byteLength < 8) return 1;
  const little = tiff.getUint16(0) === 0x4949;
  const start = tiff.getUint32(4, little);
  if (start + 2 > tiff.byteLength) return 1;
  const entries = tiff.getUint16(start, little);
  for (let i = 0; i < entries; i++) {
    const at = start + 2 + 12 * i;
    if (at + 12 > tiff.byteLength) return 1;
    if (tiff.getUint16(at, little) === TIFF_ORIENTATION) {
      const value = tiff.getUint16(at + 8, little);
      return value >= 1 && value <= 8 ? value : 1;
    }
  }
  return 1;
}

/**
 * Undoes the turn or mirroring of an Exif orientation.
 *
 * @param picture H×W or H×W×C
 * @param orientation 1 to 8; from 5 on height and width change places
 */
export function turnUpright(picture: FloatArray, orientation: number): FloatArray {
  if (orientation === 1) return picture;
  const [height = 0, width = 0, channels = 1] = picture.shape;
  const turned = orientation >= 5;
  const [outHeight, outWidth] = turned ? [width, height] : [height, width];
  const from = rowMajor(picture);
  const to = new Float32Array(from.length);
  const mirrorsX = [2, 3, 7, 8].includes(orientation);
  const mirrorsY = [3, 4, 6, 7].includes(orientation);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const [row, column] = turned ? [x, y] : [y, x];
      const sourceY = mirrorsY ? height - 1 - row : row;
      const sourceX = mirrorsX ? width - 1 - column : column;
      for (let c = 0; c < channels; c++) {
        to[(y * outWidth + x) * channels + c] = from[(sourceY * width + sourceX) * channels + c]!;
      }
    }
  }
  const shape = [outHeight, outWidth, ...picture.shape.slice(2)];
  return fromData(to, shape);
}
