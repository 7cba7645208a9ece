import type { Domain, Panel } from "../panel.js";
import { chooseScale } from "../scale.js";
import type { Role } from "../theme.js";
import { word } from "../words.js";
import type { Matrix, Moves } from "./moves.js";

/** A matrix of the equation, ready to draw. */
export interface SlidePart {
  readonly matrix: Matrix;
  readonly panel: Panel;
}

/** The parts of the equation that a slide draws, from left to right: input, kernel (if any), output. */
export function slideParts(moves: Moves): SlidePart[] {
  const { rule } = moves;
  const parts: [Matrix, Role, string][] = [[moves.input, "input", word("input")]];
  if (rule.kind === "sum") {
    parts.push([rule.kernel, "kernel", word(rule.flip ? "turned" : "kernel")]);
  }
  parts.push([moves.output, "output", word("output")]);
  const domains = slideDomains(
    parts.map(([matrix]) => matrix),
    0,
  );
  return parts.map(([matrix, role, heading], i) => {
    const [left, right] = domains[i]!.x;
    const numbered = ((right - left) * PHONE) / matrix.columns >= NUMBERED_CELL;
    return { matrix, panel: slidePanel(matrix, role, heading, numbered) };
  });
}

/** The signs between the parts: ⋆ for correlation, ∗ for true convolution, an arrow where nothing is multiplied. */
export function slideSigns({ rule }: Moves): string[] {
  if (rule.kind !== "sum") return ["→"];
  return [rule.flip ? "∗" : "⋆", "="];
}

/** Width of a phone's page in pixels, and the least width of a cell there whose number can be read. */
const PHONE = 366;
const NUMBERED_CELL = 12;

function slidePanel(matrix: Matrix, role: Role, heading: string, numbered: boolean): Panel {
  const { rows, columns, values, firstRow, firstColumn } = matrix;
  return {
    raster: { kind: "heat", rows, columns, values, scale: chooseScale(values, role) },
    heading,
    role,
    numbered,
    toward: "middle",
    firstRow,
    firstColumn,
  };
}

/** Share of the width that stays free between two parts, for the operator. */
const GAP = 0.07;

/**
 * Places the parts side by side so that a cell of each is equally large: the kernel fits the window that it moves in.
 * Only beside a large picture the kernel is drawn larger, so that its numbers can be read.
 *
 * @param low the lower edge of the row, as a fraction of the plotting area
 */
export function slideDomains(matrices: readonly Matrix[], low: number): Domain[] {
  const free = 1 - GAP * (matrices.length - 1);
  const largest = Math.max(...matrices.map(({ columns }) => columns));
  const tallest = Math.max(...matrices.map(({ rows }) => rows));
  const widths = matrices.map(({ columns }) => Math.max(columns, largest / 3.2));
  const total = widths.reduce((a, b) => a + b, 0);
  let left = 0;
  return matrices.map(({ rows, columns }, i) => {
    const share = (free * widths[i]!) / total;
    const right = left + share;
    const enlarged = widths[i]! / columns;
    const height = Math.min(1, (rows * enlarged) / tallest) * (1 - low);
    const middle = (1 + low) / 2;
    const domain: Domain = {
      x: [round(left), round(Math.min(1, right))],
      y: [round(middle - height / 2), round(Math.min(1, middle + height / 2))],
    };
    left = right + GAP;
    return domain;
  });
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
