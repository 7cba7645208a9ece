/** Fast convolutions give what the loops give, on random shapes and options, on every back end that loads here. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type FloatArray, random, rowMajor } from "../../src/array.js";
import { fast, type PadMode, reference } from "../../src/ops/index.js";
import { asView, padding, perAxis, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectSameOutcome, outcome } from "./close.js";

const mode = fc.constantFrom<PadMode>("zero", "reflect", "replicate", "circular");

/** Channels that groups share: [groups, input channels, output channels], an odd one out now and then. */
const channels = fc
  .tuple(small(3), small(3), small(3), fc.nat(9))
  .map(([groups, each, outputs, odd]): [groups: number, Cin: number, Cout: number] =>
    odd === 0 ? [groups, each * groups + 1, outputs] : [groups, each * groups, outputs * groups],
  );

onEachBackEnd((_name, numRuns) => {
  test("conv2d and convolve2d with every option", () => {
    let computed = 0;
    fc.assert(
      fc.property(
        fc.tuple(small(3, 0), small(8), small(8), fc.boolean(), seed),
        fc.tuple(small(4), small(4), seed),
        channels,
        fc.record({
          stride: perAxis(3),
          padding: fc.oneof({ arbitrary: padding, weight: 3 }, fc.constant("full" as const)),
          paddingMode: mode,
          dilation: perAxis(2),
          bias: fc.double({ min: -2, max: 2, noNaN: true }),
          flip: fc.boolean(),
        }),
        fc.boolean(),
        ([n, h, w, batch, s], [kh, kw, t], [groups, Cin, Cout], options, view) => {
          const shape = batch ? [n, h, w, Cin] : [h, w, Cin];
          const x = random(shape, s);
          const input = view ? asView(x) : x;
          const k = random([kh, kw, Math.ceil(Cin / groups), Cout], t);
          const wanted = outcome(() => reference.conv2d(input, k, { ...options, groups }));
          const got = outcome(() => fast.conv2d(input, k, { ...options, groups }));
          expectSameOutcome(got, wanted, 1);
          if ("array" in wanted) computed++;
        },
      ),
      { numRuns },
    );
    expect(computed).toBeGreaterThan(numRuns / 4);
  });

  test("NaN and infinities of an image reach the same outputs as in the loops", () => {
    const kinds = (a: FloatArray): string[] =>
      Array.from(rowMajor(a), (value) => (Number.isFinite(value) ? "finite" : `${value}`));
    const k = random([3, 2, 2, 4], 2);
    for (const options of [{}, { padding: 2 }, { stride: 2 }, { dilation: 2 }, { groups: 2 }]) {
      const x = random([2, 7, 8, options.groups === 2 ? 4 : 2], 1);
      x.set(0, 2, 3, 1, Number.NaN);
      x.set(1, 5, 0, 0, Number.POSITIVE_INFINITY);
      x.set(1, 0, 7, 1, Number.NEGATIVE_INFINITY);
      const wanted = reference.conv2d(x, k, options);
      expect(kinds(fast.conv2d(x, k, options))).toEqual(kinds(wanted));
      const g = random(wanted.shape, 3);
      const quick = fast.conv2dGradient(x, k, g, options);
      const slow = reference.conv2dGradient(x, k, g, options);
      expect(kinds(quick.input)).toEqual(kinds(slow.input));
      expect(kinds(quick.kernel)).toEqual(kinds(slow.kernel));
    }
  });
});
