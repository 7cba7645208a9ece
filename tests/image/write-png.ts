/** A PNG writer of our own, so that the reader is tested on what pngjs itself never writes: every type and depth. */
import { crc32, deflateSync } from "node:zlib";

export interface Raw {
  readonly width: number;
  readonly height: number;
  readonly depth: 1 | 2 | 4 | 8 | 16;
  readonly type: 0 | 2 | 3 | 4 | 6;
  /** Row by row, as many samples a pixel as the type has. */
  readonly samples: readonly number[];
  readonly interlaced?: boolean;
  /** Further chunks before the pixels, such as PLTE and tRNS. */
  readonly before?: readonly [string, readonly number[]][];
}

const SAMPLES = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

export function samplesPerPixel(type: Raw["type"]): number {
  return SAMPLES[type];
}

function crc(bytes: Uint8Array): number {
  if (typeof crc32 === "function") return crc32(bytes);
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}

export function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), out.length - 4);
  return out;
}

/** Start and step of Adam7's passes (PNG specification, 8.2): x, y, dx, dy. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function packRow(values: readonly number[], depth: number): number[] {
  if (depth === 16) return values.flatMap((value) => [value >> 8, value & 255]);
  const bytes: number[] = new Array(Math.ceil((values.length * depth) / 8)).fill(0);
  values.forEach((value, i) => {
    const bit = i * depth;
    bytes[bit >> 3]! |= value << (8 - depth - (bit & 7));
  });
  return bytes;
}

export function writePng(raw: Raw): Uint8Array {
  const per = SAMPLES[raw.type];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(raw.width, 0);
  header.writeUInt32BE(raw.height, 4);
  header.set([raw.depth, raw.type, 0, 0, raw.interlaced ? 1 : 0], 8);
  const rows: number[] = [];
  for (const [x0, y0, dx, dy] of raw.interlaced ? ADAM7 : [[0, 0, 1, 1] as const]) {
    for (let y = y0; y < raw.height && x0 < raw.width; y += dy) {
      const values: number[] = [];
      for (let x = x0; x < raw.width; x += dx) {
        const at = (y * raw.width + x) * per;
        values.push(...raw.samples.slice(at, at + per));
      }
      rows.push(0, ...packRow(values, raw.depth));
    }
  }
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk("IHDR", header),
      ...(raw.before ?? []).map(([type, data]) => chunk(type, Uint8Array.from(data))),
      chunk("IDAT", deflateSync(Buffer.from(rows))),
      chunk("IEND", new Uint8Array()),
    ]),
  );
}
