/** An answer that is one number. */
import type { Kind } from "../exercise.js";
import { alike, isEmpty, plain, valueText } from "../values.js";

/**
 * A number, compared within `tolerance` (relative above 1, absolute below). A list that holds a single number is
 * read as that number.
 */
export function numberAnswer({ tolerance = 1e-5 }: { tolerance?: number } = {}): Kind<number> {
  return {
    read(given) {
      if (isEmpty(given)) return { state: "empty" };
      let value = plain(given);
      while (Array.isArray(value) && value.length === 1) value = value[0];
      if (typeof value === "number") return { state: "read", value };
      return {
        state: "unusable",
        why: {
          en: "The answer is a single number; got {given}.",
          ko: "답은 수 하나여야 합니다. 받은 것: {given}.",
        },
        values: { given: valueText(given) },
      };
    },
    equal: (a, b) => alike(a, b, tolerance),
  };
}
