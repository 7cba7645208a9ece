/** The depthwise convolution layer. */
import type { DepthwiseSpec } from "../../network/layers.js";
import { walksOf } from "../../network/windows.js";
import { freshWeights, type Layer, none, type RandomSource } from "../layer.js";
import type { Start } from "../parameters.js";

/** Each channel has its own kernels: y[i, j, c·m + q] = b[c·m + q] + Σu Σv x[…, …, c] · k[u, v, c, q], q below m. */
export function depthwiseLayer(
  spec: DepthwiseSpec,
  inputShape: readonly number[],
  random: RandomSource,
  start: Start,
): Layer {
  const [H, W, C] = inputShape as [number, number, number];
  const { rows, columns } = walksOf(spec, inputShape);
  const multiplier = spec.multiplier ?? 1;
  const maps = C * multiplier;
  const own = freshWeights(spec, inputShape, random, start);
  const { weights, gradient } = own;
  const bias = rows.k * columns.k * maps;
  const hasBias = weights.length > bias;
  let input = none;

  /** Calls `meet` with each pixel that a kernel entry meets: where the pixel, the entry and the output begin. */
  const walk = (count: number, meet: (pixel: number, entry: number, to: number) => void): void => {
    for (let n = 0; n < count; n++) {
      for (let i = 0; i < rows.out; i++) {
        for (let j = 0; j < columns.out; j++) {
          const to = ((n * rows.out + i) * columns.out + j) * maps;
          for (let u = 0; u < rows.k; u++) {
            const row = i * rows.stride + u * rows.dilation - rows.before;
            if (row < 0 || row >= H) continue;
            for (let v = 0; v < columns.k; v++) {
              const column = j * columns.stride + v * columns.dilation - columns.before;
              if (column < 0 || column >= W) continue;
              meet(((n * H + row) * W + column) * C, (u * columns.k + v) * maps, to);
            }
          }
        }
      }
    }
  };

  return {
    ...own,
    outputShape: [rows.out, columns.out, maps],
    forward(x) {
      input = x;
      const count = x.length / (H * W * C);
      const output = new Float32Array(count * rows.out * columns.out * maps);
      if (hasBias) for (let i = 0; i < output.length; i++) output[i] = weights[bias + (i % maps)]!;
      walk(count, (pixel, entry, to) => {
        for (let m = 0; m < maps; m++) {
          output[to + m]! += x[pixel + Math.floor(m / multiplier)]! * weights[entry + m]!;
        }
      });
      return output;
    },
    backward(slopes) {
      const x = input;
      const inputGradient = new Float32Array(x.length);
      walk(x.length / (H * W * C), (pixel, entry, from) => {
        for (let m = 0; m < maps; m++) {
          const at = pixel + Math.floor(m / multiplier);
          gradient[entry + m]! += x[at]! * slopes[from + m]!;
          inputGradient[at]! += weights[entry + m]! * slopes[from + m]!;
        }
      });
      if (hasBias)
        for (let i = 0; i < slopes.length; i++) gradient[bias + (i % maps)]! += slopes[i]!;
      return inputGradient;
    },
  };
}
