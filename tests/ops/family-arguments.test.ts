/** No operation of the family changes what it is given. */
import { beforeAll, describe, expect, test } from "vitest";
import { type FloatArray, fromFunction, random, toNested } from "../../src/array.js";
import { useBackend } from "../../src/backend/index.js";
import * as filters from "../../src/filters/index.js";
import { convolutionMatrix, fast, isSeparable, reference, separate } from "../../src/ops/index.js";

const x = random([1, 4, 4, 4], 1);
const y = (...shape: number[]): FloatArray => random(shape, 2);
const places = fromFunction([1, 4, 4, 4], (_, i, j) => 8 * i! + 2 * j!);
const signal = random([4, 4], 3);

type Ops = typeof reference | typeof fast;
const calls: [string, (ops: Ops, keep: <T>(argument: T) => T) => unknown][] = [
  [
    "depthwiseConv2d",
    (o, k) => o.depthwiseConv2d(k(x), k(y(3, 3, 4, 2)), k({ bias: [1, 2, 3, 4, 5, 6, 7, 8] })),
  ],
  [
    "depthwiseConv2dGradient",
    (o, k) => o.depthwiseConv2dGradient(k(x), k(y(3, 3, 4, 2)), k(y(1, 2, 2, 8))),
  ],
  ["pointwiseConv2d", (o, k) => o.pointwiseConv2d(k(x), k(y(4, 2)))],
  [
    "pointwiseConv2dGradient",
    (o, k) => o.pointwiseConv2dGradient(k(x), k(y(4, 2)), k(y(1, 4, 4, 2))),
  ],
  [
    "separableConv2d",
    (o, k) => o.separableConv2d(k(x), k(y(3, 3, 4, 1)), k(y(4, 2)), k({ bias: 1 })),
  ],
  [
    "separableConv2dGradient",
    (o, k) => o.separableConv2dGradient(k(x), k(y(3, 3, 4, 1)), k(y(4, 2)), k(y(1, 2, 2, 2))),
  ],
  ["channelShuffle", (o, k) => o.channelShuffle(k(x), 2)],
  [
    "shuffledGroupConv2d",
    (o, k) => o.shuffledGroupConv2d(k(x), k(y(3, 3, 2, 4)), k({ groups: 2 })),
  ],
  ["spatiallySeparableConv2d", (o, k) => o.spatiallySeparableConv2d(k(x), k(y(3, 1)), k(y(1, 3)))],
  [
    "spatiallySeparableConv2dGradient",
    (o, k) => o.spatiallySeparableConv2dGradient(k(x), k(y(3, 1)), k(y(1, 3)), k(y(1, 2, 2, 4))),
  ],
  [
    "transposedConv2d",
    (o, k) =>
      o.transposedConv2d(k(x), k(y(3, 3, 2, 4)), k({ stride: [2, 1], padding: { top: 1 } })),
  ],
  [
    "transposedConv2dGradient",
    (o, k) => o.transposedConv2dGradient(k(x), k(y(3, 3, 2, 4)), k(y(1, 6, 6, 2))),
  ],
  ["transposedConv1d", (o, k) => o.transposedConv1d(k(signal), k(y(3, 2, 4)))],
  [
    "transposedConv1dGradient",
    (o, k) => o.transposedConv1dGradient(k(signal), k(y(3, 2, 4)), k(y(6, 2))),
  ],
  ["zeroInsertion", (o, k) => o.zeroInsertion(k(x), k([2, 1]))],
  ["unpoolBedOfNails", (o, k) => o.unpoolBedOfNails(k(x), 2)],
  ["unpoolNearest", (o, k) => o.unpoolNearest(k(x), 1)],
  ["unpoolMax", (o, k) => o.unpoolMax(k(x), k(places), k([8, 8]))],
  [
    "unpoolMaxGradient",
    (o, k) => o.unpoolMaxGradient(k(x), k(places), k([8, 8]), k(y(1, 8, 8, 4))),
  ],
  ["upsampleBilinear", (o, k) => o.upsampleBilinear(k(x), 1)],
  ["upsampleBilinearGradient", (o, k) => o.upsampleBilinearGradient(k(x), 2, k(y(1, 8, 8, 4)))],
  ["separate", (_, k) => separate(k(y(3, 4)))],
  ["isSeparable", (_, k) => isSeparable(k(y(3, 4)))],
  ["convolutionMatrix", (_, k) => convolutionMatrix(k(y(2, 2)), k([4, 4]))],
  ["applyFilter", (_, k) => filters.applyFilter(k(y(4, 4, 3)), k(filters.sobelX()))],
  ["gradientMagnitude", (_, k) => filters.gradientMagnitude(k(y(4, 4)))],
];

function written(value: unknown): unknown {
  const isArray = typeof value === "object" && value !== null && "shape" in value;
  return isArray
    ? [...(value as FloatArray).shape, toNested(value as FloatArray)]
    : structuredClone(value);
}

describe.each([
  ["reference", reference],
  ["fast", fast],
] as const)("%s", (_, ops) => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  test.each(calls)("%s", (_name, call) => {
    const kept: [given: unknown, before: unknown][] = [];
    const result = call(ops, (argument) => {
      kept.push([argument, written(argument)]);
      return argument;
    });
    expect(kept.length).toBeGreaterThan(0);
    // What comes out is memory of its own: writing to it reaches nothing that was given.
    const out = result as Partial<FloatArray> & Record<string, unknown>;
    for (const one of out.data === undefined ? Object.values(out) : [out]) {
      (one as FloatArray).data?.fill?.(99);
    }
    for (const [given, before] of kept) expect(written(given)).toEqual(before);
  });
});
