/** The convolution layer. */
import type { ConvSpec } from "../../network/layers.js";
import { walksOf } from "../../network/windows.js";
import { freshWeights, type Layer, none, type RandomSource } from "../layer.js";
import type { Start } from "../parameters.js";

/**
 * `filters` kernels slide over H×W×C: y[i, j, f] = b[f] + Σu Σv Σc x[i·sy + u·dy − top, j·sx + v·dx − left, c] ·
 * k[u, v, c, f], with zeros outside. With groups, filter f reads the channels of its own group only.
 */
export function convLayer(
  spec: ConvSpec,
  inputShape: readonly number[],
  random: RandomSource,
  start: Start,
): Layer {
  const [H, W, C] = inputShape as [number, number, number];
  const { rows, columns } = walksOf(spec, inputShape);
  const filters = spec.filters;
  const groups = spec.groups ?? 1;
  const seen = C / groups; // channels that one filter reads
  const made = filters / groups; // filters of one group
  const own = freshWeights(spec, inputShape, random, start);
  const { weights, gradient } = own;
  const bias = rows.k * columns.k * seen * filters; // the biases lie behind the kernels
  const hasBias = weights.length > bias;
  const places = rows.out * columns.out;
  let input = none;

  return {
    ...own,
    outputShape: [rows.out, columns.out, filters],
    forward(x) {
      input = x;
      const count = x.length / (H * W * C);
      const output = new Float32Array(count * places * filters);
      for (let place = 0; place < count * places; place++) {
        const n = Math.floor(place / places);
        const i = Math.floor(place / columns.out) % rows.out;
        const j = place % columns.out;
        const to = place * filters;
        if (hasBias) for (let f = 0; f < filters; f++) output[to + f] = weights[bias + f]!;
        for (let u = 0; u < rows.k; u++) {
          const row = i * rows.stride + u * rows.dilation - rows.before;
          if (row < 0 || row >= H) continue; // in the padding: zero
          for (let v = 0; v < columns.k; v++) {
            const column = j * columns.stride + v * columns.dilation - columns.before;
            if (column < 0 || column >= W) continue;
            const pixel = ((n * H + row) * W + column) * C;
            for (let c = 0; c < C; c++) {
              const value = x[pixel + c]!;
              if (value === 0) continue; // most of a digit's page
              const first = groups === 1 ? 0 : Math.floor(c / seen) * made;
              const k = ((u * columns.k + v) * seen + (c % seen)) * filters;
              for (let f = first; f < first + made; f++) output[to + f]! += value * weights[k + f]!;
            }
          }
        }
      }
      return output;
    },
    backward(slopes, needed = true) {
      const x = input;
      const inputGradient = needed ? new Float32Array(x.length) : none;
      const count = x.length / (H * W * C);
      for (let place = 0; place < count * places; place++) {
        const from = place * filters;
        let silent = true;
        for (let f = 0; f < filters && silent; f++) silent = slopes[from + f] === 0;
        if (silent) continue; // behind a maximum nearly every place is
        const n = Math.floor(place / places);
        const i = Math.floor(place / columns.out) % rows.out;
        const j = place % columns.out;
        for (let u = 0; u < rows.k; u++) {
          const row = i * rows.stride + u * rows.dilation - rows.before;
          if (row < 0 || row >= H) continue;
          for (let v = 0; v < columns.k; v++) {
            const column = j * columns.stride + v * columns.dilation - columns.before;
            if (column < 0 || column >= W) continue;
            const pixel = ((n * H + row) * W + column) * C;
            for (let c = 0; c < C; c++) {
              const first = groups === 1 ? 0 : Math.floor(c / seen) * made;
              const k = ((u * columns.k + v) * seen + (c % seen)) * filters;
              const value = x[pixel + c]!;
              if (value !== 0) {
                for (let f = first; f < first + made; f++) {
                  gradient[k + f]! += value * slopes[from + f]!;
                }
              }
              if (!needed) continue;
              let slope = 0;
              for (let f = first; f < first + made; f++)
                slope += weights[k + f]! * slopes[from + f]!;
              inputGradient[pixel + c]! += slope;
            }
          }
        }
        if (hasBias) for (let f = 0; f < filters; f++) gradient[bias + f]! += slopes[from + f]!;
      }
      return inputGradient;
    },
  };
}
