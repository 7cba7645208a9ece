/** Pooling, its indices and its gradients as PyTorch has them. */
import { describe, expect, test } from "vitest";
import { type FloatArray, fromData, rowMajor } from "../../src/array.js";
import { type AvgPoolOptions, fast, reference } from "../../src/ops/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { expectClose } from "../ops/close.js";
import { expectAlike } from "../ops/finite.js";
import { type TorchCase, torchCases } from "./fixtures.js";

const cases = torchCases("pooling");

/** PyTorch keeps the two axes of a global pooling, each of size 1. */
function flat(x: FloatArray): FloatArray {
  return fromData(rowMajor(x), [x.shape[0]!, x.shape[3]!]);
}

function check(ops: typeof reference | typeof fast, one: TorchCase): void {
  const options = one.options as unknown as AvgPoolOptions;
  const { x, outputGradient: dy } = one.inputs as Record<string, FloatArray>;
  const { y, input } = one.outputs as Record<string, FloatArray>;
  switch (one.operation) {
    case "maxPoolWithIndices": {
      const { indices, values } = ops.maxPoolWithIndices(x!, options);
      expect(indices).toEqual(one.outputs.indices);
      if (one.outputs.values !== undefined) expectAlike(values, one.outputs.values);
      return;
    }
    case "maxPool":
    case "avgPool":
      expectClose(ops[one.operation](x!, options), y!);
      expectClose(ops[`${one.operation}Gradient`](x!, options, dy!), input!);
      return;
    case "globalAvgPool":
    case "globalMaxPool":
      expectClose(ops[one.operation](x!), flat(y!));
      expectClose(ops[`${one.operation}Gradient`](x!, flat(dy!)), input!);
      return;
    default:
      throw new Error(`No test for ${one.operation}.`);
  }
}

describe("reference", () => {
  test.each(cases)("$operation $name", (one) => check(reference, one));
});
onEachBackEnd(() => {
  test.each(cases)("$operation $name", (one) => check(fast, one));
});
