import { type FloatArray, rowMajor } from "../array.js";
import { colourIndex, colourTable, extent, hex, type Scale } from "./scale.js";
import { element } from "./svg.js";
import { TEXT } from "./theme.js";

/** Where a landscape is drawn: its left edge, its width, and the height of the row in the back. */
export interface LandscapePlace {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  /** Pixels from the lowest to the highest value. */
  readonly rise: number;
}

/** A grid of heights from the south, each patch drawn before those in front of it; and how far down it reaches. */
export function landscape(
  heights: FloatArray,
  scale: Scale,
  { left, width, top, rise }: LandscapePlace,
): { body: string; bottom: number } {
  const [rows = 0, columns = 0] = heights.shape;
  const data = rowMajor(heights);
  const [low, high] = extent(data);
  const table = colourTable(scale.stops);
  // The rows in the back lean to the right: a fifth of the width is theirs.
  const cell = (0.8 * width) / (columns - 1);
  const lean = (0.2 * width) / (rows - 1);
  const depth = Math.min(0.62 * cell, (1.1 * lean * columns) / rows + 0.3 * cell);
  const up = rise / (high - low || 1);
  const at = (y: number, x: number): string => {
    const value = data[y * columns + x]!;
    const height = Number.isFinite(value) ? (value - low) * up : 0;
    return `${(left + x * cell + (rows - 1 - y) * lean).toFixed(1)},${(top + rise + y * depth - height).toFixed(1)}`;
  };
  const patches: string[] = [];
  for (let y = 0; y + 1 < rows; y++) {
    for (let x = 0; x + 1 < columns; x++) {
      const corners = [at(y, x), at(y, x + 1), at(y + 1, x + 1), at(y + 1, x)];
      const colour = table[colourIndex(data[y * columns + x]!, scale)];
      if (!colour) continue;
      patches.push(element("polygon", { points: corners.join(" "), fill: hex(colour) }));
    }
  }
  const lines = { stroke: TEXT, "stroke-width": 0.4, "stroke-linejoin": "round" };
  return { body: element("g", lines, ...patches), bottom: top + rise + (rows - 1) * depth };
}
