/** Layers that only move values: flatten, channel shuffle, upsampling. */
import { countOf, type Layer, weightless } from "../layer.js";

/** The same values as one list. */
export function flattenLayer(inputShape: readonly number[]): Layer {
  return weightless(
    [countOf(inputShape)],
    (x) => x,
    (slopes) => slopes,
  );
}

/** Channel g·(C / groups) + i goes to place i·groups + g: one of each group in turn (Zhang et al. 2018, figure 1). */
export function channelShuffleLayer(groups: number, inputShape: readonly number[]): Layer {
  const C = inputShape[inputShape.length - 1]!;
  const size = C / groups;
  /** Which channel stands at place c afterwards. */
  const source = Array.from({ length: C }, (_, c) => (c % groups) * size + Math.floor(c / groups));
  return weightless(
    inputShape,
    (x) => x.map((_, i) => x[i - (i % C) + source[i % C]!]!),
    (slopes) => {
      const inputGradient = new Float32Array(slopes.length);
      for (let i = 0; i < slopes.length; i++) {
        inputGradient[i - (i % C) + source[i % C]!] = slopes[i]!;
      }
      return inputGradient;
    },
  );
}

/** Each pixel factor×factor times; the slope of a pixel is the sum over its copies. */
export function upsampleLayer(factor: number, inputShape: readonly number[]): Layer {
  const [H, W, C] = inputShape as [number, number, number];
  const walk = (count: number, meet: (from: number, to: number) => void): void => {
    let to = 0;
    for (let n = 0; n < count; n++) {
      for (let i = 0; i < H * factor; i++) {
        for (let j = 0; j < W * factor; j++) {
          const pixel = (n * H + Math.floor(i / factor)) * W + Math.floor(j / factor);
          for (let c = 0; c < C; c++, to++) meet(pixel * C + c, to);
        }
      }
    }
  };
  let size = 0;
  return weightless(
    [H * factor, W * factor, C],
    (x) => {
      size = x.length;
      const output = new Float32Array(size * factor * factor);
      walk(size / (H * W * C), (from, to) => {
        output[to] = x[from]!;
      });
      return output;
    },
    (slopes) => {
      const inputGradient = new Float32Array(size);
      walk(size / (H * W * C), (from, to) => {
        inputGradient[from]! += slopes[to]!;
      });
      return inputGradient;
    },
  );
}
