/** The shapes that are foretold are those that the operations give, and what one refuses the other refuses. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { zeros } from "../../src/array.js";
import { type LayerSpec, outputShape } from "../../src/network/index.js";
import { conv2d } from "../../src/ops/reference/convolution.js";
import { depthwiseConv2d } from "../../src/ops/reference/depthwise.js";
import { avgPool, maxPool } from "../../src/ops/reference/pooling.js";
import { transposedConv2d } from "../../src/ops/reference/transposed.js";

const small = fc.integer({ min: 1, max: 4 });
const pair = fc.tuple(small, small);
const sides = fc.record({
  top: fc.integer({ min: 0, max: 3 }),
  bottom: fc.integer({ min: 0, max: 3 }),
  left: fc.integer({ min: 0, max: 3 }),
  right: fc.integer({ min: 0, max: 3 }),
});
const padding = fc.oneof(
  fc.constantFrom("valid" as const, "same" as const, "full" as const),
  sides,
);
const input = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));

/** The shape, or the kind of error. */
const outcome = (call: () => readonly number[]): readonly number[] | string => {
  try {
    return [...call()];
  } catch (error) {
    return (error as Error).name;
  }
};

test("convolutions, with groups, strides, dilations and every padding", () => {
  const options = fc.record({
    stride: pair,
    dilation: pair,
    padding,
    groups: fc.integer({ min: 1, max: 2 }),
  });
  fc.assert(
    fc.property(input, pair, options, ([h, w], [kh, kw], more) => {
      const layer: LayerSpec = { kind: "conv", filters: 4, kernel: [kh, kw], ...more };
      const kernel = zeros([kh, kw, 4 / more.groups, 4]);
      expect(outcome(() => outputShape(layer, [h, w, 4]))).toEqual(
        outcome(() => conv2d(zeros([h, w, 4]), kernel, more).shape),
      );
    }),
    { numRuns: 500 },
  );
});

test("poolings, also those that hang over the edge", () => {
  const options = fc.record({ size: pair, stride: pair, padding, ceil: fc.boolean() });
  fc.assert(
    fc.property(input, options, ([h, w], more) => {
      const foretold = outcome(() => outputShape({ kind: "maxPool", ...more }, [h, w, 2]));
      expect(foretold).toEqual(outcome(() => maxPool(zeros([h, w, 2]), more).shape));
      expect(foretold).toEqual(outcome(() => avgPool(zeros([h, w, 2]), more).shape));
    }),
    { numRuns: 1000 },
  );
});

test("transposed convolutions, with every padding and output padding", () => {
  const options = fc.record({
    stride: pair,
    dilation: pair,
    padding,
    outputPadding: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
    groups: fc.integer({ min: 1, max: 2 }),
  });
  fc.assert(
    fc.property(input, pair, options, ([h, w], [kh, kw], more) => {
      const layer: LayerSpec = { kind: "transposedConv", filters: 6, kernel: [kh, kw], ...more };
      const kernel = zeros([kh, kw, 6 / more.groups, 4]);
      expect(outcome(() => outputShape(layer, [h, w, 4]))).toEqual(
        outcome(() => transposedConv2d(zeros([h, w, 4]), kernel, more).shape),
      );
    }),
    { numRuns: 500 },
  );
});

test("depthwise convolutions", () => {
  const options = fc.record({ stride: pair, dilation: pair, padding });
  fc.assert(
    fc.property(input, pair, options, ([h, w], [kh, kw], more) => {
      expect(
        outcome(() =>
          outputShape({ kind: "depthwise", kernel: [kh, kw], multiplier: 2, ...more }, [h, w, 3]),
        ),
      ).toEqual(
        outcome(() => depthwiseConv2d(zeros([h, w, 3]), zeros([kh, kw, 3, 2]), more).shape),
      );
    }),
    { numRuns: 200 },
  );
});
