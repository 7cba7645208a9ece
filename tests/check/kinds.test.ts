import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Judgement } from "../../src/check/exercise.js";
import {
  arrayAnswer,
  choice,
  exercise,
  functionAnswer,
  type Kind,
  numberAnswer,
  shapeAnswer,
} from "../../src/check/kinds/index.js";
import { alike, numberText, shapeOf, valueText } from "../../src/check/values.js";
import { array, fromFunction, random } from "../../src/index.js";

const texts = { id: "99-x", hint: { en: "a hint" }, reason: { en: "a reason" }, refuses: [] };

/** What an exercise with these parts says of an answer. */
function state<T>(
  parts: { kind: Kind<T> } & ({ answer: unknown } | { accepts: (value: T) => boolean }),
  given: unknown,
): Judgement {
  return exercise({ ...texts, ...parts }).judge(given);
}

describe("numberAnswer", () => {
  test("accepts 32-bit rounding, and a list that holds the one number", () => {
    expect(state({ kind: numberAnswer(), answer: 0.1 }, Math.fround(0.1)).state).toBe("right");
    expect(state({ kind: numberAnswer(), answer: 5 }, array([5])).state).toBe("right");
    expect(state({ kind: numberAnswer(), answer: 138357544 }, 138357544).state).toBe("right");
  });

  test("refuses what differs by more than the tolerance, NaN, and lists", () => {
    expect(state({ kind: numberAnswer(), answer: 112 }, 112.5).state).toBe("wrong");
    expect(state({ kind: numberAnswer(), answer: 112 }, Number.NaN).state).toBe("wrong");
    expect(state({ kind: numberAnswer(), answer: 112 }, [112, 112]).state).toBe("wrong");
    expect(state({ kind: numberAnswer({ tolerance: 0.01 }), answer: 553.4 }, 553.43).state).toBe(
      "right",
    );
    expect(state({ kind: numberAnswer({ tolerance: 0 }), answer: 1792 }, 1792.001).state).toBe(
      "wrong",
    );
  });
});

describe("shapeAnswer", () => {
  const shape = { kind: shapeAnswer(), answer: [112, 112, 64] };

  test("counts the order of the axes", () => {
    expect(state(shape, [112, 112, 64]).state).toBe("right");
    expect(state(shape, [64, 112, 112]).state).toBe("wrong");
  });

  test("says when the number of axes differs, and refuses words", () => {
    expect(state(shape, [112, 112])).toMatchObject({ detail: { values: { given: "2" } } });
    expect(state(shape, "112×112×64").state).toBe("wrong");
    expect(state(shape, []).state).toBe("empty");
  });
});

describe("choice", () => {
  test("forgives capitals, spaces and booleans for true and false", () => {
    const kind = choice(["true", "false", "it depends"]);
    expect(state({ kind, answer: "it depends" }, " It depends ").state).toBe("right");
    expect(state({ kind, answer: "true" }, true).state).toBe("right");
    expect(state({ kind, answer: "true" }, false).state).toBe("wrong");
  });
});

describe("arrayAnswer", () => {
  test("points at the first place that differs, and not at its value", () => {
    const kind = arrayAnswer();
    const answer = [
      [1, 2],
      [3, 4],
    ];
    const judgement = state({ kind, answer }, [
      [1, 2],
      [9, 4],
    ]);
    expect(judgement).toMatchObject({ state: "wrong", detail: { values: { index: "1, 0" } } });
    expect(JSON.stringify(judgement)).not.toContain("3");
  });

  test("any array equals itself, and differs after a nudge", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
        fc.nat(999),
        (shape, seed) => {
          const a = random(shape, seed + 1);
          const nudged = fromFunction(shape, (...index) => a.get(...index) + 0.01);
          expect(state({ kind: arrayAnswer(), answer: a }, a).state).toBe("right");
          expect(state({ kind: arrayAnswer(), answer: a }, nudged).state).toBe("wrong");
        },
      ),
    );
  });
});

describe("functionAnswer", () => {
  test("gives every call its own copies, so that a function may write into its arguments", () => {
    const kind = functionAnswer([[[1, 2, 3], array([4])]]);
    const total = (
      list: number[],
      a: { get(i: number): number; set(i: number, v: number): void },
    ) => {
      const value = list.reduce((x, y) => x + y, a.get(0));
      list.fill(0);
      a.set(0, 0);
      return value;
    };
    const definition = { kind, answer: total };
    expect(state(definition, total).state).toBe("right");
    expect(state(definition, total).state).toBe("right");
  });

  test("compares arrays, words and shapes that functions return", () => {
    const kind = functionAnswer([[2], [3]]);
    const answer = (n: number) => fromFunction([n, n], (r, c) => r! * c!);
    expect(state({ kind, answer }, (n: number) => answer(n)).state).toBe("right");
    expect(
      state({ kind, answer }, (n: number) => fromFunction([n, n], (r, c) => r! + c!)).state,
    ).toBe("wrong");
    expect(state({ kind, answer: () => "same" }, () => "same").state).toBe("right");
  });
});

describe("definitions", () => {
  test("a design accepts every answer that fits its rule", () => {
    const even = { kind: numberAnswer(), accepts: (n: number) => n % 2 === 0 };
    expect([2, 4, 100].map((n) => state(even, n).state)).toEqual(["right", "right", "right"]);
    expect(state(even, 3).state).toBe("wrong");
  });

  test("a definition whose own answer is of another kind is a fault that is told", () => {
    expect(() => state({ kind: numberAnswer(), answer: "five" }, 5)).toThrow(/99-x.*another kind/);
  });
});

describe("values", () => {
  test("numbers are written short, with a true minus", () => {
    expect([0.085, -1.5, 138357544, -0, 2 / 3].map(numberText)).toEqual([
      "0.085",
      "−1.5",
      "138,357,544",
      "0",
      "0.66667",
    ]);
    expect(numberText(Number.NEGATIVE_INFINITY)).toBe("−Infinity");
  });

  test("long arrays are named by their shape", () => {
    expect(valueText([[1, 2]])).toBe("[[1, 2]]");
    expect(valueText(random([20, 30]))).toBe("20×30 numbers");
    expect(shapeOf([[1, 2], [3]])).toBeUndefined();
  });

  test("alike is symmetric for numbers of one size", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1 }),
        fc.double({ min: -1, max: 1 }),
        (a, b) => alike(a, b) === alike(b, a),
      ),
    );
  });
});
