import "@tensorflow/tfjs-backend-cpu";
import { inspect, types } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { valueText } from "../../kernel/display/value-text.js";

const text = (value: unknown) => valueText(value, inspect, types.isProxy);
const CUSTOM = Symbol.for("nodejs.util.inspect.custom");

class Point {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
}

test.each<[unknown, string]>([
  [null, "null"],
  [-0, "-0"],
  [10n, "10n"],
  ["a\nb", "'a\\nb'"],
  [new Map([["a", { b: 1 }]]), "Map(1) { 'a' => { b: 1 } }"],
  [new Set([1, "x"]), "Set(2) { 1, 'x' }"],
  [new Point(1, 2), "Point { x: 1, y: 2 }"],
  [new Date(0), "1970-01-01T00:00:00.000Z"],
  [function add() {}, "[Function: add]"],
  [Point, "[class Point]"],
  [Promise.resolve(1), "Promise { 1 }"],
  [new Promise(() => {}), "Promise { <pending> }"],
  [new Float32Array([0.5, 1]), "Float32Array(2) [ 0.5, 1 ]"],
  [Symbol("s"), "Symbol(s)"],
  [/a/g, "/a/g"],
  [Object.create(null), "[Object: null prototype] {}"],
])("%# is written as Node writes it", (value, expected) => {
  expect(text(value)).toBe(expected);
});

test("any small value is written as Node writes it", () => {
  const options = { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 80 };
  const value = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  fc.assert(
    fc.property(value, (one) => {
      expect(text(one)).toBe(inspect(one, options));
    }),
    { numRuns: 1000 },
  );
});

test("errors and URLs as values", () => {
  expect(text(new TypeError("bad"))).toMatch(/^TypeError: bad\n {4}at /);
  expect(text(new URL("https://a.b/c?d"))).toContain("href: 'https://a.b/c?d'");
});

test("deep and circular values end", () => {
  const circle: Record<string, unknown> = { name: "c" };
  circle.self = circle;
  expect(text(circle)).toBe("<ref *1> { name: 'c', self: [Circular *1] }");
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = { deep };
  expect(text(deep)).toContain("[Object]");
  let list: unknown[] = [];
  for (let i = 0; i < 100_000; i++) list = [list];
  expect(text(list)).toContain("[Array]");
});

const HUGE: [string, () => unknown][] = [
  ["a string of 100 MB", () => "x".repeat(1e8)],
  ["an array of 10 million numbers", () => Array.from({ length: 1e7 }, (_, i) => i)],
  ["bytes of 100 MB", () => new Uint8Array(1e8)],
  ["a Buffer of 100 MB", () => Buffer.alloc(1e8)],
  ["a Map of a million", () => new Map(Array.from({ length: 1e6 }, (_, i) => [i, { i }]))],
  ["a Set of a million", () => new Set(Array.from({ length: 1e6 }, (_, i) => i))],
  [
    "an object of a million",
    () => Object.fromEntries(Array.from({ length: 1e6 }, (_, i) => [i, i])),
  ],
  ["lists in lists", () => nested(4)],
  [
    "many long strings",
    () => Array.from({ length: 100 }, () => Array(100).fill("\n".repeat(10_000))),
  ],
  ["an inspect that answers 100 MB", () => ({ [CUSTOM]: () => "y".repeat(1e8) })],
];

function nested(depth: number): unknown {
  return depth === 0 ? 1 : Array.from({ length: 60 }, () => nested(depth - 1));
}

test.each(HUGE)("%s gives a short text", (_, make) => {
  const value = make();
  const begin = performance.now();
  expect(text(value).length).toBeLessThan(101_000);
  // A generous limit: without ours, some of these take minutes.
  expect(performance.now() - begin).toBeLessThan(5000);
});

test("what is left out is said", () => {
  expect(text(Array(1000).fill(0))).toContain("900 more items");
  expect(text("x".repeat(20_000))).toContain("10000 more characters");
  const many = Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`k${i}`, i]));
  expect(text(many)).toMatch(/k199: 199[\s\S]*\n… and 1,300 more properties$/);
  expect(text({ [CUSTOM]: () => "line\n".repeat(100_000) })).toMatch(
    /\n… and 400,00\d more characters$/,
  );
});

test("small values inside are shown four levels deep", () => {
  expect(text({ a: { b: { c: { d: { e: 1 } } } } })).not.toContain("[Object]");
});

test("arrays of numbers inside a list or an object are shown by their shapes", () => {
  const parts = { w: tf.ones([3, 3]), image: ndarray(new Float32Array(6), [2, 3]), rate: 0.1 };
  expect(text(parts)).toBe("{ w: Tensor float32 3×3, image: ndarray float32 2×3, rate: 0.1 }");
  expect(text([parts.w, 1])).toBe("[ Tensor float32 3×3, 1 ]");
  expect(Object.keys(parts)).toEqual(["w", "image", "rate"]);
  expect(text({ layers: [{ w: parts.w }] })).toBe("{ layers: [ { w: Tensor float32 3×3 } ] }");
});

test("arrays of numbers in an object of a class are shown by their shapes", () => {
  class Layer {
    readonly #secret = 1;
    constructor(readonly kernel: unknown) {}
    get read() {
      return this.#secret;
    }
  }
  expect(text(new Layer(tf.ones([3, 3])))).toBe("Layer { kernel: Tensor float32 3×3 }");
  class Bag extends Map<string, unknown> {
    inner = tf.ones([2]);
  }
  // A Map can't be copied property by property.
  expect(text(new Bag([["a", 1]]))).toMatch(/^Bag\(1\) \[Map\] \{/);
  const own = { w: tf.ones([2]), [CUSTOM]: () => "own" };
  expect(text([own])).toBe("[ own ]");
});

test("no getter is run, and what throws is shown with the reason", () => {
  let runs = 0;
  const resisting = {
    get getter() {
      runs++;
      throw new Error("getter");
    },
    toString() {
      throw new Error("toString");
    },
    toJSON() {
      throw new Error("toJSON");
    },
  };
  expect(text(resisting)).toContain("getter: [Getter]");
  const notAnArray = {
    get shape() {
      runs++;
      return [1];
    },
    dtype: "float32",
    dataSync() {},
    isDisposedInternal: false,
  };
  expect(text(notAnArray)).toContain("shape: [Getter]");
  expect(runs).toBe(0);
  const failing = {
    a: 1,
    [CUSTOM]() {
      throw new Error("inspect");
    },
  };
  expect(text(failing)).toMatch(
    /^\{\n? *a: 1[\s\S]*\n\[its own way to be shown failed: inspect\]$/,
  );
  expect(text([failing])).toContain("failed: inspect");
  const thrownOddly = {
    [CUSTOM]() {
      throw Object.create(null);
    },
  };
  expect(text(thrownOddly)).toContain("an error that can't be shown");
});

test("a colour in the text is taken out", () => {
  expect(text({ [CUSTOM]: () => "\u001b[31mred\u001b[39m" })).toBe("red");
});
