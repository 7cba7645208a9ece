/** Activation functions and their gradients as PyTorch has them, NaN and infinities included. */
import { describe, test } from "vitest";
import type { FloatArray } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { expectAlike } from "../ops/finite.js";
import { type TorchCase, torchCases } from "./fixtures.js";

type Name = "relu" | "leakyRelu" | "sigmoid" | "tanh" | "softmax" | "logSoftmax";
const cases = torchCases("activation");

function check(ops: typeof reference | typeof fast, { operation, ...one }: TorchCase): void {
  const { x, outputGradient } = one.inputs as Record<"x" | "outputGradient", FloatArray>;
  const { y, input } = one.outputs as Record<"y" | "input", FloatArray>;
  if (operation === "leakyRelu") {
    const { slope } = one.options as { slope?: number };
    expectAlike(ops.leakyRelu(x, slope), y);
    expectAlike(ops.leakyReluGradient(x, outputGradient, slope), input);
    return;
  }
  const name = operation as Exclude<Name, "leakyRelu">;
  expectAlike(ops[name](x), y);
  // Where a probability is nearly 1 the slopes, up to 1, cancel: they are the scale there.
  expectAlike(ops[`${name}Gradient`](x, outputGradient), input, name === "softmax" ? 1 : 0);
}

describe("reference", () => {
  test.each(cases)("$operation $name", (one) => check(reference, one));
});
onEachBackEnd(() => {
  test.each(cases)("$operation $name", (one) => check(fast, one));
});
