/** What each kind of layer learns or keeps, and how it begins. Loops and tfjs build their arrays from this one list. */
import type { LayerSpec } from "../network/layers.js";
import { perAxis } from "../ops/options.js";
import { countOf } from "./layer.js";
import { fillUniform, type RandomSource } from "./random-source.js";

/**
 * How weights begin: `"he"` (uniform, variance 2 / inputs, for layers with ReLU behind them: He et al. 2015,
 * section 2.2), `"zeros"`, or a number that He's weights are multiplied by. Biases begin at 0.
 */
export type Start = "he" | "zeros" | number;

/** One array of a layer. */
export interface ParameterPlan {
  /** kernel, bias, scale, shift, mean or variance. */
  readonly name: string;
  /** Kernels are Kh×Kw×Cin×Cout, a dense layer's inputs×units. */
  readonly shape: readonly number[];
  /** Values that one output adds up; 0 for an array that begins with the constant `first`. */
  readonly inputs: number;
  readonly first: number;
  /** Whether steps move it; the running means of batch norm are only kept. */
  readonly learned: boolean;
}

const kernelPlan = (shape: readonly number[], inputs: number): ParameterPlan => ({
  name: "kernel",
  shape,
  inputs,
  first: 0,
  learned: true,
});

const constantPlan = (
  name: string,
  count: number,
  first: number,
  learned = true,
): ParameterPlan => ({
  name,
  shape: [count],
  inputs: 0,
  first,
  learned,
});

const withBias = (kernel: ParameterPlan, outputs: number, bias = true): ParameterPlan[] =>
  bias ? [kernel, constantPlan("bias", outputs, 0)] : [kernel];

/** The arrays of one layer, in the order in which they are filled with random numbers. */
export function parametersOf(spec: LayerSpec, inputShape: readonly number[]): ParameterPlan[] {
  const channels = inputShape[inputShape.length - 1]!;
  switch (spec.kind) {
    case "conv": {
      const [kh, kw] = perAxis(spec.kernel, "The kernel size", 1);
      const seen = channels / (spec.groups ?? 1);
      const kernel = kernelPlan([kh, kw, seen, spec.filters], kh * kw * seen);
      return withBias(kernel, spec.filters, spec.bias);
    }
    case "depthwise": {
      const [kh, kw] = perAxis(spec.kernel, "The kernel size", 1);
      const multiplier = spec.multiplier ?? 1;
      const kernel = kernelPlan([kh, kw, channels, multiplier], kh * kw);
      return withBias(kernel, channels * multiplier, spec.bias);
    }
    case "transposedConv": {
      const [kh, kw] = perAxis(spec.kernel, "The kernel size", 1);
      const groups = spec.groups ?? 1;
      const kernel = kernelPlan([kh, kw, channels, spec.filters / groups], kh * kw * channels);
      return withBias(kernel, spec.filters, spec.bias);
    }
    case "dense": {
      const inputs = countOf(inputShape);
      return withBias(kernelPlan([inputs, spec.units], inputs), spec.units, spec.bias);
    }
    case "batchNorm":
      return [
        constantPlan("scale", channels, 1),
        constantPlan("shift", channels, 0),
        constantPlan("mean", channels, 0, false),
        constantPlan("variance", channels, 1, false),
      ];
    default:
      return [];
  }
}

/** Writes the first values of one array. */
export function fillFirst(
  values: Float32Array,
  plan: ParameterPlan,
  start: Start,
  random: RandomSource,
): void {
  if (plan.inputs === 0) values.fill(plan.first);
  else if (start === "zeros") values.fill(0);
  else fillUniform(values, (start === "he" ? 1 : start) * Math.sqrt(6 / plan.inputs), random);
}
