/** Convolutions and their gradients against PyTorch's. */
import { describe, expect, test } from "vitest";
import { type FloatArray, rowMajor } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import type { AnyConv, AnyGradient } from "../ops/any-convolution.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { expectClose } from "../ops/close.js";
import { torchCases } from "./fixtures.js";

const cases = torchCases("convolution");

/** Arrays of a case by name. */
const partsOf = (arrays: Readonly<Record<string, FloatArray>>, ...names: string[]): FloatArray[] =>
  names.map((name) => arrays[name]!);

function compareWith(operations: object): void {
  const named = operations as Readonly<Record<string, unknown>>;
  test.each(cases)("$operation: $name", ({ operation, inputs, options, outputs }) => {
    const [input, kernel, bias, g] = partsOf(inputs, "input", "kernel", "bias", "outputGradient");
    const conv = named[operation] as AnyConv;
    const y = conv(input!, kernel!, { ...options, bias: Array.from(rowMajor(bias!)) });
    expectClose(y, outputs.output!, 1);
    if (options.flip === true) {
      const { flip: _, ...others } = options;
      const convolve = named[operation.replace("conv", "convolve")] as AnyConv;
      expectClose(
        convolve(input!, kernel!, { ...others, bias: Array.from(rowMajor(bias!)) }),
        outputs.output!,
        1,
      );
    }
    const gradients = (named[`${operation}Gradient`] as AnyGradient)(input!, kernel!, g!, options);
    expectClose(gradients.input, outputs.input!, 1);
    expectClose(gradients.kernel, outputs.kernel!, 1);
    expectClose(gradients.bias, outputs.bias!, 1);
  });
}

test("there are cases of every space", () => {
  for (const operation of ["conv1d", "conv2d", "conv3d"]) {
    expect(cases.filter((one) => one.operation === operation).length).toBeGreaterThan(5);
  }
});
describe("reference", () => compareWith(reference));
onEachBackEnd(() => compareWith(fast));
