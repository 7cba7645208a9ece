/** Where the grids of a moving window lie on the picture: an equation in a row, or rows of numbers below each other. */
import { numberText } from "../numbers.js";
import { chooseScale, colourTable, hex, inkOn } from "../scale.js";
import { STILL_WIDTH } from "../svg.js";
import type { Role } from "../theme.js";
import type { Matrix, Moves } from "./moves.js";
import type { Grid } from "./scene.js";

/** The grids in their places, and the room that they take. */
export interface Layout {
  readonly input: Grid;
  readonly kernel: Grid | null;
  readonly output: Grid;
  readonly height: number;
}

/** Pixels at the left and right of the picture, between two grids, and above a grid for its heading. */
const MARGIN = 8;
const GAP = 40;
export const HEADING = 22;
/** Tallest picture and largest cell, in the picture's units. */
const MOST_HEIGHT = 270;
const MOST_CELL = 44;
/** Least cell whose number is still read on a phone, which draws the picture at six tenths of its size. */
const NUMBERED_CELL = 21;
/** A row of numbers is at least so high, however many there are. */
const LEAST_TALL = 24;
/** A kernel beside a large picture is at least this part as wide as it, so that its numbers can be read. */
const KERNEL_SHARE = 1 / 3.2;
/** Shades that a scale is sent with: more than an eye tells apart. */
const SHADES = 48;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly cell: number;
  readonly step?: number;
  readonly tall?: number;
}

function grid(matrix: Matrix, role: Role, { x, y, cell, step = cell, tall = cell }: Place): Grid {
  const { low, high, stops } = chooseScale(matrix.values, role);
  const table = colourTable(stops);
  const shades = Array.from(
    { length: SHADES },
    (_, i) => table[Math.round((i * 255) / (SHADES - 1))]!,
  );
  const longest = Math.max(1, ...Array.from(matrix.values, (value) => numberText(value).length));
  const letters = Math.min(cell * 0.5, (cell * 1.55) / longest, 16);
  return {
    rows: matrix.rows,
    columns: matrix.columns,
    firstRow: matrix.firstRow,
    firstColumn: matrix.firstColumn,
    // Seven digits are all that a 32-bit float has.
    values: Array.from(matrix.values, (value) =>
      Number.isFinite(value) ? Number(value.toPrecision(7)) : null,
    ),
    x: round(x),
    y: round(y),
    cell: round(cell),
    step: round(step),
    tall: round(tall),
    low,
    high,
    shades: shades.map(hex),
    inks: shades.map(inkOn),
    letters: cell >= NUMBERED_CELL && letters >= 9 ? round(letters) : 0,
  };
}

/** Lays out the grids of a moving window. */
export function slideLayout(moves: Moves): Layout {
  return moves.flat ? stacked(moves) : inARow(moves);
}

/** Input, kernel and output side by side, with cells of one size, so that the kernel fits the window. */
function inARow({ input, rule, output }: Moves): Layout {
  const matrices = [input, ...(rule.kernel ? [rule.kernel] : []), output];
  const largest = Math.max(...matrices.map(({ columns }) => columns));
  const tallest = Math.max(...matrices.map(({ rows }) => rows));
  const widths = matrices.map(({ columns }) => Math.max(columns, largest * KERNEL_SHARE));
  const total = widths.reduce((a, b) => a + b, 0);
  const free = STILL_WIDTH - 2 * MARGIN - GAP * (matrices.length - 1);
  const cell = Math.min(free / total, MOST_HEIGHT / tallest, MOST_CELL);
  const sizes = matrices.map(({ rows, columns }, i) =>
    Math.min((cell * widths[i]!) / columns, MOST_HEIGHT / rows, MOST_CELL),
  );
  const height = Math.max(...matrices.map(({ rows }, i) => rows * sizes[i]!));
  const taken = matrices.reduce((sum, { columns }, i) => sum + columns * sizes[i]!, 0);
  let x = (STILL_WIDTH - taken - GAP * (matrices.length - 1)) / 2;
  const places = matrices.map(({ rows, columns }, i) => {
    const size = sizes[i]!;
    const place = { x, y: HEADING + (height - rows * size) / 2, cell: size };
    x += columns * size + GAP;
    return place;
  });
  return {
    input: grid(input, "input", places[0]!),
    kernel: rule.kernel ? grid(rule.kernel, "kernel", places[1]!) : null,
    output: grid(output, "output", places[places.length - 1]!),
    height: HEADING + height + MARGIN,
  };
}

/** Input above kernel above output; each place stands in the middle of its window. */
function stacked({ direction, input, rule, output, walks }: Moves): Layout {
  const { stride, before, k, dilation } = walks.columns;
  const span = (k - 1) * dilation + 1;
  const wide = direction === "gather" ? input : output;
  const cell = Math.min((STILL_WIDTH - 2 * MARGIN) / wide.columns, MOST_CELL);
  const left = (STILL_WIDTH - wide.columns * cell) / 2;
  const middle = (-before + (span - 1) / 2 - wide.firstColumn) * cell;
  const tall = Math.max(cell, LEAST_TALL);
  const pitch = tall + HEADING + 12;
  const wideAt = { x: left, cell, tall };
  const narrowAt = { x: left + middle, cell, tall, step: stride * cell };
  const [inputAt, outputAt] = direction === "gather" ? [wideAt, narrowAt] : [narrowAt, wideAt];
  const y = (row: number): number => HEADING + row * pitch;
  return {
    input: grid(input, "input", { ...inputAt, y: y(0) }),
    kernel: rule.kernel
      ? grid(rule.kernel, "kernel", { x: left, y: y(1), cell, tall, step: dilation * cell })
      : null,
    output: grid(output, "output", { ...outputAt, y: y(2) }),
    height: y(2) + tall + MARGIN,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
