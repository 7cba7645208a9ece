import type { Grid, NumberText } from "./scene.js";

/**
 * The cells of a grid as SVG, each with its colour and, where there is room, its value. It is sent to the page as its
 * own source text and uses nothing from outside itself.
 */
export function gridCells(
  grid: Grid,
  values: readonly (number | null)[],
  numberText: NumberText,
): string {
  const { columns, x, y, cell, step, tall, low, high, shades, inks, letters } = grid;
  const last = shades.length - 1;
  const shadeOf = (value: number): number => {
    const share = high > low ? (value - low) / (high - low) : value > low ? 1 : 0;
    return Math.round(last * Math.min(1, Math.max(0, share)));
  };
  const rect = (i: number, width: number, height: number, shade: number): string =>
    `<rect x="${(x + (i % columns) * step).toFixed(1)}" y="${(y + Math.floor(i / columns) * tall).toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${shades[shade]}"/>`;
  const parts: string[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    const shade = shadeOf(value);
    if (letters > 0) {
      const middle = (x + (i % columns) * step + cell / 2).toFixed(1);
      const baseline = (y + (Math.floor(i / columns) + 0.5) * tall + letters * 0.36).toFixed(1);
      parts.push(
        rect(i, cell - 1, tall - 1, shade),
        `<text x="${middle}" y="${baseline}" text-anchor="middle" font-size="${letters}" fill="${inks[shade]}">${numberText(value)}</text>`,
      );
      continue;
    }
    // Neighbours of one colour are one rectangle; a hair wider, so that no page shows between two.
    let run = 1;
    while (step === cell && (i + run) % columns !== 0) {
      const next = values[i + run];
      if (next === null || next === undefined || shadeOf(next) !== shade) break;
      run++;
    }
    parts.push(rect(i, run * cell + (step === cell ? 0.3 : 0), tall + 0.3, shade));
    i += run - 1;
  }
  return parts.join("");
}
