/** An answer that is a function the learner wrote: it is run on several inputs. */
import ndarray from "ndarray";
import { isFloatArray } from "../../array-required.js";
import type { Detail, Kind, Reading } from "../exercise.js";
import { alike, isEmpty, valueText } from "../values.js";

/**
 * A function, judged by what it returns for each of `inputs`.
 *
 * @param inputs argument lists; every call gets fresh copies, so a function may write into its arguments.
 */
export function functionAnswer(
  inputs: readonly (readonly unknown[])[],
  { tolerance = 1e-5 }: { tolerance?: number } = {},
): Kind<unknown[]> {
  return {
    read(given): Reading<unknown[]> {
      if (isEmpty(given)) return { state: "empty" };
      if (typeof given !== "function") {
        return {
          state: "unusable",
          why: {
            en: "The answer is a function: give its name, without calling it; got {given}.",
            ko: "답은 함수입니다. 호출하지 말고 이름을 주세요. 받은 것: {given}.",
          },
          values: { given: valueText(given) },
        };
      }
      const outputs: unknown[] = [];
      for (const input of inputs) {
        try {
          outputs.push(given(...input.map(copy)));
        } catch (error) {
          return {
            state: "unusable",
            why: {
              en: "For ({input}) your function threw: {message}",
              ko: "({input})에 대해 함수가 오류를 냈습니다: {message}",
            },
            values: {
              input: argumentsText(input),
              message: error instanceof Error ? error.message : String(error),
            },
          };
        }
      }
      return outputs.every((output) => output === undefined)
        ? { state: "empty" }
        : { state: "read", value: outputs };
    },
    equal: (a, b) => alike(a, b, tolerance),
    difference: (given, answer) => firstDifference(inputs, given, answer, tolerance),
  };
}

function firstDifference(
  inputs: readonly (readonly unknown[])[],
  given: readonly unknown[],
  answer: readonly unknown[],
  tolerance: number,
): Detail | undefined {
  const at = given.findIndex((output, i) => !alike(output, answer[i], tolerance));
  if (at < 0) return undefined;
  return {
    text: {
      en: "For ({input}) your function gives {given}; {wanted} is right.",
      ko: "({input})에 대해 함수는 {given}을(를) 줍니다. 바른 값은 {wanted}입니다.",
    },
    values: {
      input: argumentsText(inputs[at]!),
      given: valueText(given[at]),
      wanted: valueText(answer[at]),
    },
  };
}

function argumentsText(input: readonly unknown[]): string {
  return input.map(valueText).join(", ");
}

function copy(value: unknown): unknown {
  if (isFloatArray(value)) {
    return ndarray(value.data.slice(), [...value.shape], [...value.stride], value.offset);
  }
  if (ArrayBuffer.isView(value)) return structuredClone(value);
  return Array.isArray(value) ? value.map(copy) : value;
}
