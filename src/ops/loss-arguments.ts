/** What the losses refuse, the same for the reference and the fast version. */
import { type FloatArray, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { requireArray } from "./layout.js";

/** The right classes: one number for one list of scores, a list of numbers for a batch. */
export type Labels = number | readonly number[];

/** Scores and the class that is right for each row. */
export interface LabelledScores {
  readonly N: number;
  readonly C: number;
  readonly labels: readonly number[];
}

/**
 * Settles which class is right for each row of scores.
 *
 * @throws {ShapeError} when the scores are not C or N×C, or there is not one label for each row.
 * @throws {ArgumentError} when a label is no class: not whole, below 0, C or more.
 */
export function labelledScores(
  operation: string,
  scores: FloatArray,
  labels: Labels,
): LabelledScores {
  requireArray(scores, operation, "array of scores");
  const { shape } = scores;
  const C = shape[shape.length - 1] ?? 0;
  if (shape.length < 1 || shape.length > 2 || C === 0) {
    throw new ShapeError(
      `${operation}: the scores are one for each of C classes, or N×C for a batch; got ${shapeText(shape)}.`,
    );
  }
  const N = shape.length === 2 ? shape[0]! : 1;
  const list = typeof labels === "number" ? [labels] : labels;
  if (!Array.isArray(list)) {
    throw new ArgumentError(
      `${operation}: the labels are the number of a class, or a list of such numbers; got ${typeof labels}.`,
    );
  }
  if (list.length !== N || (typeof labels === "number" && shape.length === 2)) {
    const came = typeof labels === "number" ? "a number" : `a list of ${list.length}`;
    throw new ShapeError(
      `${operation}: there is one label for each row of scores: ${shape.length === 1 ? "a number" : `a list of ${N}`} for scores of ${shapeText(shape)}; got ${came}.`,
    );
  }
  for (const [row, label] of list.entries()) {
    if (!Number.isInteger(label) || label < 0 || label >= C) {
      const where = shape.length === 2 ? `label ${row}` : "the label";
      throw new ArgumentError(
        `${operation}: ${where} is the number of one of ${C} classes, a whole number from 0 to ${C - 1}; got ${String(label)}.`,
      );
    }
  }
  return { N, C, labels: list };
}
