/** Theory against the gradient: random stacks, pixel by pixel, and random networks. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random, rowMajor } from "../../src/array.js";
import { mean } from "../../src/array-measures.js";
import * as network from "../../src/network/index.js";

const { measuredReceptiveField, receptiveField } = network;
type Layers = network.LayerSpec[];
const conv = (kernel: number, more: Partial<network.ConvSpec> = {}): network.LayerSpec => ({
  kind: "conv",
  filters: 2,
  kernel,
  ...more,
});
const net = (size: number, layers: Layers): network.NetworkSpec =>
  network.describe([size, size, 1], layers);

/** Layers that keep channels and suit any map: what fits is chosen by trying. */
const small = fc.integer({ min: 1, max: 3 });
const sides = fc.record({
  top: fc.integer({ min: 0, max: 2 }),
  bottom: fc.integer({ min: 0, max: 2 }),
  left: fc.integer({ min: 0, max: 2 }),
  right: fc.integer({ min: 0, max: 2 }),
});
const size = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));
const layer: fc.Arbitrary<network.LayerSpec> = fc.oneof(
  fc.record({
    kind: fc.constant("conv" as const),
    filters: fc.constant(2),
    kernel: size,
    stride: fc.tuple(small, small),
    dilation: fc.tuple(small, small),
    padding: fc.oneof(sides, fc.constant("valid" as const)),
  }),
  fc.record({
    kind: fc.constant("depthwise" as const),
    kernel: size,
    stride: small,
    padding: fc.constantFrom(0, 1, 2),
  }),
  fc.record({
    kind: fc.constantFrom("maxPool" as const, "avgPool" as const),
    size: fc.constantFrom(2, 3),
    stride: small,
    padding: fc.constantFrom("valid" as const, "same" as const, 1),
    ceil: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("transposedConv" as const),
    filters: fc.constant(2),
    kernel: size,
    stride: fc.constantFrom(1, 2),
    dilation: small,
    padding: fc.constantFrom(0, 1, "same" as const, "full" as const),
  }),
  fc.constant<network.LayerSpec>({ kind: "upsample", factor: 2 }),
  fc.constant<network.LayerSpec>({ kind: "relu" }),
);

/** As many of the layers as fit on the map, none larger than 40. */
function fitting(layers: Layers, input: [number, number, number]): Layers {
  const kept: Layers = [];
  let shape: readonly number[] = input;
  for (const one of layers) {
    try {
      const next = network.outputShape(one, shape);
      if (Math.max(...next) > 40) continue;
      kept.push(one);
      shape = next;
    } catch {}
  }
  return kept;
}

const stack = fc
  .tuple(
    fc.array(layer, { minLength: 1, maxLength: 5 }),
    fc.integer({ min: 1, max: 16 }),
    fc.integer({ min: 1, max: 16 }),
  )
  .map(([layers, h, w]) => network.describe([h, w, 1], fitting(layers, [h, w, 1])))
  .filter(({ layers }) => layers.length > 0);

test("theory is what the gradient measures, pixel by pixel, for random stacks and every place", () => {
  let many = 0;
  fc.assert(
    fc.property(
      stack,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (spec, down, across) => {
        const theory = receptiveField(spec);
        const unit = [
          Math.round(down * (theory.units[0] - 1)),
          Math.round(across * (theory.units[1] - 1)),
        ] as const;
        const measured = measuredReceptiveField(spec, { unit });
        const { rows, columns } = theory.pixels(...unit);
        const [, w] = spec.input;
        const lit = [...rowMajor(measured.map)].flatMap((value, at) => (value === 0 ? [] : [at]));
        expect(lit).toEqual(rows.flatMap((i) => columns.map((j) => i * w + j)));
        expect(measured.pixels).toBe(rows.length * columns.length);
        const { top, left, height, width } = measured;
        if (measured.pixels > 0) {
          const { share: _, ...window } = theory.window(...unit);
          expect(window).toEqual({ top, left, height, width });
          many++;
        }
        // The whole window holds the part in the picture, and the largest is as large as the size says.
        const whole = theory.window(...unit, { clip: false });
        if (measured.pixels > 0) {
          expect(whole.top).toBeLessThanOrEqual(top);
          expect(whole.top + whole.height).toBeGreaterThanOrEqual(top + height);
        }
        expect(whole.height).toBeLessThanOrEqual(theory.rows.size);
        expect(whole.width).toBeLessThanOrEqual(theory.columns.size);
      },
    ),
    { numRuns: 400 },
  );
  expect(many).toBeGreaterThan(200);
});

test("without upsampling every unit's window is as large as the theory says, jump by jump", () => {
  fc.assert(
    fc.property(stack, (spec) => {
      fc.pre(!spec.layers.some(({ kind }) => kind === "transposedConv" || kind === "upsample"));
      const field = receptiveField(spec);
      const last = field.units[0] - 1;
      expect(field.window(last, 0, { clip: false })).toMatchObject({
        top: field.rows.start + last * field.rows.jump,
        height: field.rows.size,
        left: field.columns.start,
        width: field.columns.size,
      });
    }),
    { numRuns: 200 },
  );
});

test("a pixel reaches exactly the units that see it", () => {
  fc.assert(
    fc.property(stack, fc.nat(), fc.nat(), (spec, a, b) => {
      const field = receptiveField(spec);
      const [row, column] = [a % spec.input[0], b % spec.input[1]];
      const last = network.reach(spec, [row, column]).at(-1)!;
      const seen: number[] = [];
      for (let i = 0; i < field.units[0]; i++) {
        if (field.pixels(i, 0).rows.includes(row)) seen.push(i);
      }
      if (last.any) expect([last.top, last.top + last.height - 1]).toEqual([seen[0], seen.at(-1)]);
    }),
    { numRuns: 200 },
  );
});

test("a residual block sees what its widest branch sees, also measured", () => {
  const spec = net(15, [
    conv(1),
    {
      kind: "residual",
      layers: [conv(3, { padding: 1 }), { kind: "relu" }, conv(5, { padding: 2 })],
    },
    { kind: "residual", layers: [conv(3, { padding: 1 })], shortcut: [conv(7, { padding: 3 })] },
  ]);
  expect(receptiveField(spec).size).toBe(1 + 6 + 6);
  expect(receptiveField(spec, "residual1").size).toBe(7);
  expect(receptiveField(spec, "residual2.conv1").size).toBe(9);
  expect(receptiveField(spec, "residual2.shortcut.conv1").size).toBe(13);
  for (const layer of [
    "residual1.conv2",
    "residual1",
    "residual2.conv1",
    "residual2.shortcut.conv1",
    "residual2",
  ]) {
    const measured = measuredReceptiveField(spec, { layer });
    expect(measured.height, layer).toBe(measured.theory.size);
  }
});

describe("random networks", () => {
  const spec = net(21, [
    conv(3, { padding: 1, filters: 4 }),
    { kind: "relu" },
    conv(3, { padding: 1, filters: 4 }),
    { kind: "relu" },
    conv(3, { padding: 1, filters: 4 }),
    { kind: "relu" },
    conv(3, { padding: 1, filters: 4 }),
  ]);
  const hill = measuredReceptiveField(spec, { networks: 30 });
  test("the mean of 30 fills the window, and is a hill: smaller than the square", () => {
    expect([hill.top, hill.left, hill.height, hill.width]).toEqual([6, 6, 9, 9]);
    expect(Math.max(...rowMajor(hill.map))).toBe(1);
    expect(hill.map.get(10, 10)).toBeGreaterThan(4 * hill.map.get(6, 6));
    expect(hill.deviation[0]).toBeLessThan(9 / Math.sqrt(12));
  });
  test("the same seed gives the same hill, another another", () => {
    expect(measuredReceptiveField(spec, { networks: 2 }).map).toEqual(
      measuredReceptiveField(spec, { networks: 2 }).map,
    );
    expect(measuredReceptiveField(spec, { networks: 2, seed: 5 }).map).not.toEqual(
      measuredReceptiveField(spec, { networks: 2 }).map,
    );
  });
  test("a picture of one's own; channels cut down, but not below the picture's", () => {
    const residual = network.describe(
      [9, 9, 3],
      [
        { kind: "residual", layers: [{ kind: "conv", filters: 3, kernel: 3, padding: 1 }] },
        { kind: "conv", filters: 64, kernel: 3 },
        {
          kind: "residual",
          layers: [{ kind: "relu" }, { kind: "conv", filters: 64, kernel: 3, padding: 1 }],
          shortcut: [conv(1, { filters: 64 })],
        },
        { kind: "dense", units: 100 },
      ],
    );
    const seen = measuredReceptiveField(residual, {
      networks: 3,
      channels: 1,
      picture: random([9, 9, 3]),
      layer: 3,
    });
    expect(seen.height).toBe(7);
    expect(mean(seen.map)).toBeGreaterThan(0);
    expect(measuredReceptiveField(residual, { networks: 5 }).height).toBe(9);
  });
  test("channels that hang together are left as they are", () => {
    const shuffled = network.describe(
      [7, 7, 3],
      [
        { kind: "depthwise", kernel: 3, multiplier: 2 },
        { kind: "channelShuffle", groups: 2 },
        { kind: "conv", filters: 6, kernel: 3, groups: 3 },
      ],
    );
    expect(measuredReceptiveField(shuffled).pixels).toBe(25);
    expect(measuredReceptiveField(shuffled, { networks: 3 })).toMatchObject({
      height: 5,
      width: 5,
      pixels: 25,
    });
    const grouped = net(7, [
      conv(1),
      { kind: "residual", layers: [conv(3, { groups: 2, padding: 1 })] },
    ]);
    expect(measuredReceptiveField(grouped, { networks: 3 }).height).toBe(3);
  });
});

test("behind global pooling and dense layers a unit sees all, in linear and in random networks", () => {
  const up: network.LayerSpec = { kind: "transposedConv", filters: 9, kernel: 2, stride: 2 };
  for (const last of [
    { kind: "globalMaxPool" },
    { kind: "globalAvgPool" },
    { kind: "dense", units: 7 },
  ] as const) {
    const spec = net(6, [up, { kind: "maxPool", size: 2 }, last, { kind: "leakyRelu" }]);
    const { theory, ...linear } = measuredReceptiveField(spec);
    expect(theory.units).toEqual([1, 1]);
    expect([linear.height, linear.width]).toEqual([6, 6]);
    // One maximum a channel: the winners of 20 networks lie all over the picture.
    expect(measuredReceptiveField(spec, { networks: 20 }).pixels).toBeGreaterThan(10);
  }
});

test("a layer whose kernel is smaller than its dilated stride sees nothing at some places", () => {
  const spec = net(5, [{ kind: "transposedConv", filters: 1, kernel: 1, stride: 2 }]);
  expect(receptiveField(spec)).toMatchObject({ size: 1, jump: 0.5, start: 0 });
  expect(receptiveField(spec).window(1, 1)).toEqual({
    top: 0,
    left: 0,
    height: 0,
    width: 0,
    share: 0,
  });
  // Unit 1 sees pixel 2, and units stand 1.5 apart: unit 0, which sees nothing, would stand at 0.5.
  const uneven: network.LayerSpec = {
    kind: "transposedConv",
    filters: 1,
    kernel: 1,
    stride: 2,
    padding: 1,
  };
  expect(receptiveField(net(6, [uneven, conv(1, { stride: 3 })]))).toMatchObject({
    size: 1,
    jump: 1.5,
    start: 1,
  });
  expect(measuredReceptiveField(spec, { unit: [1, 1] })).toMatchObject({
    height: 0,
    width: 0,
    pixels: 0,
    deviation: [0, 0],
  });
});

test("a corner unit of VGG16's pool5, measured on 224×224", () => {
  const pool5 = measuredReceptiveField("D", { layer: "pool5", unit: [0, 0] });
  expect([pool5.height, pool5.width]).toEqual([122, 122]);
});
