/** Local response normalisation on tfjs, by products with a band matrix: wasm's own gradient is not to be had. */
import type { Tensor, Tf } from "../../backend/compute.js";
import { LRN_NUMBERS, LRN_REACH } from "../layers/lrn.js";
import { type FastLayer, fastWeightless, type Tensor2D } from "./layer.js";
import type { Unit } from "./unit.js";

/** y[c] = x[c] / t[c]^β with t[c] = k + α · Σ x[d]², d from c − 2 to c + 2. */
export function fastLrn({ inputShape }: Unit): FastLayer {
  const channels = inputShape[inputShape.length - 1]!;
  const { k, alpha, beta } = LRN_NUMBERS;
  /** 1 where two channels are neighbours. */
  const band = new Float32Array(channels * channels);
  for (let c = 0; c < channels; c++) {
    for (let d = Math.max(0, c - LRN_REACH); d <= Math.min(channels - 1, c + LRN_REACH); d++) {
      band[c * channels + d] = 1;
    }
  }
  const sums = (tf: Tf, x: Tensor): Tensor2D =>
    tf.matMul(x as Tensor2D, tf.tensor2d(band, [channels, channels]));
  let input: Tensor | undefined;
  let t: Tensor | undefined;
  return fastWeightless(
    (tf, x) => {
      input = tf.reshape(x, [x.size / channels, channels]);
      t = tf.add(tf.mul(sums(tf, tf.square(input)), alpha), k);
      return tf.reshape(tf.mul(input, tf.pow(t, -beta)), x.shape);
    },
    (tf, slope) => {
      const dy = tf.reshape(slope, input!.shape);
      const inside = sums(tf, tf.mul(tf.mul(dy, input!), tf.pow(t!, -beta - 1)));
      const own = tf.mul(dy, tf.pow(t!, -beta));
      const others = tf.mul(tf.mul(input!, inside), 2 * alpha * beta);
      return tf.reshape(tf.sub(own, others), slope.shape);
    },
  );
}
