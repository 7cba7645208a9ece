/** Pooling on tfjs, in windows and over the whole map. */
import type { Tensor, Tensor4D, Tf } from "../../backend/compute.js";
import { maxPoolGradient } from "../../backend/kernels.js";
import { type Walks, walksOf } from "../../network/windows.js";
import { type FastLayer, fastWeightless } from "./layer.js";
import type { Unit } from "./unit.js";
import { bordered, tensorWalk, unbordered } from "./walk-tensors.js";

/** Pooling in windows. */
export function fastPool({ spec, inputShape }: Unit): FastLayer {
  if (spec.kind !== "maxPool" && spec.kind !== "avgPool") throw new TypeError(spec.kind);
  const walks = walksOf(spec, inputShape);
  return spec.kind === "maxPool" ? fastMaxPool(walks, inputShape) : fastAvgPool(walks, inputShape);
}

/** The largest value of the whole map, per channel: one window. */
export function fastGlobalMaxPool({ inputShape, outputShape }: Unit): FastLayer {
  const [h, w, c] = inputShape as [number, number, number];
  const whole = (n: number): Walks["rows"] => ({
    n,
    k: n,
    stride: n,
    dilation: 1,
    before: 0,
    after: 0,
    out: 1,
  });
  const layer = fastMaxPool({ rows: whole(h), columns: whole(w) }, inputShape);
  return {
    forward: (tf, x, training) =>
      tf.reshape(layer.forward(tf, x, training), [x.shape[0]!, ...outputShape]),
    backward: (tf, slope, wants) =>
      layer.backward(tf, tf.reshape(slope, [slope.shape[0]!, 1, 1, c]), wants),
  };
}

/** The mean of the whole map, per channel. Rows first: one long 32-bit sum drifts. */
export function fastGlobalAvgPool({ inputShape }: Unit): FastLayer {
  const [h, w, c] = inputShape as [number, number, number];
  return fastWeightless(
    (tf, x) => tf.mean(tf.mean(x, 2), 1),
    (tf, slope) => {
      const shared = tf.reshape(tf.div(slope, h * w), [slope.shape[0]!, 1, 1, c]);
      return tf.tile(shared, [1, h, w, 1]);
    },
  );
}

function fastMaxPool(walks: Walks, inputShape: readonly number[]): FastLayer {
  const walk = tensorWalk(walks);
  const size: [number, number] = [walks.rows.k, walks.columns.k];
  let input: Tensor4D | undefined;
  let output: Tensor4D | undefined;
  return fastWeightless(
    (tf, x) => {
      input = bordered(tf, x, walk, -Infinity);
      output = tf.maxPool(input, size, walk.stride, walk.pad);
      return output;
    },
    (tf, slope) => {
      const inner = maxPoolGradient(tf, slope, input!, output!, size, walk.stride, walk.pad);
      return unbordered(tf, inner, walk, inputShape);
    },
  );
}

function fastAvgPool(walks: Walks, inputShape: readonly number[]): FastLayer {
  // Gradients of tfjs's own `same` divide by the whole window at the border: a border of our own, then, put right.
  const walk = tensorWalk(walks, 1, false);
  const size: [number, number] = [walks.rows.k, walks.columns.k];
  const shares = walk.border === undefined ? undefined : windowShares(walks);
  let padded: number[] = [];
  const fair = (tf: Tf, values: Tensor): Tensor =>
    shares === undefined
      ? values
      : tf.mul(values, tf.tensor(shares, [1, walks.rows.out, walks.columns.out, 1]));
  return fastWeightless(
    (tf, x) => {
      const input = bordered(tf, x, walk);
      padded = input.shape;
      return fair(tf, tf.avgPool(input, size, walk.stride, walk.pad));
    },
    (tf, slope) => {
      const inner = avgPoolGradient(tf, fair(tf, slope), padded, size, walk.stride, walk.pad);
      return unbordered(tf, inner, walk, inputShape);
    },
  );
}

/** For each window, its size over the number of its pixels that lie on the map. */
function windowShares({ rows, columns }: Walks): Float32Array {
  const on = ({ n, k, stride, before }: Walks["rows"], i: number): number => {
    const start = i * stride - before;
    return Math.min(n, start + k) - Math.max(0, start);
  };
  const shares = new Float32Array(rows.out * columns.out);
  for (let i = 0; i < shares.length; i++) {
    const pixels = on(rows, Math.floor(i / columns.out)) * on(columns, i % columns.out);
    shares[i] = (rows.k * columns.k) / pixels;
  }
  return shares;
}

/** The gradient of an average pooling of an input of `shape`, by tfjs's kernel. */
function avgPoolGradient(
  tf: Tf,
  slope: Tensor,
  shape: readonly number[],
  filterSize: [number, number],
  strides: [number, number],
  pad: "same" | "valid",
): Tensor {
  // The kernel reads nothing of the input but its shape.
  const input = tf.zeros([...shape]);
  return tf
    .engine()
    .runKernel(tf.AvgPoolGrad, { dy: slope, input }, { filterSize, strides, pad }) as Tensor;
}
