/** Pictures and their targets, checked, and cut into batches. */
import { type FloatArray, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { type BatchTargets, type Engine, scoreLayers } from "./engine.js";
import { countOf } from "./layer.js";
import type { Targets } from "./options.js";

/** Pictures as one list of values. */
export interface Pictures {
  readonly count: number;
  /** Values of one picture. */
  readonly size: number;
  readonly values: Float32Array;
}

/**
 * Reads N×H×W or N×H×W×C.
 *
 * @param shape of one picture
 * @throws {ShapeError} when the pictures have another shape, or there is none.
 */
export function readPictures(pictures: FloatArray, shape: readonly number[]): Pictures {
  const [count = 0, ...own] = pictures.shape;
  if (countOf(own) !== countOf(shape) || count === 0) {
    throw new ShapeError(
      `This network takes batches of N×${shapeText(shape)}; got ${shapeText(pictures.shape)}.`,
    );
  }
  const values = rowMajor(pictures);
  return { count, size: values.length / count, values };
}

/**
 * Reads a batch, or one picture as a batch of one.
 *
 * @throws {ShapeError} when it is neither.
 */
export function readOneOrMore(
  pictures: FloatArray,
  shape: readonly number[],
  what = "pictures",
): Pictures & { readonly single: boolean } {
  const size = countOf(shape);
  const values = rowMajor(pictures);
  const single = { count: 1, size, values, single: true };
  if (withoutOnes(pictures.shape) === withoutOnes(shape)) return single;
  const [count = 0, ...own] = pictures.shape;
  if (count === 0 || countOf(own) !== size) {
    if (values.length === size) return single;
    throw new ShapeError(
      `This network takes ${what} of ${shapeText(shape)}; got ${shapeText(pictures.shape)}.`,
    );
  }
  return { count, size, values, single: false };
}

/** A shape in words without channels of one: H×W is H×W×1. */
const withoutOnes = (shape: readonly number[]): string => shape.join("×").replace(/(×1)+$/, "");

/** The targets of some of the pictures. */
export type TargetReader = (chosen: readonly number[]) => BatchTargets;

/**
 * Checks that there is one target for each picture.
 *
 * @throws {ArgumentError} when labels are missing or no class has them.
 * @throws {ShapeError} when target arrays have another shape than the output.
 */
export function readTargets(engine: Engine, targets: Targets, count: number): TargetReader {
  if ("shape" in targets) {
    const shape = engine.shapes[engine.shapes.length - 1]!;
    const size = countOf(shape);
    const [came = 0, ...own] = targets.shape;
    if (came !== count || countOf(own) !== size) {
      throw new ShapeError(
        `The targets are ${shapeText([count, ...shape])}, the output for each picture; got ${shapeText(targets.shape)}.`,
      );
    }
    const values = rowMajor(targets);
    return (chosen) => {
      const batch = new Float32Array(chosen.length * size);
      chosen.forEach((n, i) => {
        batch.set(values.subarray(n * size, (n + 1) * size), i * size);
      });
      return { values: batch };
    };
  }
  if (count !== targets.length) {
    throw new ArgumentError(
      `There is one label for each picture; got ${count} pictures and ${targets.length} labels.`,
    );
  }
  const classes = classCount(engine);
  const wrong = targets.find((label) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (wrong !== undefined) {
    throw new ArgumentError(
      `This network tells ${classes} classes apart, so a label is a whole number from 0 to ${classes - 1}; got ${wrong}.`,
    );
  }
  return (chosen) => ({ labels: chosen.map((n) => targets[n]!) });
}

/**
 * How many classes the scores are for.
 *
 * @throws {ShapeError} when the network ends in a map.
 */
export function classCount(engine: Engine): number {
  const shape = engine.shapes[scoreLayers(engine) - 1]!;
  if (shape.length !== 1) {
    throw new ShapeError(
      `The network ends in ${shapeText(shape)}, not in one score for each class: put globalAvgPool() or dense(classes) last, or give targets of that shape.`,
    );
  }
  return shape[0]!;
}

/** Some of the pictures, one after another. */
export function gather({ size, values }: Pictures, chosen: readonly number[]): Float32Array {
  const batch = new Float32Array(chosen.length * size);
  chosen.forEach((n, i) => {
    batch.set(values.subarray(n * size, (n + 1) * size), i * size);
  });
  return batch;
}
