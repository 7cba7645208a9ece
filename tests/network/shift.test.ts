/** Moving a picture by whole pixels. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, random, toNested, zeros } from "../../src/array.js";
import { maxAbsDifference } from "../../src/array-measures.js";
import { type Shift, shiftImage } from "../../src/network/index.js";

describe("shiftImage", () => {
  const x = array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  test.each<[Shift, "zero" | "circular" | "replicate", number[][]]>([
    [
      [0, 1],
      "zero",
      [
        [0, 1, 2],
        [0, 4, 5],
      ],
    ],
    [
      [1, 0],
      "zero",
      [
        [0, 0, 0],
        [1, 2, 3],
      ],
    ],
    [
      [-1, -1],
      "zero",
      [
        [5, 6, 0],
        [0, 0, 0],
      ],
    ],
    [
      [0, 1],
      "circular",
      [
        [3, 1, 2],
        [6, 4, 5],
      ],
    ],
    [
      [-3, 4],
      "circular",
      [
        [6, 4, 5],
        [3, 1, 2],
      ],
    ],
    [
      [0, 2],
      "replicate",
      [
        [1, 1, 1],
        [4, 4, 4],
      ],
    ],
    [
      [-1, 0],
      "replicate",
      [
        [4, 5, 6],
        [4, 5, 6],
      ],
    ],
    [
      [5, 0],
      "zero",
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
  ])("%j, %s", (shift, mode, expected) => {
    expect(toNested(shiftImage(x, shift, mode))).toEqual(expected);
  });
  test("colours and batches move together; the argument stays; a view is read as it stands", () => {
    const batch = random([2, 3, 4, 5]);
    const moved = shiftImage(batch, [1, -2]);
    for (const n of [0, 1]) {
      for (const c of [0, 4]) {
        expect(moved.get(n, 2, 1, c)).toBe(batch.get(n, 1, 3, c));
        expect(moved.get(n, 0, 0, c)).toBe(0);
      }
    }
    expect(batch).toEqual(random([2, 3, 4, 5]));
    expect(toNested(shiftImage(x.transpose(1, 0), [0, 1]))).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
    expect(shiftImage(zeros([0, 3, 3, 1]), [1, 1]).shape).toEqual([0, 3, 3, 1]);
  });
  test("there and back in a circle is the same picture", () => {
    const shift = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(shift, ([a, b]) => {
        const picture = random([5, 4, 2], 3);
        expect(
          maxAbsDifference(
            shiftImage(shiftImage(picture, [a, b], "circular"), [-a, -b], "circular"),
            picture,
          ),
        ).toBe(0);
      }),
    );
  });
  test.each<[string, () => unknown, RegExp]>([
    ["half a pixel", () => shiftImage(x, [0, 0.5]), /two whole numbers.*got \[0,0\.5\]/],
    ["one number", () => shiftImage(x, 1 as never), /two whole numbers.*got 1/],
    [
      "no such mode",
      () => shiftImage(x, [0, 1], "mirror" as never),
      /"zero", "circular" or "replicate"; got "mirror"/,
    ],
    ["a vector", () => shiftImage(zeros([4]), [0, 1]), /H×W, H×W×C or N×H×W×C; got 4\./],
    ["lists", () => shiftImage([[1]] as never, [0, 1]), /got a plain list/],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });
});
