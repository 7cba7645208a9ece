/** An answer that is a shape, such as `[112, 112, 64]` (H×W×C). */
import type { Kind } from "../exercise.js";
import { isEmpty, plain, valueText } from "../values.js";

/** A shape as a list of whole numbers; the order of the axes counts. */
export function shapeAnswer(): Kind<number[]> {
  return {
    read(given) {
      if (isEmpty(given)) return { state: "empty" };
      const value = plain(given);
      const isShape = Array.isArray(value) && value.every((size) => typeof size === "number");
      if (isShape) return { state: "read", value: value as number[] };
      return {
        state: "unusable",
        why: {
          en: "The answer is a shape: a list of numbers such as `[28, 28, 3]`; got {given}.",
          ko: "답은 `[28, 28, 3]`과 같은 모양이어야 합니다. 받은 것: {given}.",
        },
        values: { given: valueText(given) },
      };
    },
    equal: (a, b) => a.length === b.length && a.every((size, axis) => size === b[axis]),
    difference: (given, answer) =>
      given.length === answer.length
        ? undefined
        : {
            text: {
              en: "Your shape has {given} axes; another number of axes is wanted.",
              ko: "답의 축은 {given}개입니다. 축의 수가 다릅니다.",
            },
            values: { given: String(given.length) },
          },
  };
}
