/** Fully connected layers as PyTorch has them, and as PyTorch's convolutions. */
import { describe, expect, test } from "vitest";
import type { FloatArray } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { expectClose } from "../ops/close.js";
import { type TorchCase, torchCases } from "./fixtures.js";

const cases = torchCases("dense");

function check(ops: typeof reference | typeof fast, one: TorchCase): void {
  const { x, weights, bias, outputGradient } = one.inputs as Record<string, FloatArray>;
  const { y } = one.outputs as Record<string, FloatArray>;
  if (one.operation === "fullyConnectedAsConvolution") {
    const kernel = ops.fullyConnectedAsConvolution(weights!, [3, 4, 2]);
    expectClose(ops.conv2d(x!, kernel, { bias: bias! }), y!, 1);
    if (x!.shape[1] !== 3) return;
    const { data } = ops.fullyConnected(ops.flatten(x!), weights!, { bias: bias! });
    expect(data.length).toBe(y!.data.length);
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(y!.data[i]!, 5);
    });
    return;
  }
  expectClose(ops.fullyConnected(x!, weights!, { bias: bias! }), y!, 1);
  const gradient = ops.fullyConnectedGradient(x!, weights!, outputGradient!);
  for (const part of ["input", "weights", "bias"] as const) {
    expectClose(gradient[part], one.outputs[part]!, 1);
  }
}

describe("reference", () => {
  test.each(cases)("$operation $name", (one) => check(reference, one));
});
onEachBackEnd(() => {
  test.each(cases)("$operation $name", (one) => check(fast, one));
});
