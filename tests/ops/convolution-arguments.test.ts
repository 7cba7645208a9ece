/** What goes into an operation stays as it was, and an empty batch comes back empty: loops and every back end. */
import { describe, expect, test } from "vitest";
import { type FloatArray, random, rowMajor } from "../../src/array.js";
import { toCHW, toHWC } from "../../src/array-axes.js";
import { fast, type PadMode, reference } from "../../src/ops/index.js";
import { asView } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";

type Call = (...args: unknown[]) => unknown;

/** Every operation of this family by name, with arguments that use all options; arrays stand among them. */
function calls(N: number, mode: PadMode): [name: string, args: unknown[]][] {
  const shared = { stride: 2, dilation: 2, groups: 2, paddingMode: mode, flip: true };
  const bias = [1, 2, 3, 4];
  const x1 = random([N, 7, 4], 1);
  const x2 = random([N, 7, 6, 4], 2);
  const x3 = random([N, 5, 6, 5, 4], 3);
  const k1 = random([3, 2, 4], 4);
  const k2 = random([3, 2, 2, 4], 5);
  const k3 = random([2, 3, 2, 2, 4], 6);
  const g = (...sizes: number[]): FloatArray => random([N, ...sizes, 4], 7);
  const conv1 = { ...shared, padding: [2, 1], bias };
  const conv2 = { ...shared, padding: { top: 2, left: 3 }, bias };
  const conv3 = { ...shared, padding: [1, 2, 1], bias };
  return [
    ["conv1d", [x1, k1, conv1]],
    ["convolve1d", [x1, k1, conv1]],
    ["conv1dGradient", [x1, k1, g(3), conv1]],
    ["conv2d", [x2, k2, conv2]],
    ["convolve2d", [x2, k2, conv2]],
    ["conv2dGradient", [x2, k2, g(3, 4), conv2]],
    ["conv3d", [x3, k3, conv3]],
    ["convolve3d", [x3, k3, conv3]],
    ["conv3dGradient", [x3, k3, g(3, 3, 3), conv3]],
    ["pad1d", [x1, [2, 1], mode]],
    ["pad1dGradient", [x1, [2, 1], g(10), mode]],
    ["pad", [x2, { top: 2, left: 3 }, mode]],
    ["padGradient", [x2, { top: 2, left: 3 }, g(9, 9), mode]],
    ["pad3d", [x3, [1, 2, 1], mode]],
    ["pad3dGradient", [x3, [1, 2, 1], g(7, 10, 7), mode]],
  ];
}

const isArray = (value: unknown): value is FloatArray =>
  typeof value === "object" && value !== null && "shape" in value && "data" in value;

/** Everything that an argument says, in text: its numbers, its shape, its options. */
function written(argument: unknown): string {
  if (!isArray(argument)) return JSON.stringify(argument);
  const { shape, stride, offset, data } = argument;
  return JSON.stringify({ shape, stride, offset, data: Array.from(data) });
}

/** Options and lists that can't be changed without an error; arrays as views into larger ones. */
function guarded(argument: unknown): unknown {
  if (isArray(argument)) return argument.size > 0 ? asView(argument) : argument;
  if (typeof argument !== "object" || argument === null) return argument;
  for (const part of Object.values(argument)) guarded(part);
  return Object.freeze(argument);
}

function resultArrays(result: unknown): FloatArray[] {
  return isArray(result) ? [result] : Object.values(result as Record<string, FloatArray>);
}

function argumentTests(operations: object): void {
  const named = operations as Readonly<Record<string, Call>>;

  test.each(["zero", "reflect", "replicate", "circular"] as const)(
    "nothing is changed (%s)",
    (mode) => {
      for (const [name, args] of calls(2, mode)) {
        for (const given of [args, args.map(guarded)]) {
          const before = given.map(written);
          const results = resultArrays(named[name]!(...given));
          expect(given.map(written), name).toEqual(before);
          // And what comes back is not the argument under another name.
          for (const result of results) {
            result.data.fill(7);
            expect(given.map(written), name).toEqual(before);
          }
        }
      }
    },
  );

  test("an empty batch comes back empty; a kernel that nothing met has the gradient 0", () => {
    for (const [name, args] of calls(0, "zero")) {
      const result = named[name]!(...args);
      const full = named[name]!(...calls(2, "zero").find(([one]) => one === name)![1]);
      const shapes = resultArrays(full).map(({ shape }) => shape);
      resultArrays(result).forEach((one, part) => {
        const batched = part === 0;
        expect(one.shape, name).toEqual(batched ? [0, ...shapes[0]!.slice(1)] : shapes[part]);
        expect(rowMajor(one).every((value) => value === 0)).toBe(true);
      });
    }
  });
}

describe("reference", () => argumentTests(reference));
onEachBackEnd(() => argumentTests(fast));

test("nothing padded is still a copy", () => {
  const x = random([3, 3], 1);
  expect(reference.pad(x, 0).data.buffer).not.toBe(x.data.buffer);
  expect(toHWC(toCHW(random([1, 1, 1], 1))).shape).toEqual([1, 1, 1]);
});
