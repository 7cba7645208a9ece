/** What a unit sees, in theory: published numbers, shapes of windows, and mistakes. */
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { random } from "../../src/array.js";
import * as network from "../../src/network/index.js";
import type * as vgg from "../../src/vgg/index.js";

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

describe("numbers that are published", () => {
  test.each<[vgg.ConfigName, number]>([
    ["A", 150],
    ["B", 156],
    ["C", 156],
    ["D", 212],
    ["E", 268],
  ])("VGG %s sees %i after pool5, 32 apart", (name, size) => {
    const field = receptiveField(name, "pool5");
    expect([field.size, field.jump]).toEqual([size, 32]);
    // The first FC layer sees more than the picture.
    expect(receptiveField(name, "fc1").size).toBe(size + 6 * 32);
  });

  // Araujo et al. 2019, table 1: AlexNet 195, VGG16 212, ResNet-50 483, stride 32, effective padding 64, 90, 239.
  test("AlexNet's pool5: 195, 32 apart, begins at −64", () => {
    const alexNet = network.describe(
      [227, 227, 3],
      [
        conv(11, { stride: 4 }),
        { kind: "maxPool", size: 3, stride: 2 },
        conv(5, { padding: 2 }),
        { kind: "maxPool", size: 3, stride: 2 },
        conv(3, { padding: 1 }),
        conv(3, { padding: 1 }),
        conv(3, { padding: 1 }),
        { kind: "maxPool", size: 3, stride: 2 },
      ],
    );
    const field = receptiveField(alexNet);
    expect([field.size, field.jump, field.start]).toEqual([195, 32, -64]);
  });
  test("VGG16's pool5 begins at −90; a corner unit has a third of its window in the picture", () => {
    const field = receptiveField("D", "pool5");
    expect([field.start, field.rows.centre]).toEqual([-90, 15.5]);
    expect(field.window(0, 0)).toEqual({
      top: 0,
      left: 0,
      height: 122,
      width: 122,
      share: expect.closeTo((122 / 212) ** 2, 12),
    });
    expect(field.window(3, 3).share).toBe(1);
    expect(field.window(0, 6, { clip: false })).toMatchObject({
      top: -90,
      left: -90 + 6 * 32,
      height: 212,
      width: 212,
    });
  });
  test("ResNet-50: 483, 32 apart, begins at −239, by its widest branch", () => {
    const bottleneck = (filters: number, stride: number, project: boolean): network.LayerSpec => ({
      kind: "residual",
      layers: [
        { kind: "conv", filters, kernel: 1, stride, bias: false },
        { kind: "conv", filters, kernel: 3, padding: 1, bias: false },
        { kind: "conv", filters: 4 * filters, kernel: 1, bias: false },
      ],
      ...(project
        ? {
            shortcut: [
              { kind: "conv" as const, filters: 4 * filters, kernel: 1, stride, bias: false },
            ],
          }
        : {}),
    });
    const stage = (blocks: number, filters: number, stride: number): Layers =>
      Array.from({ length: blocks }, (_, i) => bottleneck(filters, i === 0 ? stride : 1, i === 0));
    const resNet = network.describe(
      [224, 224, 3],
      [
        { kind: "conv", filters: 64, kernel: 7, stride: 2, padding: 3, bias: false },
        // TensorFlow's "same" on an even size begins in the picture.
        { kind: "maxPool", size: 3, stride: 2, padding: "same" },
        ...stage(3, 64, 1),
        ...stage(4, 128, 2),
        ...stage(6, 256, 2),
        ...stage(3, 512, 2),
      ],
    );
    const field = receptiveField(resNet);
    expect([field.size, field.jump, field.start]).toEqual([483, 32, -239]);
  });
});

test("3×3 twice sees what 5×5 sees; dilation 1, 2, 4 sees 15; pooling doubles the growth", () => {
  expect(receptiveField(net(20, [conv(3), conv(3)])).size).toBe(5);
  expect(
    receptiveField(net(20, [conv(3), conv(3, { dilation: 2 }), conv(3, { dilation: 4 })])).size,
  ).toBe(15);
  expect(receptiveField(net(20, [{ kind: "maxPool", size: 2 }, conv(3)])).size).toBe(6);
});

test("each axis by itself", () => {
  const field = receptiveField(
    net(20, [{ kind: "conv", filters: 1, kernel: [1, 5], stride: [1, 2] }, conv(3)]),
  );
  expect([field.rows.size, field.columns.size, field.size]).toEqual([3, 9, 9]);
  expect([field.rows.jump, field.columns.jump]).toEqual([1, 2]);
  expect(`${field}`).toBe(
    "A unit of conv2 sees 3×9 pixels; the windows of neighbours are 1 (down) and 2 (across) apart, and the first begins at 0 (down) and 0 (across).",
  );
  expect(inspect(field)).toBe(`${field}`);
});

test("upsampling divides the jump; a transposed convolution's units differ, and the widest counts", () => {
  const up = receptiveField(net(6, [{ kind: "upsample", factor: 2 }]));
  expect([up.size, up.jump, up.units]).toEqual([1, 0.5, [12, 12]]);
  // k 3, s 2: even places read two pixels, odd ones one (C22).
  const transposed = receptiveField(
    net(6, [{ kind: "transposedConv", filters: 1, kernel: 3, stride: 2 }]),
  );
  expect([transposed.size, transposed.jump]).toEqual([2, 0.5]);
  expect([1, 2, 3, 4].map((at) => transposed.pixels(at, at).rows)).toEqual([
    [0],
    [0, 1],
    [1],
    [1, 2],
  ]);
  const uNet = net(16, [
    conv(3, { padding: 1 }),
    { kind: "maxPool", size: 2 },
    { kind: "upsample", factor: 2 },
    conv(3, { padding: 1 }),
  ]);
  expect(receptiveField(uNet).jump).toBe(1);
});

test("flatten keeps a unit's place, a dense layer sees all", () => {
  const layers: Layers = [
    conv(3),
    { kind: "flatten" },
    { kind: "dense", units: 4 },
    { kind: "dense", units: 2 },
  ];
  const spec = net(8, layers);
  expect(receptiveField(spec, "flatten1").units).toEqual([6, 6]);
  expect(receptiveField(spec, "flatten1").size).toBe(3);
  expect(receptiveField(spec, "dense1")).toMatchObject({ size: 8, units: [1, 1] });
  expect(receptiveField(spec).size).toBe(8);
});

test("stride larger than the kernel leaves pixels that nobody reads; dilation leaves holes", () => {
  const wide = net(9, [conv(2, { stride: 4 })]);
  expect(network.reach(wide, [2, 2])[0]).toEqual({
    layer: "conv1",
    any: false,
    top: 0,
    left: 0,
    height: 0,
    width: 0,
  });
  expect(network.reach(wide, [5, 4])[0]).toEqual({
    layer: "conv1",
    any: true,
    top: 1,
    left: 1,
    height: 1,
    width: 1,
  });
  expect(receptiveField(net(9, [conv(3, { dilation: 3 })])).pixels(1, 2)).toEqual({
    rows: [1, 4, 7],
    columns: [2, 5, 8],
  });
});

describe("mistakes", () => {
  test.each<[string, () => unknown, string | RegExp]>([
    [
      "no such layer",
      () => receptiveField("8 M", "pool2"),
      'There is no layer "pool2" in 8 M; the layers are conv1_1, conv1_1_relu, pool1.',
    ],
    [
      "no such unit",
      () => receptiveField("8 M", "pool1").window(112, 0),
      /112×112 units, rows 0 to 111 .*no unit \(112, 0\)/,
    ],
    ["no such pixel", () => network.reach("8 M", [0, 224]), /224×224 pixels.*no pixel \(0, 224\)/],
    ["no layers", () => receptiveField(net(3, [])), "network has no layers."],
    [
      "a list of layers",
      () => receptiveField([conv(3)] as never),
      /A network is what network\.describe.*list of layers/,
    ],
    ["nothing", () => receptiveField(undefined as never), /got undefined/],
    ["null", () => receptiveField(null as never), /got null/],
    [
      "half a network",
      () => measuredReceptiveField("8 M", { networks: 0.5 }),
      /The number of networks must be a whole number, 0 or more/,
    ],
    [
      "a unit outside",
      () => measuredReceptiveField(net(5, [conv(3)]), { unit: [3, 0] }),
      /no unit \(3, 0\)/,
    ],
    [
      "another picture",
      () => measuredReceptiveField(net(5, [conv(3)]), { networks: 1, picture: random([5, 5, 3]) }),
      /5×5×1; got 5×5×3/,
    ],
    [
      "a picture of NaN",
      () =>
        measuredReceptiveField(net(5, [conv(3), { kind: "sigmoid" }]), {
          networks: 1,
          picture: random([5, 5, 1]).step(1) && nan(),
        }),
      /holds NaN/,
    ],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });
});

function nan(): ReturnType<typeof random> {
  const picture = random([5, 5, 1]);
  picture.set(2, 2, 0, Number.NaN);
  return picture;
}
