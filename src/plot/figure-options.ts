/** Options of figures, checked in one place: a wrong one would else end deep inside a drawing, or count as none. */
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import { type Known, requireOptions } from "../ops/known-options.js";

const isText = (value: unknown): boolean => typeof value === "string";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isYesNo = (value: unknown): boolean => typeof value === "boolean";
/** More panels are drawn by no figure. */
const MOST_COLUMNS = 64;
const isCount = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_COLUMNS;
const isRange = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] < value[1];
const colours = ["auto", "grey", "input", "kernel", "output"];

const text = { is: isText, wanted: 'text, such as "Loss"' } as const;
const texts = { is: isTexts, wanted: 'a list of texts, such as ["cat", "dog"]' } as const;
const yesNo = { is: isYesNo, wanted: "true or false" } as const;

/** What options of these names are, in whichever figure. */
const RULES: Readonly<Record<string, { is(value: unknown): boolean; readonly wanted: string }>> = {
  title: text,
  alt: text,
  x: text,
  y: text,
  names: texts,
  classes: texts,
  log: yesNo,
  horizontal: yesNo,
  columns: { is: isCount, wanted: `a whole number from 1 to ${MOST_COLUMNS}` },
  range: { is: isRange, wanted: "two numbers, the lower one first, such as [0, 1]" },
  colours: {
    is: (value) => colours.includes(value as string),
    wanted: '"auto", "grey", "input", "kernel" or "output"',
  },
};

/**
 * Refuses what is no object of known options, and texts, lists, ranges and counts that are none.
 *
 * @param figure its name in messages, such as `plot.bars`.
 * @throws {ArgumentError} naming what came and what was wanted.
 */
export function requireFigureOptions<Options extends object>(
  figure: string,
  options: Options,
  known: Known<Options>,
): void {
  requireOptions(figure, options, known);
  for (const [name, value] of Object.entries(options)) {
    const rule = RULES[name];
    if (value === undefined || rule === undefined || rule.is(value)) continue;
    throw new ArgumentError(
      `${figure}: the option "${name}" is ${rule.wanted}; got ${cameText(value)}.`,
    );
  }
}
