import type { Values } from "../blocks.js";
import type { Colours } from "../raster.js";
import { colourIndex, colourTable, type Scale } from "../scale.js";

/** Maps beside and below each other in one small picture, two pixels apart: what is left where scripts don't run. */
export function sheet(maps: readonly Values[], scales: readonly Scale[], across: number): Colours {
  const { rows, columns } = maps[0]!;
  const down = Math.ceil(maps.length / across);
  const [height, width] = [down * (rows + 2) - 2, across * (columns + 2) - 2];
  const samples = new Uint8Array(height * width * 3).fill(255);
  maps.forEach(({ values }, i) => {
    const scale = scales[i]!;
    const table = colourTable(scale.stops);
    const [top, left] = [Math.floor(i / across) * (rows + 2), (i % across) * (columns + 2)];
    values.forEach((value, at) => {
      const pixel = (top + Math.floor(at / columns)) * width + left + (at % columns);
      const index = Number.isFinite(value) ? colourIndex(value, scale) : -1;
      samples.set(table[index] ?? [128, 128, 128], pixel * 3);
    });
  });
  return { kind: "colours", rows: height, columns: width, samples };
}
