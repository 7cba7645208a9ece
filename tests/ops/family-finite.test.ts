/** NaN and infinities of an input reach the same outputs by the loops and by every back end. */
import fc from "fast-check";
import { test } from "vitest";
import { random } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { padding, perAxis, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { outcome } from "./close.js";
import { paddingMode } from "./family-cases.js";
import { expectAlikeOutcome, withSpecials } from "./finite.js";

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
            (ops: typeof reference | typeof fast) => ops.depthwiseConv2d(x, k, options),
            (ops: typeof reference | typeof fast) => ops.separableConv2d(x, k, mix, options),
            (ops: typeof reference | typeof fast) =>
              ops.spatiallySeparableConv2d(x, column, row, options),
            (ops: typeof reference | typeof fast) =>
              ops.pointwiseConv2d(x, random([2, 6], s + 4), { groups: 2 }),
            (ops: typeof reference | typeof fast) => ops.channelShuffle(x, 2),
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
});
