/** Transposed convolutions on every back end, held to the loops. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { array, random, rowMajor, zeros } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { asView, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose, expectSameOutcome, outcome } from "./close.js";
import { expectSameGradients, grouped, transposedWalk } from "./family-cases.js";

onEachBackEnd((_name, numRuns) => {
  test("fast transposed convolutions give what the loops give, and so do their gradients", () => {
    let computed = 0;
    fc.assert(
      fc.property(
        fc.tuple(small(3), small(6), small(6), fc.constantFrom(2, 3, 4)),
        fc.tuple(small(4), small(4), seed),
        grouped,
        transposedWalk,
        fc.tuple(small(2, 0), small(2, 0), fc.boolean()),
        ([n, h, w, rank], [kh, kw, s], [groups, a, b], walk, [more, across, view]) => {
          const flat = rank === 2;
          const input = random(
            flat ? [h, w] : rank === 3 ? [h, w, b * groups] : [n, h, w, b * groups],
            s,
          );
          const kernel = random(
            flat && b === 1 ? [kh, kw] : [kh, kw, a, flat ? 1 : b * groups],
            s + 1,
          );
          const x = view ? asView(input) : input;
          const options = {
            ...walk,
            ...(flat ? {} : { groups }),
            outputPadding: [more, across] as const,
            bias: 0.5,
          };
          const wanted = outcome(() => reference.transposedConv2d(x, kernel, options));
          expectSameOutcome(
            outcome(() => fast.transposedConv2d(x, kernel, options)),
            wanted,
            1,
          );
          if ("error" in wanted) return;
          computed++;
          const g = random(wanted.array.shape, s + 2);
          expectSameGradients(
            fast.transposedConv2dGradient(x, kernel, g, options),
            reference.transposedConv2dGradient(x, kernel, g, options),
          );
        },
      ),
      { numRuns },
    );
    expect(computed).toBeGreaterThan(numRuns / 6);
  });

  test("signals", () => {
    fc.assert(
      fc.property(
        small(7),
        small(4),
        small(3),
        small(3),
        grouped,
        seed,
        (length, k, stride, dilation, [groups, a, b], s) => {
          const x = random([length, b * groups], s);
          const kernel = random([k, a, b * groups], s + 1);
          const options = { stride, dilation, groups, padding: { after: 1 }, bias: 0.5 };
          const wanted = outcome(() => reference.transposedConv1d(x, kernel, options));
          expectSameOutcome(
            outcome(() => fast.transposedConv1d(x, kernel, options)),
            wanted,
            1,
          );
          if ("error" in wanted) return;
          const g = random(wanted.array.shape, s + 2);
          expectSameGradients(
            fast.transposedConv1dGradient(x, kernel, g, options),
            reference.transposedConv1dGradient(x, kernel, g, options),
          );
        },
      ),
      { numRuns: numRuns / 3 },
    );
  });

  test("an empty batch", () => {
    const [x, k, g] = [zeros([0, 2, 2, 3]), zeros([2, 2, 5, 3]), zeros([0, 3, 3, 5])];
    expectClose(fast.transposedConv2d(x, k), reference.transposedConv2d(x, k));
    expectSameGradients(
      fast.transposedConv2dGradient(x, k, g),
      reference.transposedConv2dGradient(x, k, g),
    );
  });

  test("an infinite value reaches its own stamp and nothing else", () => {
    const x = array([[0, Number.POSITIVE_INFINITY, 0]]);
    for (const dilation of [1, 2]) {
      const options = { stride: [1, 2] as const, dilation };
      const k = array([[1, 2]]);
      expect(rowMajor(fast.transposedConv2d(x, k, options))).toEqual(
        rowMajor(reference.transposedConv2d(x, k, options)),
      );
    }
  });
});
