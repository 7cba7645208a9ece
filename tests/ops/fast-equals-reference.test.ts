/** The fast operations give what the loops give, on random shapes and options, on every back end that loads here. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { random } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { asView, image, padding, perAxis, seed, sides, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose, expectSameOutcome, outcome } from "./close.js";

onEachBackEnd((_name, numRuns) => {
  test("conv2d and convolve2d", () => {
    let computed = 0;
    fc.assert(
      fc.property(
        image,
        fc.tuple(small(5), small(5), small(4), fc.boolean(), seed),
        fc.record({
          stride: perAxis(3),
          padding,
          dilation: perAxis(3),
          bias: fc.oneof(fc.constant("each" as const), fc.double({ min: -2, max: 2, noNaN: true })),
          flip: fc.boolean(),
          view: fc.boolean(),
        }),
        (x, [kh, kw, m, flat, s], { bias, view, ...options }) => {
          const channels = x.shape[2 + (x.shape.length === 4 ? 1 : 0)] ?? 1;
          const single = flat && channels === 1;
          const k = random(single ? [kh, kw] : [kh, kw, channels, m], s);
          const outputs = single ? 1 : m;
          const all = {
            ...options,
            bias: bias === "each" ? Array.from({ length: outputs }, (_, o) => o - 1.5) : bias,
          };
          const input = view ? asView(x) : x;
          const wanted = outcome(() => reference.conv2d(input, k, all));
          expectSameOutcome(
            outcome(() => fast.conv2d(input, k, all)),
            wanted,
            1,
          );
          if ("array" in wanted) computed++;
          expectSameOutcome(
            outcome(() => fast.convolve2d(input, k, all)),
            outcome(() => reference.convolve2d(input, k, all)),
            1,
          );
        },
      ),
      { numRuns },
    );
    expect(computed).toBeGreaterThan(numRuns / 4); // the others are refused, by both alike
  });

  test.each(["maxPool", "avgPool"] as const)("%s", (pool) => {
    let computed = 0;
    fc.assert(
      fc.property(
        image,
        perAxis(4),
        fc.record({ stride: perAxis(4), padding }, { requiredKeys: [] }),
        (x, size, options) => {
          const wanted = outcome(() => reference[pool](x, { size, ...options }));
          expectSameOutcome(
            outcome(() => fast[pool](x, { size, ...options })),
            wanted,
            1,
          );
          if ("array" in wanted) computed++;
        },
      ),
      { numRuns },
    );
    expect(computed).toBeGreaterThan(numRuns / 4);
  });

  test("global pooling, padding and activations", () => {
    fc.assert(
      fc.property(
        image,
        sides,
        fc.constantFrom("zero" as const, "reflect" as const, "replicate" as const),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (x, border, mode, slope) => {
          expectClose(fast.globalAvgPool(x), reference.globalAvgPool(x), 1);
          expectClose(fast.globalMaxPool(x), reference.globalMaxPool(x));
          expectSameOutcome(
            outcome(() => fast.pad(x, border, mode)),
            outcome(() => reference.pad(x, border, mode)),
          );
          expectClose(fast.leakyRelu(x, slope), reference.leakyRelu(x, slope));
          for (const f of ["relu", "sigmoid", "tanh", "softmax"] as const) {
            expectClose(fast[f](x), reference[f](x));
          }
        },
      ),
      { numRuns: numRuns / 3 },
    );
  });

  test("a long mean does not drift", () => {
    const x = random([300, 300, 3], 5);
    for (let i = 0; i < x.data.length; i++) x.data[i] = 0.1;
    expectClose(fast.globalAvgPool(x), reference.globalAvgPool(x));
  });
});
