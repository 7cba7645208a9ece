/** What stays as it is while the window moves: the pictures with their headings, the padding, the signs between. */
import { numberText } from "../numbers.js";
import { rasterUrl } from "../raster.js";
import { chooseScale } from "../scale.js";
import { element, label } from "../svg.js";
import { PADDING, ROLE_COLOURS, type Role, SIZES } from "../theme.js";
import { word } from "../words.js";
import { gridCells } from "./grid-cells.js";
import type { Matrix, Moves } from "./moves.js";
import type { Grid, Scene } from "./scene.js";

/** Grids of more cells than these are sent as one picture. */
const MOST_CELLS = 400;

/** What lies below the moving parts, and what lies on them, as SVG. */
export interface StillParts {
  readonly below: string;
  readonly above: string;
}

/** The parts that do not move. */
export function stillParts(scene: Scene, moves: Moves): StillParts {
  const { input, kernel, output, direction, flat } = scene;
  const flip = moves.rule.kind === "sum" && moves.rule.flip;
  const drawn: string[] = [...cells(input, moves.input, "input")];
  // A kernel that moves along a row, and an output that fills up, are drawn anew for every place.
  if (kernel && !flat) drawn.push(...cells(kernel, moves.rule.kernel!, "kernel"));
  if (direction === "gather") drawn.push(...cells(output, moves.output, "output"));
  if (direction === "gather") drawn.push(...border(input, moves, "input"));
  const heads: [Grid, Role, string][] = [[input, "input", word("input")]];
  if (kernel) heads.push([kernel, "kernel", word(flip ? "turned" : "kernel")]);
  heads.push([output, "output", word("output")]);
  drawn.push(...heads.map(([grid, role, text]) => heading(grid, role, text, flat)));
  if (!flat) drawn.push(...signs([input, ...(kernel ? [kernel] : []), output], moves));
  // The border that is cut off in the end lies on the output, which is drawn anew for every place.
  const above = direction === "spread" ? border(output, moves, "output") : [];
  return { below: drawn.join(""), above: above.join("") };
}

function cells(grid: Grid, matrix: Matrix, role: Role): string[] {
  const { rows, columns, x, y, cell, step, tall } = grid;
  const width = (columns - 1) * step + cell;
  const frame = { x, y, width, height: rows * tall, fill: "none" };
  const edge = element("rect", { ...frame, stroke: ROLE_COLOURS[role], "stroke-width": 2 });
  const gaps = step > cell;
  if (rows * columns <= MOST_CELLS) {
    return [gridCells(grid, grid.values, numberText), ...(gaps ? [] : [edge])];
  }
  const { values } = matrix;
  const raster = { kind: "heat", rows, columns, values, scale: chooseScale(values, role) } as const;
  const picture = element("image", {
    ...{ x, y, width, height: rows * tall },
    preserveAspectRatio: "none",
    href: rasterUrl(raster, false),
    style: "image-rendering:pixelated",
  });
  return [picture, edge];
}

/** A veil over the padding, and the edge of what is inside it. */
function border(grid: Grid, { bare: [h, w] }: Moves, role: Role): string[] {
  const { rows, columns, firstRow, firstColumn, x, y, step, tall } = grid;
  if (rows === h && columns === w) return [];
  const bands: (readonly [row: number, column: number, height: number, width: number])[] = [
    [firstRow, firstColumn, -firstRow, columns],
    [h, firstColumn, rows + firstRow - h, columns],
    [0, firstColumn, h, -firstColumn],
    [0, w, h, columns + firstColumn - w],
  ];
  const box = ([row, column, height, width]: (typeof bands)[number]) => ({
    x: x + (column - firstColumn) * step,
    y: y + (row - firstRow) * tall,
    width: width * step,
    height: height * tall,
  });
  return [
    ...bands
      .filter(([, , height, width]) => height > 0 && width > 0)
      .map((band) => element("rect", { ...box(band), fill: PADDING })),
    element("rect", {
      ...box([0, 0, h, w]),
      fill: "none",
      stroke: ROLE_COLOURS[role],
      "stroke-width": 2,
    }),
  ];
}

function heading(grid: Grid, role: Role, text: string, flat: boolean): string {
  const middle = grid.x + ((grid.columns - 1) * grid.step + grid.cell) / 2;
  return label(flat ? 8 : middle, grid.y - 7, text, {
    "text-anchor": flat ? "start" : "middle",
    "font-weight": "bold",
    "font-size": SIZES.text,
    fill: ROLE_COLOURS[role],
  });
}

/** ⋆ for correlation, ∗ for true convolution, an arrow where nothing is multiplied. */
export function slideSigns({ rule, direction }: Moves): string[] {
  if (rule.kind !== "sum") return ["→"];
  if (direction === "spread") return ["⋆ᵀ", "="];
  return [rule.flip ? "∗" : "⋆", "="];
}

function signs(grids: readonly Grid[], moves: Moves): string[] {
  return slideSigns(moves).map((sign, i) => {
    const [from, to] = [grids[i]!, grids[i + 1]!];
    const x = (from.x + from.columns * from.cell + to.x) / 2;
    const y = from.y + (from.rows * from.tall) / 2;
    return label(x, y + 7, sign, { "font-size": 20, "text-anchor": "middle" });
  });
}
