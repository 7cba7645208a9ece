/** Fast pooling gives what the loops give, on random images and options, on every back end that loads here. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FloatArray, fromData, random } from "../../src/array.js";
import { type AvgPoolOptions, fast, type PerAxis, reference } from "../../src/ops/index.js";
import { asView, image, padding, perAxis } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose, outcome } from "./close.js";
import { expectAlike, expectAlikeOutcome, withSpecials } from "./finite.js";

const options = fc.record(
  {
    stride: perAxis(4),
    padding: fc.oneof(padding, fc.constant("full" as const)),
    ceil: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Images whose windows have ties, hold nothing positive, or hold NaN and infinities. */
const bumpy = fc
  .tuple(image, fc.constantFrom("plain", "ties", "negative", "special", "view"))
  .map(([x, kind]): FloatArray => {
    if (kind === "view") return asView(x);
    if (kind === "special") return withSpecials(x);
    const change =
      kind === "ties"
        ? (value: number) => Math.round(value) + 0
        : (value: number) => -1 - Math.abs(value);
    return kind === "plain" ? x : fromData(x.data.map(change), x.shape);
  });

onEachBackEnd((_name, numRuns) => {
  test("maxPool and maxPoolWithIndices", () => {
    let computed = 0;
    fc.assert(
      fc.property(bumpy, perAxis(5), options, (x, size, rest) => {
        const all = { size, ...rest };
        const wanted = outcome(() => reference.maxPool(x, all));
        expectAlikeOutcome(
          outcome(() => fast.maxPool(x, all)),
          wanted,
        );
        if (!("array" in wanted)) return;
        computed++;
        const indexed = fast.maxPoolWithIndices(x, all);
        expect(indexed.values.data).toEqual(wanted.array.data);
        expect(indexed.indices).toEqual(reference.maxPoolWithIndices(x, all).indices);
      }),
      { numRuns },
    );
    expect(computed).toBeGreaterThan(numRuns / 4);
  });

  test("avgPool", () => {
    let computed = 0;
    fc.assert(
      fc.property(bumpy, perAxis(5), options, fc.boolean(), (x, size, rest, countPadding) => {
        const all: AvgPoolOptions = { size, ...rest, countPadding };
        const wanted = outcome(() => reference.avgPool(x, all));
        expectAlikeOutcome(
          outcome(() => fast.avgPool(x, all)),
          wanted,
          1,
        );
        if ("array" in wanted) computed++;
      }),
      { numRuns },
    );
    expect(computed).toBeGreaterThan(numRuns / 4);
  });

  test("global pooling", () => {
    fc.assert(
      fc.property(bumpy, (x) => {
        expectAlike(fast.globalAvgPool(x), reference.globalAvgPool(x), 1);
        expectAlike(fast.globalMaxPool(x), reference.globalMaxPool(x));
      }),
      { numRuns: numRuns / 3 },
    );
  });

  describe("long means do not drift", () => {
    const x = random([1000, 1000, 1], 5);
    x.data.fill(0.1);
    test("global", () => expectClose(fast.globalAvgPool(x), reference.globalAvgPool(x)));
    test.each<PerAxis>([400, [1, 1000], [1000, 1]])("windows of %j", (size) =>
      expectClose(fast.avgPool(x, size), reference.avgPool(x, size)),
    );
  });
});
