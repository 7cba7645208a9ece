/** Well-known networks as lists of layers, for numbers that are published. */
import { describe, type LayerSpec, type NetworkSpec } from "../../src/network/index.js";

const relu: LayerSpec = { kind: "relu" };
const norm: LayerSpec = { kind: "batchNorm" };
const conv = (
  filters: number,
  kernel: number,
  stride = 1,
  padding = Math.floor(kernel / 2),
): LayerSpec => ({ kind: "conv", filters, kernel, stride, padding, bias: false });
const plain = (filters: number, kernel: number, stride = 1, padding = 0): LayerSpec => ({
  kind: "conv",
  filters,
  kernel,
  stride,
  padding,
});

/** LeCun et al. 1998 as it is written today: every map reads all maps before it. */
export const leNet5: NetworkSpec = describe(
  [32, 32, 1],
  [
    plain(6, 5),
    { kind: "tanh" },
    { kind: "avgPool", size: 2 },
    plain(16, 5),
    { kind: "tanh" },
    { kind: "avgPool", size: 2 },
    plain(120, 5),
    { kind: "flatten" },
    { kind: "dense", units: 84 },
    { kind: "tanh" },
    { kind: "dense", units: 10 },
  ],
  { name: "LeNet-5" },
);

/** torchvision's AlexNet ("one weird trick"), on 224×224. */
export const alexNet: NetworkSpec = describe(
  [224, 224, 3],
  [
    plain(64, 11, 4, 2),
    relu,
    { kind: "maxPool", size: 3, stride: 2 },
    plain(192, 5, 1, 2),
    relu,
    { kind: "maxPool", size: 3, stride: 2 },
    plain(384, 3, 1, 1),
    relu,
    plain(256, 3, 1, 1),
    relu,
    plain(256, 3, 1, 1),
    relu,
    { kind: "maxPool", size: 3, stride: 2 },
    { kind: "flatten" },
    { kind: "dropout", rate: 0.5 },
    { kind: "dense", units: 4096 },
    relu,
    { kind: "dropout", rate: 0.5 },
    { kind: "dense", units: 4096 },
    relu,
    { kind: "dense", units: 1000 },
  ],
  { name: "AlexNet" },
);

const block = (layers: LayerSpec[], shortcut?: LayerSpec[]): LayerSpec[] => [
  shortcut === undefined ? { kind: "residual", layers } : { kind: "residual", layers, shortcut },
  relu,
];

/** The basic block of ResNet-18 (He et al. 2016, figure 2). */
export const basicBlock = (filters: number, stride = 1): LayerSpec[] =>
  block(
    [conv(filters, 3, stride), norm, relu, conv(filters, 3), norm],
    stride === 1 ? undefined : [conv(filters, 1, stride), norm],
  );

const bottleneck = (filters: number, stride: number, first: boolean): LayerSpec[] =>
  block(
    [
      conv(filters, 1),
      norm,
      relu,
      conv(filters, 3, stride),
      norm,
      relu,
      conv(4 * filters, 1),
      norm,
    ],
    first ? [conv(4 * filters, 1, stride), norm] : undefined,
  );

const resNet = (name: string, blocks: LayerSpec[]): NetworkSpec =>
  describe(
    [224, 224, 3],
    [
      conv(64, 7, 2),
      norm,
      relu,
      { kind: "maxPool", size: 3, stride: 2, padding: 1 },
      ...blocks,
      { kind: "globalAvgPool" },
      { kind: "dense", units: 1000 },
    ],
    { name },
  );

/** torchvision's ResNet-18. */
export const resNet18: NetworkSpec = resNet(
  "ResNet-18",
  [64, 128, 256, 512].flatMap((filters, i) => [
    ...basicBlock(filters, i === 0 ? 1 : 2),
    ...basicBlock(filters),
  ]),
);

/** torchvision's ResNet-50 (stride in the 3×3). */
export const resNet50: NetworkSpec = resNet(
  "ResNet-50",
  [3, 4, 6, 3].flatMap((count, stage) =>
    Array.from({ length: count }, (_, i) =>
      bottleneck(64 * 2 ** stage, stage > 0 && i === 0 ? 2 : 1, i === 0),
    ).flat(),
  ),
);

/** One depthwise separable layer (Howard et al. 2017, figure 3). */
export const separable = (filters: number, stride = 1): LayerSpec[] => [
  { kind: "depthwise", kernel: 3, stride, padding: 1, bias: false },
  norm,
  relu,
  conv(filters, 1),
  norm,
  relu,
];

/** MobileNet 1.0 224 (Howard et al. 2017, table 1). */
export const mobileNet: NetworkSpec = describe(
  [224, 224, 3],
  [
    conv(32, 3, 2),
    norm,
    relu,
    ...separable(64),
    ...separable(128, 2),
    ...separable(128),
    ...separable(256, 2),
    ...separable(256),
    ...separable(512, 2),
    ...Array.from({ length: 5 }, () => separable(512)).flat(),
    ...separable(1024, 2),
    ...separable(1024),
    { kind: "globalAvgPool" },
    { kind: "dense", units: 1000 },
  ],
  { name: "MobileNet" },
);
