/** The shapes that are foretold are those that the operations give, and what one refuses the other refuses. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { random, rowMajor, zeros } from "../../src/array.js";
import {
  describe,
  type LayerSpec,
  type NetworkSpec,
  outputShape,
  shapes,
  summary,
} from "../../src/network/index.js";
import { conv2d } from "../../src/ops/reference/convolution.js";
import { depthwiseConv2d } from "../../src/ops/reference/depthwise.js";
import { avgPool, maxPool } from "../../src/ops/reference/pooling.js";
import { transposedConv2d } from "../../src/ops/reference/transposed.js";
import { buildLayers } from "../../src/train/build.js";
import { forwardThrough } from "../../src/train/chain.js";
import { randomSource } from "../../src/train/random-source.js";
import * as vgg from "../../src/vgg/index.js";

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

/** A layer of any kind for maps, chosen by chance; those that don't fit are left out. */
const channels = fc.constantFrom(2, 4, 6);
const plainLayer: fc.Arbitrary<LayerSpec> = fc.oneof(
  fc.record({
    kind: fc.constant("conv" as const),
    filters: channels,
    kernel: pair,
    groups: fc.constantFrom(1, 2),
    bias: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("depthwise" as const),
    kernel: pair,
    multiplier: fc.constantFrom(1, 2),
    bias: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("transposedConv" as const),
    filters: channels,
    kernel: pair,
    stride: small,
    bias: fc.boolean(),
  }),
  fc.constantFrom<LayerSpec>(
    { kind: "batchNorm" },
    { kind: "relu" },
    { kind: "leakyRelu" },
    { kind: "sigmoid" },
    { kind: "tanh" },
    { kind: "lrn" },
    { kind: "softmax" },
    { kind: "dropout", rate: 0.5 },
    { kind: "maxPool", size: 2 },
    { kind: "avgPool", size: 2, ceil: true },
    { kind: "upsample", factor: 2 },
    { kind: "channelShuffle", groups: 2 },
    { kind: "flatten" },
    { kind: "globalAvgPool" },
    { kind: "globalMaxPool" },
    { kind: "dense", units: 5 },
    { kind: "dense", units: 3, bias: false },
    { kind: "residual", layers: [{ kind: "conv", filters: 4, kernel: 1 }, { kind: "batchNorm" }] },
    {
      kind: "residual",
      layers: [{ kind: "conv", filters: 6, kernel: 3, padding: 1 }],
      shortcut: [{ kind: "conv", filters: 6, kernel: 1, bias: false }],
    },
  ),
);

test("parameters and shapes of any network are those of the network that is built to run", () => {
  fc.assert(
    fc.property(input, fc.array(plainLayer, { maxLength: 7 }), ([h, w], wanted) => {
      const layers: LayerSpec[] = [];
      for (const layer of wanted) {
        try {
          const all = shapes(describe([h, w, 2], [...layers, layer]));
          if (Math.max(...all.flat()) < 200) layers.push(layer);
        } catch {}
      }
      const network = describe([h, w, 2], layers);
      const built = buildLayers(layers, network.input, randomSource(1));
      expect(built.map(({ outputShape }) => outputShape)).toEqual(shapes(network));
      const arrays = built.flatMap(({ parameters }) => parameters);
      const count = (learned: boolean): number =>
        arrays
          .filter(({ gradient }) => (gradient !== undefined) === learned)
          .reduce((sum, { values }) => sum + values.length, 0);
      const { totals } = summary(network);
      expect(totals.parameters).toBe(count(true));
      expect(totals.buffers).toBe(count(false));
    }),
    { numRuns: 300 },
  );
});

test("VGG's head as convolutions answers as the head does, and on a larger picture as the head does at each place", () => {
  const config = vgg.parse("3 M 4 M FC-6 FC-5", { input: [12, 8, 2] });
  const large: [number, number, number] = [16, 16, 2];
  const run = (spec: NetworkSpec, x: Float32Array): Float32Array =>
    forwardThrough(buildLayers(spec.layers, spec.input, randomSource(7)), x);
  const picture = random([12, 8, 2], 3);
  const own = run(vgg.toNetwork(config), rowMajor(picture));
  const convolved = run(vgg.headAsConvolutions(config), rowMajor(picture));
  expect(convolved).toHaveLength(5);
  expect(own.some((value) => Math.abs(value) > 0.01)).toBe(true);
  for (const [at, value] of own.entries()) expect(convolved[at]).toBeCloseTo(value, 5);
  const spec = vgg.headAsConvolutions(config, { input: large });
  expect(run(spec, rowMajor(random(large, 3)))).toHaveLength(2 * 3 * 5);
});
