/** NaN and infinities of an input reach the same outputs by the loops and by every back end. */
import fc from "fast-check";
import { test } from "vitest";
import { type FloatArray, random } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { padding, perAxis, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { outcome } from "./close.js";
import { paddingMode } from "./family-cases.js";
import { expectAlike, expectAlikeOutcome, withSpecials } from "./finite.js";

type Ops = typeof reference | typeof fast;

const picture = fc
  .tuple(small(2), small(6), small(6), seed)
  .map(([n, h, w, s]) => withSpecials(random([n, h, w, 4], s)));
const walk = { stride: perAxis(2), padding, dilation: perAxis(2) };

onEachBackEnd((_name, numRuns) => {
  test("the convolution family", () => {
    fc.assert(
      fc.property(
        picture,
        fc.record({ ...walk, paddingMode }),
        fc.tuple(small(3), small(3), seed),
        (x, options, [kh, kw, s]) => {
          const [k, mix] = [random([kh, kw, 4, 2], s), random([8, 3], s + 1)];
          const [column, row] = [random([kh], s + 2), random([kw], s + 3)];
          const calls = [
            (ops: Ops) => ops.depthwiseConv2d(x, k, options),
            (ops: Ops) => ops.separableConv2d(x, k, mix, options),
            (ops: Ops) => ops.spatiallySeparableConv2d(x, column, row, options),
            (ops: Ops) => ops.pointwiseConv2d(x, random([2, 6], s + 4), { groups: 2 }),
            (ops: Ops) => ops.conv2d(x, random([kh, kw, 1, 8], s + 5), { ...options, groups: 4 }),
            (ops: Ops) => ops.channelShuffle(x, 2),
          ];
          for (const call of calls) {
            expectAlikeOutcome(
              outcome(() => call(fast)),
              outcome(() => call(reference)),
              1,
            );
          }
        },
      ),
      { numRuns: numRuns / 6 },
    );
  });

  test("gradients: a NaN that comes in goes where the loops let it go", () => {
    const x = withSpecials(random([2, 5, 6, 4], 1));
    const [k, mix] = [random([3, 2, 4, 2], 2), random([8, 3], 3)];
    const [column, row] = [random([3], 4), random([2], 5)];
    const g = (...shape: number[]) => withSpecials(random(shape, 6));
    const calls = [
      (ops: Ops) => ops.depthwiseConv2dGradient(x, k, g(2, 3, 5, 8)),
      (ops: Ops) => ops.conv2dGradient(x, random([3, 2, 1, 8], 7), g(2, 3, 5, 8), { groups: 4 }),
      (ops: Ops) => ops.separableConv2dGradient(x, k, mix, g(2, 3, 5, 3)),
      (ops: Ops) => ops.spatiallySeparableConv2dGradient(x, column, row, g(2, 3, 5, 4)),
      (ops: Ops) => ({ input: ops.upsampleBilinearGradient(x, 2, g(2, 10, 12, 4)) }),
      (ops: Ops) => ({ input: ops.unpoolNearestGradient(x, 2, g(2, 10, 12, 4)) }),
      (ops: Ops) => ({ input: ops.channelShuffleGradient(x, 2, g(2, 5, 6, 4)) }),
    ];
    for (const call of calls) {
      const [got, wanted] = [call(fast), call(reference)] as Record<string, FloatArray>[];
      for (const name of Object.keys(wanted!)) expectAlike(got![name]!, wanted![name]!, 1);
    }
  });

  test("transposed convolution", () => {
    fc.assert(
      fc.property(
        picture,
        fc.record(walk),
        fc.constantFrom(1, 2),
        fc.tuple(small(3), small(3), seed),
        (x, options, groups, [kh, kw, s]) => {
          const k = random([kh, kw, 2, 4], s);
          expectAlikeOutcome(
            outcome(() => fast.transposedConv2d(x, k, { ...options, groups })),
            outcome(() => reference.transposedConv2d(x, k, { ...options, groups })),
            1,
          );
        },
      ),
      { numRuns: numRuns / 6 },
    );
  });

  test("a transposed convolution of one channel a group, in either direction, keeps NaN", () => {
    const x = withSpecials(random([2, 5, 6, 4], 1));
    const g = withSpecials(random([2, 5, 6, 4], 2));
    const k = random([1, 1, 1, 4], 3);
    const [lineX, lineG, lineK] = [x.pick(0), g.pick(0), k.pick(0)].map((a, i) =>
      i < 2 ? a!.pick(0) : a!,
    );
    const calls = [
      (ops: Ops) => ({ y: ops.transposedConv2d(x, k, { groups: 4 }) }),
      (ops: Ops) => ops.transposedConv2dGradient(x, k, g, { groups: 4 }),
      (ops: Ops) => ({ y: ops.transposedConv1d(lineX!, lineK!, { groups: 4 }) }),
      (ops: Ops) => ops.transposedConv1dGradient(lineX!, lineK!, lineG!, { groups: 4 }),
    ];
    for (const call of calls) {
      const [got, wanted] = [call(fast), call(reference)].map((one) => Object.entries(one));
      for (const [i, [, array]] of wanted!.entries()) expectAlike(got![i]![1], array, 1);
    }
  });
});
