/** What a learner reads when an answer can't be read, or is nearly right. */
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { array, zeros } from "../../src/array.js";
import { Card } from "../../src/check/card.js";
import { arrayAnswer, choice, functionAnswer } from "../../src/check/kinds/index.js";
import { alike, plain, valueText } from "../../src/check/values.js";

test("console.log of a note prints the note, its code without backticks", () => {
  expect(inspect(new Card("right", "Right.", ["`relu` cuts below 0."]))).toBe(
    "✓ Right.\nrelu cuts below 0.",
  );
  expect(new Card("open", "No guess.", []).toString()).toBe("○ No guess.");
});

describe("arrays", () => {
  const kind = arrayAnswer({ tolerance: 0.1 });
  const of = (value: number[][]): ReturnType<typeof array> => array(value);
  test("the first other place in row-major order, the last one included, and none when alike", () => {
    const answer = of([
      [1, 2],
      [3, 4],
    ]);
    expect(
      kind.difference!(
        of([
          [1, 2],
          [3, 5],
        ]),
        answer,
      )?.values,
    ).toEqual({ index: "1, 1" });
    expect(
      kind.difference!(
        of([
          [1, 9],
          [9, 4],
        ]),
        answer,
      )?.values,
    ).toEqual({ index: "0, 1" });
    expect(
      kind.difference!(
        of([
          [1.05, 2],
          [3, 4],
        ]),
        answer,
      ),
    ).toBeUndefined();
    expect(kind.difference!(zeros([2, 3]), answer)?.values).toEqual({ given: "2×3" });
  });
  test("places still open, ragged rows and words are told apart", () => {
    expect(
      kind.read([
        [1, undefined],
        [2, 3],
      ]),
    ).toMatchObject({ state: "unusable", why: { en: expect.stringMatching(/still `undefined`/) } });
    expect(kind.read([[1, 2], [3]])).toMatchObject({
      state: "unusable",
      values: { given: "[[1, 2], [3]]" },
    });
    expect(kind.read("a wall")).toMatchObject({ values: { given: "“a wall”" } });
    expect(kind.read(7)).toMatchObject({ state: "unusable" });
    expect(kind.read([[], null])).toEqual({ state: "empty" });
  });
});

describe("functions", () => {
  const kind = functionAnswer([[3, [1, 2]], [new Float32Array([5])]], {});
  test("what is no function, and one that returns nothing yet", () => {
    expect(kind.read(undefined)).toEqual({ state: "empty" });
    expect(kind.read(12)).toMatchObject({
      state: "unusable",
      why: { en: expect.stringMatching(/give its name, without calling it/) },
      values: { given: "12" },
    });
    expect(kind.read(() => undefined)).toEqual({ state: "empty" });
  });
  test("its error is told with the input, also one that is no Error", () => {
    const throws = (what: unknown) => (): never => {
      throw what;
    };
    expect(kind.read(throws(new Error("oops")))).toMatchObject({
      values: { input: "3, [1, 2]", message: "oops" },
    });
    expect(kind.read(throws("a word"))).toMatchObject({ values: { message: "a word" } });
  });
  test("typed arrays are handed over as copies; the first other output is shown with its input", () => {
    const second = (x: Float32Array | number): unknown =>
      typeof x === "number" ? x : x.fill(1)[0];
    expect(kind.read(second)).toEqual({ state: "read", value: [3, 1] });
    expect(kind.read((x: Float32Array | number) => (typeof x === "number" ? x : x[0]))).toEqual({
      state: "read",
      value: [3, 5],
    });
    expect(kind.difference!([3, 1], [3, 5])?.values).toEqual({
      input: "[5]",
      given: "1",
      wanted: "5",
    });
    expect(kind.difference!([3, 5], [3, 5])).toBeUndefined();
  });
});

test("a choice that is none of the words names them", () => {
  expect(choice(["same", "valid"]).read("full")).toMatchObject({
    values: { options: '"same", "valid"', given: "“full”" },
  });
  expect(choice(["same"]).read(3)).toMatchObject({ state: "unusable", values: { given: "3" } });
});

describe("values in one line", () => {
  test.each<[unknown, string]>([
    [() => 1, "a function"],
    [[1, "two", [true]], "[1, two, [true]]"],
    [Array.from({ length: 60 }, () => [1, 2]), "60×2 numbers"],
    [Array.from({ length: 60 }, (_, i) => (i === 0 ? [1] : [1, 2])), "60 rows"],
    [new Float32Array([1.5, -2]), "[1.5, −2]"],
    [null, "null"],
    [-Infinity, "−Infinity"],
  ])("%j is %s", (value, text) => {
    expect(valueText(value)).toBe(text);
  });
  test("plain numbers in lists of arrays; infinities are like themselves, NaN like NaN", () => {
    expect(plain([array([1, 2]), 3])).toEqual([[1, 2], 3]);
    expect(alike(Infinity, Infinity)).toBe(true);
    expect(alike(Number.NaN, Number.NaN)).toBe(true);
    expect(alike(Infinity, 1)).toBe(false);
    expect(alike([1, 2], [1, 2, 3])).toBe(false);
    expect(alike([1], 1)).toBe(false);
  });
});
