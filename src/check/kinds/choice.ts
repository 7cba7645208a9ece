/** An answer that is one of a few words. */
import type { Kind } from "../exercise.js";
import { isEmpty, valueText } from "../values.js";

/** One of `options`; capitals and surrounding spaces don't matter. */
export function choice(options: readonly string[]): Kind<string> {
  return {
    read(given) {
      if (typeof given === "boolean") given = String(given);
      if (isEmpty(given)) return { state: "empty" };
      const word = typeof given === "string" ? given.trim().toLowerCase() : undefined;
      const value = options.find((option) => option.toLowerCase() === word);
      if (value !== undefined) return { state: "read", value };
      return {
        state: "unusable",
        why: {
          en: "The answer is one of {options}; got {given}.",
          ko: "답은 {options} 가운데 하나입니다. 받은 것: {given}.",
        },
        values: {
          options: options.map((option) => `"${option}"`).join(", "),
          given: valueText(given),
        },
      };
    },
    equal: (a, b) => a === b,
  };
}
