/** Cross-entropy as PyTorch has it. */
import { describe, test } from "vitest";
import { array } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { expectAlike } from "../ops/finite.js";
import { type TorchCase, torchCases } from "./fixtures.js";

const cases = torchCases("losses");

function check(ops: typeof reference | typeof fast, one: TorchCase): void {
  const { labels } = one.options as { labels: number[] };
  const scores = one.inputs.scores!;
  expectAlike(array([ops.crossEntropy(scores, labels)]), array([one.outputs.loss!.data[0]!]));
  expectAlike(ops.crossEntropyGradient(scores, labels), one.outputs.scores!);
}

describe("reference", () => {
  test.each(cases)("$name", (one) => check(reference, one));
});
onEachBackEnd(() => {
  test.each(cases)("$name", (one) => check(fast, one));
});
