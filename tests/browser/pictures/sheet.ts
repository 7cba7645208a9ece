/** All views of one figure as one small picture, so that a person sees them together. */
import { fromPng, type Picture, toPng } from "./thumbnail.js";

/** Where a view lies on its sheet: left, top, width, height. */
export type Place = readonly [number, number, number, number];

const GAP = 4;
/** Between the views: neither light nor dark. */
const GROUND = 140;

/** Puts views beside each other, `across` in a row. */
export function makeSheet(
  views: ReadonlyMap<string, Picture>,
  across: number,
): { sheet: Picture; places: Record<string, Place> } {
  const places: Record<string, Place> = {};
  let [left, top, low, right] = [GAP, GAP, 0, 0];
  [...views].forEach(([name, { width, height }], i) => {
    if (i > 0 && i % across === 0) [left, top, low] = [GAP, top + low + GAP, 0];
    places[name] = [left, top, width, height];
    left += width + GAP;
    [low, right] = [Math.max(low, height), Math.max(right, left)];
  });
  const [width, height] = [right, top + low + GAP];
  const data = new Float32Array(width * height * 3).fill(GROUND);
  for (const [name, view] of views) {
    const [x, y] = places[name]!;
    for (let row = 0; row < view.height; row++) {
      const from = row * view.width * 3;
      data.set(view.data.subarray(from, from + view.width * 3), ((y + row) * width + x) * 3);
    }
  }
  return { sheet: { width, height, data }, places };
}

/** Takes a view from a sheet. */
export function viewOf(sheet: Picture, [x, y, width, height]: Place): Picture {
  const data = new Float32Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * sheet.width + x) * 3;
    data.set(sheet.data.subarray(from, from + width * 3), row * width * 3);
  }
  return { width, height, data };
}

export const readSheet: (bytes: Uint8Array) => Picture = fromPng;
export const writeSheet = (sheet: Picture): Uint8Array => toPng(sheet);
