/** An answer that is an array of numbers: nested lists or an ndarray. */
import { array, type FloatArray, type NestedNumbers, shapeText } from "../../array.js";
import type { Detail, Kind } from "../exercise.js";
import { alike, isEmpty, plain, shapeOf, valueText } from "../values.js";

/** Numbers in nested lists, a typed array or an ndarray: shape and values count, within `tolerance`. */
export function arrayAnswer({ tolerance = 1e-5 }: { tolerance?: number } = {}): Kind<FloatArray> {
  return {
    read(given) {
      if (isEmpty(given)) return { state: "empty" };
      const value = plain(given);
      const flat = Array.isArray(value) ? value.flat(8) : undefined;
      if (flat?.every((item) => typeof item === "number") && shapeOf(value)) {
        return { state: "read", value: array(value as NestedNumbers) };
      }
      if (flat?.some((item) => item === undefined)) {
        return {
          state: "unusable",
          why: {
            en: "Some places are still `undefined`.",
            ko: "아직 `undefined`인 자리가 있습니다.",
          },
        };
      }
      return {
        state: "unusable",
        why: {
          en: "The answer is an array of numbers with rows of equal length; got {given}.",
          ko: "답은 행의 길이가 같은 수의 배열이어야 합니다. 받은 것: {given}.",
        },
        values: { given: valueText(given) },
      };
    },
    equal: (a, b) => alike(a, b, tolerance),
    difference: (given, answer) => firstDifference(given, answer, tolerance),
  };
}

function firstDifference(
  given: FloatArray,
  answer: FloatArray,
  tolerance: number,
): Detail | undefined {
  if (given.shape.join() !== answer.shape.join()) {
    return {
      text: {
        en: "Your array is {given}; one of another shape is wanted.",
        ko: "답의 모양은 {given}입니다. 다른 모양이어야 합니다.",
      },
      values: { given: shapeText(given.shape) },
    };
  }
  const index = given.shape.map(() => 0);
  do {
    if (!alike(given.get(...index), answer.get(...index), tolerance)) {
      return {
        text: { en: "Look again at place [{index}].", ko: "[{index}] 자리를 다시 보세요." },
        values: { index: index.join(", ") },
      };
    }
  } while (advance(index, given.shape));
  return undefined;
}

/** Steps to the next place in row-major order; false after the last. */
function advance(index: number[], shape: readonly number[]): boolean {
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = (index[axis] ?? 0) + 1;
    if (index[axis]! < shape[axis]!) return true;
    index[axis] = 0;
  }
  return false;
}
