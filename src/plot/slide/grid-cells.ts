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
  const gap = letters > 0 ? 1 : 0;
  const last = shades.length - 1;
  return values
    .map((value, i) => {
      if (value === null) return "";
      const share = high > low ? (value - low) / (high - low) : value > low ? 1 : 0;
      const shade = Math.round(last * Math.min(1, Math.max(0, share)));
      const left = x + (i % columns) * step;
      const top = y + Math.floor(i / columns) * tall;
      const square = `<rect x="${left.toFixed(2)}" y="${top.toFixed(2)}" width="${(cell - gap).toFixed(2)}" height="${(tall - gap).toFixed(2)}" fill="${shades[shade]}"/>`;
      if (letters === 0) return square;
      const baseline = (top + tall / 2 + letters * 0.36).toFixed(2);
      return `${square}<text x="${(left + cell / 2).toFixed(2)}" y="${baseline}" text-anchor="middle" font-size="${letters}" fill="${inks[shade]}">${numberText(value)}</text>`;
    })
    .join("");
}
