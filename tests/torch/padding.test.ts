/** Borders and their gradients against PyTorch's. */
import { describe, expect, test } from "vitest";
import type { FloatArray } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { expectClose } from "../ops/close.js";
import { torchCases } from "./fixtures.js";

const cases = torchCases("padding");

type Pad = (x: FloatArray, padding: unknown, mode: unknown) => FloatArray;
type PadGradient = (x: FloatArray, padding: unknown, g: FloatArray, mode: unknown) => FloatArray;

function compareWith(operations: object): void {
  const named = operations as Readonly<Record<string, unknown>>;
  test.each(cases)("$operation: $name", ({ operation, inputs, options, outputs }) => {
    const pad = named[operation] as Pad;
    const gradient = named[`${operation}Gradient`] as PadGradient;
    const { padding, mode } = options;
    // Values are only moved: they are the same to the last digit.
    expectClose(pad(inputs.input!, padding, mode), outputs.output!);
    expect(Array.from(pad(inputs.input!, padding, mode).data)).toEqual(
      Array.from(outputs.output!.data),
    );
    expectClose(gradient(inputs.input!, padding, inputs.outputGradient!, mode), outputs.input!, 1);
  });
}

describe("reference", () => compareWith(reference));
onEachBackEnd(() => compareWith(fast));
