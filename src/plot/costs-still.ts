import { percent } from "./confusion.js";
import { type CostColumn, NAME_LETTERS } from "./costs.js";
import { element, label, STILL_WIDTH, svgDocument } from "./svg.js";
import { GRID, SIZES, shortened, TEXT, widthOf } from "./theme.js";
import { word } from "./words.js";

const ROW = 18;

/** The columns of bars as a still picture. */
export function costsStill(
  names: readonly string[],
  columns: readonly CostColumn[],
  title: string,
  alt: string,
): string {
  const short = names.map((name) => shortened(name, NAME_LETTERS));
  const left = 20 + 7.2 * Math.max(...short.map(widthOf));
  const gap = 16;
  const width = (STILL_WIDTH - left - gap * columns.length) / columns.length;
  const top = 44;
  const bottom = top + names.length * ROW + 4;
  const body = short.map((name, i) =>
    label(left - 8, top + i * ROW + 13, name, { "text-anchor": "end" }),
  );
  columns.forEach((column, i) => {
    const x = left + i * (width + gap);
    const middle = { "text-anchor": "middle", fill: column.colour };
    body.push(
      label(x + width / 2, 14, column.name, middle),
      label(x + width / 2, 31, column.total, { ...middle, "font-weight": "bold" }),
      element("line", { x1: x, y1: top, x2: x, y2: bottom, stroke: TEXT }),
      element("line", { x1: x, y1: bottom, x2: x + width, y2: bottom, stroke: GRID }),
      label(x + width / 2, bottom + 20, word("share"), { "text-anchor": "middle" }),
    );
    const scale = (width - 48) / Math.max(...column.shares);
    column.shares.forEach((share, at) => {
      const y = top + at * ROW + 3;
      body.push(
        element("rect", { x, y, width: share * scale, height: ROW - 5, fill: column.colour }),
        label(x + share * scale + 5, y + 11, share === 0 ? "0" : percent(share), {
          "font-size": SIZES.small,
        }),
      );
    });
  });
  return svgDocument(title, alt, bottom + 32, body);
}
