import { ArgumentError } from "../errors.js";
import { exifOrientation, tiffOrientation } from "./orientation.js";
import { checkSize } from "./picture.js";

/** Whether the bytes begin as every WebP file does. */
export function isWebp(bytes: Uint8Array): boolean {
  return textAt(bytes, 0) === "RIFF" && textAt(bytes, 8) === "WEBP";
}

/** The error for a WebP that cannot be read whole. */
export function brokenWebp(name: string, reason: string): ArgumentError {
  return new ArgumentError(
    `${name} is not a whole WebP file: ${reason}. Save or download the picture again.`,
  );
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/**
 * Walks the chunks of a WebP file before its pixels are unpacked (RFC 9649, section 2): all must be there, the size
 * bounded, and the picture a still one.
 *
 * @returns how the camera was held (Exif orientation, 1 to 8)
 * @throws {ArgumentError} when the file is cut off, too large, or an animation.
 */
export function checkWebp(bytes: Uint8Array, name: string): { orientation: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 20) throw brokenWebp(name, "its header is missing");
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) throw brokenWebp(name, "its end is missing");
  let pixels = false;
  let orientation = 1;
  for (let at = 12; at + 8 <= end; ) {
    const kind = textAt(bytes, at);
    const length = view.getUint32(at + 4, true);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (at + 8 + length > end) throw brokenWebp(name, "a part of it is missing");
    if (kind === "ANIM" || kind === "ANMF") {
      throw new ArgumentError(`${name} is an animation; save one picture of it as PNG.`);
    }
    const size = sizeOf(kind, data);
    if (size) checkSize(size.width, size.height, name);
    if (kind === "VP8 " || kind === "VP8L") {
      if (!size) throw brokenWebp(name, "its header is damaged");
      pixels = true;
    }
    if (kind === "EXIF") orientation = noteOf(data);
    at += 8 + length + (length % 2);
  }
  if (!pixels) throw brokenWebp(name, "its pixels are missing");
  return { orientation };
}

/** Width and height as the chunk says: VP8 with loss (RFC 6386, 9.1), VP8L without, VP8X with extras. */
function sizeOf(kind: string, data: Uint8Array): { width: number; height: number } | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (kind === "VP8 " && data.length >= 10) {
    if (data[3] !== 0x9d || data[4] !== 0x01 || data[5] !== 0x2a) return undefined;
    return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
  }
  if (kind === "VP8L" && data.length >= 5 && data[0] === 0x2f) {
    const bits = view.getUint32(1, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind === "VP8X" && data.length >= 10) {
    const three = (at: number): number => view.getUint16(at, true) + (data[at + 2]! << 16);
    return { width: three(4) + 1, height: three(7) + 1 };
  }
  return undefined;
}

/** The chunk is the note itself (RFC 9649, 2.7.1.5); some programs put a JPEG's six bytes before it. */
function noteOf(data: Uint8Array): number {
  return textAt(data, 0) === "Exif" ? exifOrientation(data) : tiffOrientation(data);
}
