import { inflateSync } from "node:zlib";
import { ArgumentError } from "../errors.js";
import { tiffOrientation } from "./orientation.js";
import { checkSize } from "./picture.js";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** PNG colour types (PNG specification, table 11.1): how many samples a pixel has, and whether the picture is grey. */
const COLOUR_TYPES = new Map([
  [0, { samples: 1, grey: true }],
  [2, { samples: 3, grey: false }],
  [3, { samples: 1, grey: false }],
  [4, { samples: 2, grey: true }],
  [6, { samples: 4, grey: false }],
]);

/** What a PNG's header says. */
interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  readonly samples: number;
  readonly grey: boolean;
}

/** What all chunks say before the pixels are unpacked. */
export interface PngChunks extends PngHeader {
  /** How the camera was held (Exif orientation, 1 to 8). */
  readonly orientation: number;
  /** Where the file ends: a download may have left other bytes behind it. */
  readonly end: number;
}

/** Whether the bytes begin as every PNG file does. */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** The error for a PNG that cannot be read whole. */
export function brokenPng(name: string, reason: string): ArgumentError {
  return new ArgumentError(
    `${name} is not a whole PNG file: ${reason}. Save or download the picture again.`,
  );
}

/**
 * Walks all chunks of a PNG before its pixels are unpacked: each must be whole and its checksum right (pngjs skips the
 * ones that it doesn't know, so that a damaged name made another picture), and the sizes bounded.
 *
 * @throws {ArgumentError} when the file is damaged, cut off, or larger than a lesson needs.
 */
export function readChunks(bytes: Uint8Array, name: string): PngChunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packed: Uint8Array[] = [];
  let header: PngHeader | undefined;
  let interlaced = false;
  let orientation = 1;
  let at = SIGNATURE.length;
  for (let ended = false; !ended; ) {
    if (at + 12 > bytes.length) throw brokenPng(name, "its end is missing");
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) throw brokenPng(name, "its end is missing");
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)) {
      throw brokenPng(name, `a checksum is wrong at byte ${at}`);
    }
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === "IHDR" && length === 13) {
      header = readHeader(data, name);
      interlaced = data[12] === 1;
    }
    if (type === "IDAT") packed.push(data);
    if (type === "eXIf") orientation = tiffOrientation(data);
    ended = type === "IEND";
    at += 12 + length;
  }
  if (!header) throw brokenPng(name, "its header is missing");
  if (packed.length === 0) throw brokenPng(name, "its pixels are missing");
  if (interlaced) boundInterlaced(packed, header, name);
  return { ...header, orientation, end: at };
}

function readHeader(data: Uint8Array, name: string): PngHeader {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const kind = COLOUR_TYPES.get(view.getUint8(9));
  if (!kind) throw brokenPng(name, "its colour type is unknown");
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  checkSize(width, height, name);
  return { width, height, depth: view.getUint8(8), ...kind };
}

/** pngjs unpacks an interlaced picture without a bound, so a small file could fill the memory: unpack it here first. */
function boundInterlaced(packed: Uint8Array[], header: PngHeader, name: string): void {
  // Seven passes, each with a filter byte a row and rows rounded up to whole bytes.
  const rowBytes = Math.ceil((header.width * header.samples * header.depth) / 8);
  const bound = 2 * (rowBytes + 8) * (header.height + 8);
  try {
    inflateSync(Buffer.concat(packed), { maxOutputLength: bound });
  } catch {
    throw brokenPng(name, "its packed pixels are damaged");
  }
}

let table: Uint32Array | undefined;

/** The checksum of PNG chunks (PNG specification, annex D); node:zlib has it from Node 20.15 on only. */
function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = table[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
