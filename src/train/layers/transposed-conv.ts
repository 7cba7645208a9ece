/** The transposed convolution layer. */
import type { TransposedConvSpec } from "../../network/layers.js";
import { spreadOf } from "../../network/windows.js";
import { freshWeights, type Layer, none, type RandomSource } from "../layer.js";
import type { Start } from "../parameters.js";

/**
 * Every input pixel stamps its kernels onto the output: y[i·sy + u·dy − top, j·sx + v·dx − left, f] +=
 * x[i, j, c] · k[u, v, c, f]; what falls outside is cut off. Its gradient at the input is a convolution.
 */
export function transposedConvLayer(
  spec: TransposedConvSpec,
  inputShape: readonly number[],
  random: RandomSource,
  start: Start,
): Layer {
  const [H, W, C] = inputShape as [number, number, number];
  const { rows, columns } = spreadOf(spec, inputShape);
  const filters = spec.filters;
  const groups = spec.groups ?? 1;
  const made = filters / groups; // filters of one group
  const seen = C / groups;
  const own = freshWeights(spec, inputShape, random, start);
  const { weights, gradient } = own;
  const bias = rows.k * columns.k * C * made;
  const hasBias = weights.length > bias;
  let input = none;

  /** Calls `meet` for each place where a kernel entry lands: where the pixel, the entry and the place begin. */
  const walk = (count: number, meet: (pixel: number, entry: number, to: number) => void): void => {
    for (let n = 0; n < count; n++) {
      for (let i = 0; i < H; i++) {
        for (let j = 0; j < W; j++) {
          const pixel = ((n * H + i) * W + j) * C;
          for (let u = 0; u < rows.k; u++) {
            const row = i * rows.stride + u * rows.dilation - rows.before;
            if (row < 0 || row >= rows.out) continue;
            for (let v = 0; v < columns.k; v++) {
              const column = j * columns.stride + v * columns.dilation - columns.before;
              if (column < 0 || column >= columns.out) continue;
              const to = ((n * rows.out + row) * columns.out + column) * filters;
              meet(pixel, (u * columns.k + v) * C * made, to);
            }
          }
        }
      }
    }
  };

  return {
    ...own,
    outputShape: [rows.out, columns.out, filters],
    forward(x) {
      input = x;
      const count = x.length / (H * W * C);
      const output = new Float32Array(count * rows.out * columns.out * filters);
      if (hasBias) {
        for (let i = 0; i < output.length; i++) output[i] = weights[bias + (i % filters)]!;
      }
      walk(count, (pixel, entry, to) => {
        for (let c = 0; c < C; c++) {
          const first = to + Math.floor(c / seen) * made;
          for (let f = 0; f < made; f++) {
            output[first + f]! += x[pixel + c]! * weights[entry + c * made + f]!;
          }
        }
      });
      return output;
    },
    backward(slopes) {
      const x = input;
      const inputGradient = new Float32Array(x.length);
      walk(x.length / (H * W * C), (pixel, entry, to) => {
        for (let c = 0; c < C; c++) {
          const first = to + Math.floor(c / seen) * made;
          for (let f = 0; f < made; f++) {
            gradient[entry + c * made + f]! += x[pixel + c]! * slopes[first + f]!;
            inputGradient[pixel + c]! += weights[entry + c * made + f]! * slopes[first + f]!;
          }
        }
      });
      if (hasBias) {
        for (let i = 0; i < slopes.length; i++) gradient[bias + (i % filters)]! += slopes[i]!;
      }
      return inputGradient;
    },
  };
}
