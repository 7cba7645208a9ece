/** What a confusion matrix is made from: counts, or labels beside predictions. */

import { type FloatArray, rowMajor, shapeText } from "../array.js";
import { isFloatArray } from "../array-required.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";

/** How often each class was taken for each other, ready to draw. */
export interface Counts {
  readonly classes: readonly string[];
  /** `counts[truth][answer]`. */
  readonly counts: readonly (readonly number[])[];
  /** The same as shares of each row; 0 in a row without examples. */
  readonly shares: readonly (readonly number[])[];
}

/** Counts pairs of labels and predictions. */
export function tally(
  labels: ArrayLike<number>,
  answers: ArrayLike<number>,
  given?: number,
): number[][] {
  if (labels?.length !== answers.length || answers.length === 0) {
    throw new ShapeError(
      `plot.confusion wants as many predictions as labels, at least one; got ${labels?.length ?? 0} labels and ${answers.length} predictions.`,
    );
  }
  let classes = given ?? 2;
  for (const value of [...Array.from(labels), ...Array.from(answers)]) {
    if (!Number.isInteger(value) || value < 0 || value >= (given ?? 1000)) {
      throw new ArgumentError(
        `plot.confusion: a class is a whole number from 0${given ? ` to ${given - 1}, one for each name` : ""}; got ${value}. Take argmax of each row of probabilities.`,
      );
    }
    classes = Math.max(classes, value + 1);
  }
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]![answers[i]!]! += 1;
  return counts;
}

/** A square matrix of counts as rows. */
export function square(matrix: FloatArray | readonly (readonly number[])[]): number[][] {
  if (!isFloatArray(matrix) && !(Array.isArray(matrix) && matrix.every(Array.isArray))) {
    throw new ShapeError(
      `plot.confusion wants a square matrix, counts[truth][answer], or labels and predictions; got ${cameText(matrix)}.`,
    );
  }
  const rows = "shape" in matrix ? rowsOf(matrix) : matrix.map((row) => [...row]);
  if (rows.length === 0 || rows.some((row) => row.length !== rows.length)) {
    throw new ShapeError(
      `plot.confusion wants a square matrix, counts[truth][answer]; got ${rows.length}×${rows[0]?.length ?? 0}.`,
    );
  }
  const wrong = rows.flat().find((count) => !(count >= 0) || !Number.isFinite(count));
  if (wrong !== undefined) {
    throw new ArgumentError(`plot.confusion: a count is a number of at least 0; got ${wrong}.`);
  }
  return rows;
}

function rowsOf(matrix: FloatArray): number[][] {
  const [rows = 0, columns = 0] = matrix.shape;
  if (matrix.shape.length !== 2) {
    throw new ShapeError(
      `plot.confusion wants a square matrix, counts[truth][answer]; got ${shapeText(matrix.shape)}.`,
    );
  }
  const values = rowMajor(matrix);
  return Array.from({ length: rows }, (_, y) => [
    ...values.subarray(y * columns, (y + 1) * columns),
  ]);
}

/** Counts with the names of their classes, and as shares of each row. */
export function withShares(counts: number[][], names: readonly string[] | undefined): Counts {
  const classes = names ?? counts.map((_, i) => String(i));
  if (classes.length !== counts.length) {
    throw new ArgumentError(
      `plot.confusion: ${classes.length} names came for ${counts.length} classes. Give one name for each.`,
    );
  }
  const shares = counts.map((row) => {
    const total = row.reduce((a, b) => a + b, 0);
    return row.map((count) => (total > 0 ? count / total : 0));
  });
  return { classes, counts, shares };
}
