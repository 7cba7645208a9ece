/** SGD and Adam step by step as in PyTorch. */
import { describe, test } from "vitest";
import type { FloatArray } from "../../src/array.js";
import { type AdamState, fast, reference, type SgdOptions } from "../../src/ops/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { expectClose } from "../ops/close.js";
import { type TorchCase, torchCases } from "./fixtures.js";

const cases = torchCases("optimisers");

function check(ops: typeof reference | typeof fast, one: TorchCase): void {
  const { gradients } = one.inputs;
  const after = one.outputs.weights!;
  let weights = one.inputs.weights!;
  let velocity: FloatArray | undefined;
  let state: AdamState | undefined;
  for (let step = 0; step < gradients!.shape[0]!; step++) {
    const gradient = gradients!.pick(step, null, null);
    if (one.operation === "sgdStep") {
      const options = one.options as unknown as SgdOptions;
      ({ weights, velocity } = ops.sgdStep(weights, gradient, velocity, options));
    } else ({ weights, state } = ops.adamStep(weights, gradient, state, one.options));
    expectClose(weights, after.pick(step, null, null));
  }
}

describe("reference", () => {
  test.each(cases)("$operation $name", (one) => check(reference, one));
});
onEachBackEnd(() => {
  test.each(cases)("$operation $name", (one) => check(fast, one));
});
