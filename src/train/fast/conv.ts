/** Convolution with what stands right behind it: ReLU, and a max pooling. */
import type { Tensor, Tensor4D, Tf } from "../../backend/compute.js";
import { biasGradient, maxPoolGradient, reluGradient } from "../../backend/kernels.js";
import { walksOf } from "../../network/windows.js";
import type { FastLayer } from "./layer.js";
import type { FastParameter, Unit } from "./unit.js";
import {
  bordered,
  correlate,
  inputGradient,
  isPlain,
  kernelGradient,
  tensorWalk,
  unbordered,
} from "./walk-tensors.js";

/** A pooling behind a convolution: windows without border. */
export interface PoolBehind {
  readonly size: [number, number];
  readonly stride: [number, number];
}

/**
 * max(c + b) = max(c) + b, and ReLU keeps the order of numbers too: so the pooling comes first, and bias and ReLU,
 * forward and backward, have a quarter of the values to go through. The result is the same to the last bit.
 */
export function fastConv(unit: Unit, relu: boolean, pool?: PoolBehind): FastLayer {
  const { spec, inputShape } = unit;
  if (spec.kind !== "conv" && spec.kind !== "depthwise") throw new TypeError(spec.kind);
  const channels = inputShape[2]!;
  const groups = spec.kind === "depthwise" ? channels : (spec.groups ?? 1);
  const walk = tensorWalk(walksOf(spec, inputShape), groups);
  const [kernel, bias] = unit.parameters as [FastParameter, FastParameter?];
  const [kh, kw] = kernel.shape as [number, number];
  // A depthwise kernel Kh×Kw×C×m is that of C groups: Kh×Kw×1×(C·m).
  const shape = [kh, kw, channels / groups, unit.outputShape[2]!] as const;
  const asGroups = (tf: Tf): Tensor4D =>
    spec.kind === "depthwise" ? tf.reshape(kernel.value, [...shape]) : (kernel.value as Tensor4D);

  let input: Tensor4D | undefined;
  let places: Tensor4D | undefined; // the sums at every place of the kernel
  let largest: Tensor4D | undefined;
  let output: Tensor | undefined;

  return {
    forward(tf, x) {
      input = bordered(tf, x, walk);
      if (!pool && isPlain(walk) && bias && tf.getBackend() === "wasm") {
        output = tf.fused.conv2d({
          x: input,
          filter: kernel.value as Tensor4D,
          strides: walk.stride,
          pad: walk.pad,
          bias: bias.value,
          activation: relu ? "relu" : "linear",
        });
        return output;
      }
      places = correlate(tf, input, asGroups(tf), walk);
      let y: Tensor = places;
      if (pool) {
        largest = tf.maxPool(places, pool.size, pool.stride, "valid");
        y = largest;
      }
      if (bias) y = tf.add(y, bias.value);
      if (relu) {
        const sum = y;
        y = tf.relu(sum);
        if (bias) sum.dispose();
      }
      if (!pool && y !== places) places.dispose();
      output = y;
      return output;
    },
    backward(tf, slope, wants) {
      let dy = relu ? reluGradient(tf, slope, output!) : slope;
      if (bias && wants.weights) bias.gradient = biasGradient(tf, dy);
      if (pool) {
        dy = maxPoolGradient(tf, dy, places!, largest!, pool.size, pool.stride, "valid");
        places!.dispose();
      }
      const given = dy as Tensor4D;
      if (wants.weights) {
        const slopes = kernelGradient(tf, input!, given, shape, walk);
        kernel.gradient = tf.reshape(slopes, [...kernel.shape]);
      }
      if (!wants.input) return undefined;
      const inner = inputGradient(tf, asGroups(tf), given, input!.shape, walk);
      return unbordered(tf, inner, walk, inputShape);
    },
  };
}
