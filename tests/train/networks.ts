/** Random small networks of every kind of layer. */
import fc from "fast-check";
import type { LayerSpec } from "../../src/network/layers.js";
import { outputShape } from "../../src/network/shapes.js";
import * as train from "../../src/train/index.js";

const pair = (max: number, min = 1) =>
  fc.oneof(fc.integer({ min, max }), fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })));
const padding = fc.constantFrom<0 | 1 | "valid" | "same" | readonly [number, number]>(
  "valid",
  "same",
  0,
  1,
  [2, 1],
);
const side = fc.constantFrom({ top: 1 }, { bottom: 2, left: 1 }, "valid" as const);

const convOptions = fc.record(
  {
    stride: pair(2),
    padding: fc.oneof(padding, side),
    dilation: pair(2),
    bias: fc.boolean(),
  },
  { requiredKeys: [] },
);
const groups = fc.constantFrom(1, 1, 2, 4);

/** With few and nearly equal values the usual ε would divide by 0.003 and magnify each rounding as much. */
const normalise = train.batchNorm({ epsilon: 0.1, momentum: 0.3 });

/** A layer that reads a map. */
const onMap: fc.Arbitrary<LayerSpec> = fc.oneof(
  fc
    .tuple(fc.constantFrom(2, 4), pair(3), convOptions, groups)
    .map(([filters, kernel, options, g]) => train.conv(filters, kernel, { ...options, groups: g })),
  fc
    .tuple(pair(3), convOptions, fc.constantFrom(1, 2))
    .map(([kernel, options, multiplier]) => train.depthwise(kernel, { ...options, multiplier })),
  fc
    .tuple(fc.constantFrom(2, 4), pair(3), convOptions, groups, fc.constantFrom(0, 1))
    .map(([filters, kernel, options, g, outputPadding]) =>
      train.transposedConv(filters, kernel, { ...options, groups: g, outputPadding }),
    ),
  fc
    .tuple(
      fc.constantFrom(train.maxPool, train.avgPool),
      pair(3),
      fc.record({ stride: pair(3), padding, ceil: fc.boolean() }, { requiredKeys: [] }),
    )
    .map(([pool, size, options]) => pool(size, options)),
  fc.constant(train.upsample(2)),
  fc.constantFrom(2, 4).map((g) => train.channelShuffle(g)),
  fc.constant(train.lrn()),
  fc
    .tuple(fc.boolean(), fc.constantFrom(1, 2))
    .map(([projected, stride]) =>
      projected || stride === 2
        ? train.residual(
            [train.conv(4, 3, { padding: 1, stride }), train.relu(), normalise],
            [train.conv(4, 1, { stride })],
          )
        : train.residual([train.depthwise(3, { padding: 1 }), train.relu()]),
    ),
);

/** A layer that reads anything. */
const onAnything: fc.Arbitrary<LayerSpec> = fc.oneof(
  fc.constant(train.relu()),
  fc.constant(train.leakyRelu(0.1)),
  fc.constant(train.sigmoid()),
  fc.constant(train.tanh()),
  fc.constant(normalise),
  fc.constant(train.dropout(0.3)),
);

const single = (layer: fc.Arbitrary<LayerSpec>): fc.Arbitrary<LayerSpec[]> =>
  layer.map((one) => [one]);

/** Layers that run as one where they stand together. */
const together: fc.Arbitrary<LayerSpec[]> = fc
  .tuple(
    fc.constantFrom(
      train.conv(4, 3, { padding: "same" }),
      train.conv(4, 2, { bias: false }),
      train.depthwise(3, { padding: "same" }),
      train.conv(4, 3, { dilation: 2, padding: 2, groups: 2 }),
    ),
    fc.constantFrom(
      train.maxPool(2),
      train.maxPool(3, { stride: 2 }),
      train.maxPool(2, { stride: 1 }),
    ),
    fc.constantFrom("conv relu pool", "conv pool relu", "conv pool", "conv relu"),
  )
  .map(([conv, pool, order]) =>
    order
      .split(" ")
      .map((word) => (word === "conv" ? conv : word === "pool" ? pool : train.relu())),
  );

const ends: fc.Arbitrary<LayerSpec[]> = fc.constantFrom<LayerSpec[]>(
  [train.dense(3)],
  [train.flatten(), train.dense(4), train.relu(), train.dense(3)],
  [train.globalMax(), train.dense(3)],
  [train.globalAvgPool(), train.dense(3, { bias: false })],
  [train.conv(3, 1), train.globalAvgPool()],
  [train.dense(3), train.softmax()],
);

/** A network that can exist, with a few pictures' worth of seeds. */
export interface SmallNetwork {
  readonly input: [number, number, number];
  readonly specs: LayerSpec[];
  readonly count: number;
  readonly seed: number;
}

/** Random networks; layers that do not fit where they came are left out. */
export const smallNetwork: fc.Arbitrary<SmallNetwork> = fc
  .record({
    input: fc.tuple(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom(1, 2, 4),
    ),
    layers: fc.array(fc.oneof(single(onMap), single(onMap), single(onAnything), together), {
      minLength: 0,
      maxLength: 5,
    }),
    end: ends,
    count: fc.integer({ min: 1, max: 4 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  .map(({ input, layers, end, count, seed }) => {
    const specs: LayerSpec[] = [];
    let shape: readonly number[] = input;
    for (const layer of [...layers.flat(), ...end]) {
      try {
        shape = outputShape(layer, shape);
        specs.push(layer);
      } catch {
        // It does not fit here.
      }
    }
    return { input, specs, count, seed };
  });
