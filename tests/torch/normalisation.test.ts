/** Batch normalisation as PyTorch has it. */
import { describe, test } from "vitest";
import { fast, reference } from "../../src/ops/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { expectClose } from "../ops/close.js";
import { type TorchCase, torchCases } from "./fixtures.js";

const cases = torchCases("normalisation");

function check(ops: typeof reference | typeof fast, one: TorchCase): void {
  const { epsilon } = one.options as { epsilon: number };
  const { x, scale, shift, mean, variance, outputGradient } = one.inputs;
  if (one.operation === "batchNorm") {
    const options = { mean: mean!, variance: variance!, scale: scale!, shift: shift!, epsilon };
    expectClose(ops.batchNorm(x!, options), one.outputs.output!, 1);
    return;
  }
  const got = ops.batchNormTraining(x!, { scale: scale!, shift: shift!, epsilon });
  for (const part of ["output", "mean", "variance"] as const) {
    expectClose(got[part], one.outputs[part]!, 1);
  }
  const gradient = ops.batchNormGradient(x!, { scale: scale!, epsilon }, outputGradient!);
  for (const part of ["input", "scale", "shift"] as const) {
    expectClose(gradient[part], one.outputs[part]!, 1);
  }
}

describe("reference", () => {
  test.each(cases)("$name", (one) => check(reference, one));
});
onEachBackEnd(() => {
  test.each(cases)("$name", (one) => check(fast, one));
});
