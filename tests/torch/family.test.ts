/** The convolution family and what enlarges, forward and gradient, against what PyTorch computed. */
import { describe, expect, test } from "vitest";
import type { FloatArray } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { expectClose } from "../ops/close.js";
import { type TorchCase, torchCases } from "./fixtures.js";

type Operations = typeof reference | typeof fast;
type Result = FloatArray | Readonly<Record<string, FloatArray>>;
type AnyOperation = (...args: unknown[]) => Result;

/** What comes between the arrays and the output's gradient: an option of its own, or all of them. */
const own: Readonly<Record<string, string>> = {
  channelShuffle: "groups",
  unpoolMax: "shape",
  unpoolNearest: "factor",
  upsampleBilinear: "factor",
};

function check(ops: Operations, { operation, inputs, options, outputs }: TorchCase): void {
  const call = ops[operation as keyof Operations] as AnyOperation;
  const gradient = ops[`${operation}Gradient` as keyof Operations] as AnyOperation;
  const { outputGradient, bias, ...arrays } = inputs;
  const list = Object.values(arrays);
  const alone = own[operation];
  const all = bias === undefined ? options : { ...options, bias };
  const made = alone === undefined ? call(...list, all) : call(...list, options[alone]);
  expectClose(made as FloatArray, outputs.output!, 1);
  if (outputGradient === undefined) return;
  const slopes =
    alone === undefined
      ? gradient(...list, outputGradient, all)
      : { [Object.keys(arrays)[0]!]: gradient(...list, options[alone], outputGradient) };
  const wanted = Object.entries(outputs).filter(([name]) => name !== "output");
  expect(wanted.length).toBeGreaterThan(0);
  for (const [name, value] of wanted) {
    const member = name.replace("Gradient", "");
    expectClose((slopes as Record<string, FloatArray>)[member]!, value, 1);
  }
}

const cases = [...torchCases("family"), ...torchCases("upsampling")].map(
  (one): [string, TorchCase] => [`${one.operation}: ${one.name}`, one],
);

test("there are cases of each operation", () => {
  const operations = new Set(cases.map(([, { operation }]) => operation));
  expect([...operations].sort()).toEqual([
    "channelShuffle",
    "depthwiseConv2d",
    "pointwiseConv2d",
    "separableConv2d",
    "shuffledGroupConv2d",
    "spatiallySeparableConv2d",
    "transposedConv1d",
    "transposedConv2d",
    "unpoolMax",
    "unpoolNearest",
    "upsampleBilinear",
  ]);
});

describe("reference", () => {
  test.each(cases)("%s", (_, one) => check(reference, one));
});

onEachBackEnd(() => {
  test.each(cases)("%s", (_, one) => check(fast, one));
});
