/** What is no array, no shape or no value that JSON can write is named in words, never met with a bare TypeError. */
import { describe, expect, test } from "vitest";
import { array, fromData, fromFunction, random, shapeText, zeros } from "../../src/array.js";
import { cameText } from "../../src/came.js";
import * as library from "../../src/index.js";
import { fast, isSeparable, numericalGradient, reference } from "../../src/ops/index.js";

const wrong = (value: unknown): never => value as never;

const noArrays: readonly (readonly [string, unknown])[] = [
  ["nothing", undefined],
  ["null", null],
  ["a number", 3],
  ["a list", [1, 2]],
  ["a tensor of tfjs", { shape: [2, 2], strides: [2], data: async () => [1] }],
];

describe.each(noArrays)("%s is no array", (_, came) => {
  test.each([
    ["sum", () => library.sum(wrong(came))],
    ["mean", () => library.mean(wrong(came))],
    ["argmax", () => library.argmax(wrong(came))],
    ["toNested", () => library.toNested(wrong(came))],
    ["sameShape", () => library.sameShape(zeros([2]), wrong(came))],
    ["maxAbsDifference", () => library.maxAbsDifference(wrong(came), zeros([2]))],
    ["relu", () => reference.relu(wrong(came))],
    ["relu", () => fast.relu(wrong(came))],
    ["conv2d", () => reference.conv2d(wrong(came), zeros([1, 1]))],
    ["conv2d", () => fast.conv2d(wrong(came), zeros([1, 1]))],
  ])("for %s", (name, call) => {
    expect(call).toThrow(new RegExp(`^${name}: the .* must be an array with a shape, but .* came`));
    expect(call).toThrow(expect.objectContaining({ name: "ShapeError" }));
  });
});

test.each([undefined, null, 3, "28", { height: 3 }])("%s is no shape", (came) => {
  const calls = [zeros, random, shapeText].map((make) => () => make(wrong(came)));
  calls.push(
    () => fromFunction(wrong(came), () => 0),
    () => fromData(new Float32Array(1), wrong(came)),
  );
  for (const call of calls) {
    expect(call).toThrow("A shape is a list of whole numbers, 0 or more, such as [28, 28, 3]; got");
  }
});

test.each(["seven", null, NaN, [1]])("%s is no seed", (seed) => {
  expect(() => random([2], wrong(seed))).toThrow("random: the seed is a number; got");
});

test.each([null, "3", true])("%s is no tolerance and no step", (came) => {
  expect(() => isSeparable(zeros([2, 2]), wrong(came))).toThrow("the tolerance is a number");
  const step = wrong({ step: came });
  expect(() => numericalGradient(library.sum, zeros([2]), step)).toThrow(
    "the step must be above 0",
  );
});

test("numbers without a home, and a shape without numbers", () => {
  expect(() => fromData(wrong([1, 2]), [2])).toThrow("fromData wraps a Float32Array; got [1,2]");
  expect(() => fromFunction([2], wrong(5))).toThrow("fromFunction wants a function of the place");
});

test.each<[unknown, string]>([
  [10n, "10n"],
  [[1, NaN, 2n], '[1,"NaN","2"]'],
  [NaN, "NaN"],
  ["a", '"a"'],
  [() => 1, "a function"],
  [undefined, "undefined"],
  [array([[1, 2]]), "an array of 1×2"],
  [{ toJSON: () => undefined }, "an object"],
])("%s in a message", (value, text) => {
  expect(cameText(value)).toBe(text);
});

test("a ring and a long list in a message", () => {
  const ring: unknown[] = [];
  ring.push(ring);
  expect(cameText(ring)).toBe("an object that holds itself");
  expect(cameText(new Array(1000).fill(1)).length).toBeLessThan(200);
});

test("a BigInt is refused as an option in words", () => {
  expect(() => reference.maxPool(zeros([4, 4]), wrong(2n))).toThrow("got 2n");
  expect(() => reference.conv2d(zeros([4, 4]), zeros([2, 2]), wrong(2n))).toThrow("got 2n");
});
