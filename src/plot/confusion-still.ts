import { cellLines, NAME_LETTERS, NUMBERED_CLASSES, percent } from "./confusion.js";
import type { Counts } from "./confusion-counts.js";
import { colourTable, hex, inkOn } from "./scale.js";
import { element, label, STILL_WIDTH, svgDocument } from "./svg.js";
import { SEQUENTIAL, SIZES, shortened, widthOf } from "./theme.js";
import { word } from "./words.js";

/** A confusion matrix as a still picture. */
export function confusionStill(table: Counts, title: string, alt: string): string {
  const { classes, shares } = table;
  const size = classes.length;
  const cell = Math.min(70, 400 / size);
  const side = cell * size;
  const names = classes.map((name) => shortened(name, NAME_LETTERS));
  const longest = Math.max(...names.map(widthOf)) * 7;
  const left = Math.max(longest + 36, (STILL_WIDTH - side) / 2);
  const top = 26;
  const colours = colourTable(SEQUENTIAL.input);
  const lines = cellLines(table);
  const hasShares = size <= NUMBERED_CLASSES;
  const font = Math.min(SIZES.text, cell * 0.42);
  const body = shares.flatMap((row, y) =>
    row.flatMap((share, x) => {
      const colour = colours[Math.round(255 * share)]!;
      const [at, down] = [left + x * cell, top + y * cell];
      const texts = lines[y]![x]!;
      return [
        element("rect", {
          x: at,
          y: down,
          width: cell - (size > 40 ? 0 : 1),
          height: cell - (size > 40 ? 0 : 1),
          fill: hex(colour),
        }),
        ...texts.map((text, i) =>
          label(at + cell / 2, down + cell / 2 + 5 + (i - (texts.length - 1) / 2) * 16, text, {
            "text-anchor": "middle",
            "font-size": i > 0 ? SIZES.small : font,
            fill: inkOn(colour),
          }),
        ),
      ];
    }),
  );
  const isTurned = longest > cell - 4;
  const step = Math.max(1, Math.ceil(14 / cell));
  names.forEach((name, i) => {
    if (i % step !== 0) return;
    const middle = (i + 0.5) * cell;
    body.push(label(left - 8, top + middle + 4, name, { "text-anchor": "end" }));
    const [x, y] = [left + middle, top + side + 16];
    body.push(
      isTurned
        ? label(x + 4, y - 8, name, {
            "text-anchor": "end",
            transform: `rotate(-90 ${x + 4} ${y - 8})`,
          })
        : label(x, y, name, { "text-anchor": "middle" }),
    );
    if (!hasShares) return;
    body.push(
      label(left + side + 10, top + middle + 4, percent(shares[i]![i]!), {
        "font-size": SIZES.small,
      }),
    );
  });
  if (hasShares) {
    body.push(label(left + side + 10, top - 8, word("right"), { "font-size": SIZES.small }));
  }
  const below = top + side + (isTurned ? longest + 14 : 26) + 14;
  const beside = Math.max(14, left - longest - 24);
  body.push(
    label(left + side / 2, below, word("answer"), { "text-anchor": "middle" }),
    label(beside, top + side / 2, word("truth"), {
      "text-anchor": "middle",
      transform: `rotate(-90 ${Math.round(beside)} ${Math.round(top + side / 2)})`,
    }),
  );
  return svgDocument(title, alt, below + 16, body);
}
