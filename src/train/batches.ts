/** Pictures and their targets, checked, and cut into batches. */
import { inspect } from "node:util";
import { rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { type BatchTargets, type Engine, scoreLayers } from "./engine.js";
import { countOf } from "./layer.js";
import type { Targets } from "./options.js";
import { isArray, type Pictures } from "./pictures.js";

/** The targets of some of the pictures. */
export type TargetReader = (chosen: readonly number[]) => BatchTargets;

/**
 * Checks that there is one target for each picture.
 *
 * @throws {ArgumentError} when labels are missing or no class has them.
 * @throws {ShapeError} when target arrays have another shape than the output.
 */
export function readTargets(engine: Engine, targets: Targets, count: number): TargetReader {
  if (isArray(targets)) {
    const shape = engine.shapes[engine.shapes.length - 1]!;
    const size = countOf(shape);
    const [came = 0, ...own] = targets.shape;
    if (came !== count || countOf(own) !== size) {
      const list = own.length === 0 ? " Labels are a list of numbers, such as [3, 0, 1]." : "";
      throw new ShapeError(
        `The targets are ${shapeText([count, ...shape])}, the output for each picture; got ${shapeText(targets.shape)}.${list}`,
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
  if (typeof targets !== "object" || targets === null || !("length" in targets)) {
    throw new ArgumentError(
      `Each picture needs its label, a list of numbers such as [3, 0, 1], or its target array; got ${typeof targets}.`,
    );
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
      `This network tells ${classes} classes apart, so a label is a whole number from 0 to ${classes - 1}; got ${inspect(wrong)}.`,
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
