import { decimalText, isExact } from "../numbers.js";
import { word } from "../words.js";
import { type Moves, valuesUnder } from "./moves.js";

/** A piece of a written sum, with the role whose colour it has. */
export interface Piece {
  readonly text: string;
  readonly role?: "input" | "kernel" | "output";
}

/** One line of a written sum. */
export type Line = readonly Piece[];

/** Kernels up to this size have every product written out; larger ones the sum of each row. */
const WRITTEN_SIDE = 5;
/** Kernels with more rows have only their total. */
const MOST_LINES = 8;

/** A no-break space, as wide as a digit in the letters of the sums. */
const SPACE = "\u00a0";

function inParentheses(text: string): string {
  return text.startsWith("−") ? `(${text})` : text;
}

/** Longest line that a phone shows in letters of a good size. */
const LINE_LETTERS = 44;

/**
 * How each output value came about, place by place and line by line: one line a kernel row, then the result. When
 * the factors would make too long a line for a phone anywhere, each product is written as one number everywhere.
 */
export function allSums(moves: Moves): Line[][] {
  const { rows, columns } = moves.output;
  const each = (factors: boolean): Line[][] =>
    Array.from({ length: rows * columns }, (_, place) =>
      sumLines(moves, Math.floor(place / columns), place % columns, factors),
    );
  const sums = each(true);
  const longest = Math.max(...sums.flat().map((line) => lineText(line).length));
  return longest > LINE_LETTERS && moves.rule.kind === "sum" ? each(false) : sums;
}

function sumLines(moves: Moves, row: number, column: number, factors: boolean): Line[] {
  const under = valuesUnder(moves, row, column);
  const result = moves.output.values[row * moves.output.columns + column]!;
  const lines =
    moves.rule.kind === "sum"
      ? productLines(moves, under, result, factors)
      : poolLines(moves.rule.kind, under, result);
  // Equal lengths keep the lines flush on the left although they are centred as a block.
  const longest = Math.max(...lines.map((line) => lineText(line).length));
  return lines.map((line) => {
    const missing = longest - lineText(line).length;
    return missing === 0 ? line : [...line, { text: SPACE.repeat(missing) }];
  });
}

function productLines(
  moves: Moves,
  under: readonly (readonly number[])[],
  result: number,
  factors: boolean,
): Line[] {
  if (moves.rule.kind !== "sum") return [];
  const { kernel, bias } = moves.rule;
  const weight = (u: number, v: number): number => kernel.values[u * kernel.columns + v]!;
  let exact = isExact(result);
  const lines: Piece[][] = [];
  if (Math.max(kernel.rows, kernel.columns) <= WRITTEN_SIDE) {
    const texts = under.map((values, u) =>
      values.map((value, v) => {
        exact &&= isExact(value) && isExact(weight(u, v));
        return factors
          ? productPieces(value, weight(u, v))
          : [{ text: decimalText(value * weight(u, v)) }];
      }),
    );
    const widths = texts[0]!.map((_, v) =>
      Math.max(...texts.map((row) => lineText(row[v]!).length)),
    );
    texts.forEach((row, u) => {
      const line: Piece[] = [{ text: u === 0 ? SPACE + SPACE : `+${SPACE}` }];
      row.forEach((pieces, v) => {
        const missing = widths[v]! - lineText(pieces).length;
        line.push({ text: (v > 0 ? `${SPACE}+${SPACE}` : "") + SPACE.repeat(missing) }, ...pieces);
      });
      lines.push(line);
    });
  } else if (kernel.rows <= MOST_LINES) {
    exact = false;
    under.forEach((values, u) => {
      const total = values.reduce((sum, value, v) => sum + value * weight(u, v), 0);
      const sign = u === 0 ? SPACE + SPACE : `+${SPACE}`;
      lines.push([{ text: `${sign}${inParentheses(decimalText(total))}` }]);
    });
  } else {
    exact = false;
    const count = kernel.rows * kernel.columns;
    lines.push([{ text: `Σ x×w (${count})` }]);
  }
  const last: Piece[] = [];
  if (bias !== 0) {
    last.push({
      text: `+${SPACE}${inParentheses(decimalText(bias))}${SPACE}(${word("bias")})${SPACE}`,
    });
    exact &&= isExact(bias);
  }
  last.push(
    { text: exact ? "=" : "≈" },
    { text: `${SPACE}${decimalText(result)}`, role: "output" },
  );
  return [...lines, last];
}

function productPieces(value: number, weight: number): Piece[] {
  return [
    { text: decimalText(value), role: "input" },
    { text: "×" },
    { text: inParentheses(decimalText(weight)), role: "kernel" },
  ];
}

/** A maximum or a mean: the values in brackets, those outside the picture left out. */
function poolLines(
  kind: "max" | "mean",
  under: readonly (readonly number[])[],
  result: number,
): Line[] {
  const values = under.flat().filter((value) => !Number.isNaN(value));
  const sign = isExact(result) && values.every((value) => isExact(value)) ? "=" : "≈";
  const answer: Piece[] = [
    { text: `${SPACE}${sign}${SPACE}` },
    { text: decimalText(result), role: "output" },
  ];
  if (values.length > WRITTEN_SIDE ** 2) {
    return [[{ text: `${kind}(${values.length} ×)` }, ...answer]];
  }
  const listed = values.flatMap((value, i): Piece[] => [
    ...(i > 0 ? [{ text: kind === "max" ? `,${SPACE}` : `${SPACE}+${SPACE}` }] : []),
    {
      text: kind === "mean" && i > 0 ? inParentheses(decimalText(value)) : decimalText(value),
      role: "input",
    },
  ]);
  if (kind === "max") return [[{ text: "max(" }, ...listed, { text: ")" }, ...answer]];
  return [[{ text: "(" }, ...listed, { text: `)${SPACE}/${SPACE}${values.length}` }, ...answer]];
}

/** A line without colours. */
export function lineText(line: Line): string {
  return line.map((piece) => piece.text).join("");
}

/** The whole sum on one line, for reading aloud. */
export function spokenSum(lines: readonly Line[]): string {
  return `${lines
    .map(lineText)
    .join(" ")
    .replace(/\u00a0/g, " ")
    .replace(/ +/g, " ")
    .trim()}.`;
}
