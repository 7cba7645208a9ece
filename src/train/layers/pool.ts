/** Pooling layers: the largest value or the mean of each window, per channel. */
import type { PoolSpec } from "../../network/layers.js";
import { type Walks, walksOf } from "../../network/windows.js";
import { type Layer, weightless } from "../layer.js";

/** Pooling in windows; pixels of the padding take no part. */
export function poolLayer(spec: PoolSpec, inputShape: readonly number[]): Layer {
  const walks = walksOf(spec, inputShape);
  return spec.kind === "maxPool" ? largest(inputShape, walks) : means(inputShape, walks);
}

/** Pooling over the whole map: H×W×C → C. Where a value was found is forgotten. */
export function globalPoolLayer(
  kind: "globalMaxPool" | "globalAvgPool",
  inputShape: readonly number[],
): Layer {
  const [H, W, C] = inputShape as [number, number, number];
  const whole = (n: number): Walks["rows"] => ({
    n,
    k: n,
    stride: n,
    dilation: 1,
    before: 0,
    after: 0,
    out: 1,
  });
  const walks = { rows: whole(H), columns: whole(W) };
  const layer = kind === "globalMaxPool" ? largest(inputShape, walks) : means(inputShape, walks);
  return { ...layer, outputShape: [C] };
}

/** The rows (or columns) of the map that window `i` covers: from the first to before the last. */
function covered(walk: Walks["rows"], i: number): [from: number, to: number] {
  const start = i * walk.stride - walk.before;
  return [Math.max(0, start), Math.min(walk.n, start + walk.k)];
}

function largest(inputShape: readonly number[], { rows, columns }: Walks): Layer {
  const [H, W, C] = inputShape as [number, number, number];
  let winners = new Int32Array(0);
  let size = 0;
  return weightless(
    [rows.out, columns.out, C],
    (x) => {
      size = x.length;
      const count = size / (H * W * C);
      const output = new Float32Array(count * rows.out * columns.out * C).fill(-Infinity);
      winners = new Int32Array(output.length);
      let to = 0;
      for (let n = 0; n < count; n++) {
        for (let i = 0; i < rows.out; i++) {
          const [top, bottom] = covered(rows, i);
          for (let j = 0; j < columns.out; j++, to += C) {
            const [left, right] = covered(columns, j);
            for (let row = top; row < bottom; row++) {
              for (let column = left; column < right; column++) {
                const from = ((n * H + row) * W + column) * C;
                for (let c = 0; c < C; c++) {
                  if (x[from + c]! > output[to + c]!) {
                    output[to + c] = x[from + c]!;
                    winners[to + c] = from + c;
                  }
                }
              }
            }
          }
        }
      }
      return output;
    },
    (slopes) => {
      // Only the winner of each window had a say, so only it gets the slope.
      const inputGradient = new Float32Array(size);
      for (let i = 0; i < slopes.length; i++) inputGradient[winners[i]!]! += slopes[i]!;
      return inputGradient;
    },
  );
}

function means(inputShape: readonly number[], { rows, columns }: Walks): Layer {
  const [H, W, C] = inputShape as [number, number, number];
  /** Calls `meet` with each pixel of each window, and the window's number of pixels. */
  const walk = (count: number, meet: (pixel: number, to: number, pixels: number) => void): void => {
    let to = 0;
    for (let n = 0; n < count; n++) {
      for (let i = 0; i < rows.out; i++) {
        const [top, bottom] = covered(rows, i);
        for (let j = 0; j < columns.out; j++, to += C) {
          const [left, right] = covered(columns, j);
          const pixels = (bottom - top) * (right - left);
          for (let row = top; row < bottom; row++) {
            for (let column = left; column < right; column++) {
              meet(((n * H + row) * W + column) * C, to, pixels);
            }
          }
        }
      }
    }
  };
  let size = 0;
  return weightless(
    [rows.out, columns.out, C],
    (x) => {
      size = x.length;
      const count = size / (H * W * C);
      const output = new Float32Array(count * rows.out * columns.out * C);
      walk(count, (pixel, to, pixels) => {
        for (let c = 0; c < C; c++) output[to + c]! += x[pixel + c]! / pixels;
      });
      return output;
    },
    (slopes) => {
      const inputGradient = new Float32Array(size);
      walk(size / (H * W * C), (pixel, from, pixels) => {
        for (let c = 0; c < C; c++) inputGradient[pixel + c]! += slopes[from + c]! / pixels;
      });
      return inputGradient;
    },
  );
}
