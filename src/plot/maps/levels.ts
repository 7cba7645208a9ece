/** Numbers of a stack of maps as small whole ones, packed once for a page. */
import type { Values } from "../blocks.js";

/** A stack of maps as a page unpacks it: value = level × unit. */
export interface PackedMaps {
  readonly rows: number;
  readonly columns: number;
  /** Bits of a level: 16 where the maps are few or small, else 8. */
  readonly bits: 16 | 8;
  /** What a level is worth, for each map. */
  readonly units: readonly number[];
  /** All levels, map after map, row by row: base64 of little-endian signed numbers. The least level is "no number". */
  readonly levels: string;
}

/** Up to so many values have 16 bits, which are 213 kB as base64. */
const FINE_UP_TO = 80_000;
/** Up to so many are packed at all; more are averaged first. */
const MOST = 150_000;

/** How many pixels along each side are one cell of a page, so that all maps together stay small. */
export function blockSide(rows: number, columns: number, count: number, most = MOST): number {
  let side = 1;
  while (Math.ceil(rows / side) * Math.ceil(columns / side) * count > most) side++;
  return side;
}

/** Packs maps of one size. Each has its own unit, so that zero stays zero and a weak map keeps its digits. */
export function packMaps(maps: readonly Values[]): PackedMaps {
  const { rows, columns } = maps[0]!;
  const size = rows * columns;
  const bits = size * maps.length <= FINE_UP_TO ? 16 : 8;
  const top = 2 ** (bits - 1) - 1;
  const all = bits === 16 ? new Int16Array(size * maps.length) : new Int8Array(size * maps.length);
  const units = maps.map(({ values }, i) => {
    let largest = 0;
    for (const value of values)
      if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
    const unit = largest / top || 1;
    values.forEach((value, at) => {
      all[i * size + at] = Number.isFinite(value) ? Math.round(value / unit) : -top - 1;
    });
    return unit;
  });
  return { rows, columns, bits, units, levels: Buffer.from(all.buffer).toString("base64") };
}
