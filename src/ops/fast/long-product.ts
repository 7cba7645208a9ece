/** Matrix products that stay exact however long they are. */
import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Tensor, Tf } from "../../backend/compute.js";
import { pairwiseSum } from "./pairwise-sum.js";

/** Up to here a back end may add by itself: even equal terms drift by less than 1e-5 (1,024 of them by 1.4e-5). */
const BLOCK = 512;

/**
 * The product of N×K and K×M. Back ends add K terms in float32, which drifts: 25,088 products of 0.1 and 0.1 came
 * out 2.3e-4 off on wasm, which adds one after another, and 1.4e-5 off on native. So blocks of terms are multiplied
 * each for itself and their sums added in pairs.
 */
export function longProduct(tf: Tf, a: Tensor2D, b: Tensor2D): Tensor {
  const [N, K] = a.shape;
  const M = b.shape[1];
  if (K <= BLOCK) return tf.matMul(a, b);
  const blocks = Math.floor(K / BLOCK);
  const whole = blocks * BLOCK;
  const left = tf.reshape(tf.slice(a, [0, 0], [N, whole]), [N, blocks, BLOCK]);
  const right = tf.reshape(tf.slice(b, [0, 0], [whole, M]), [blocks, BLOCK, M]);
  const parts = tf.matMul(tf.transpose(left, [1, 0, 2]), right);
  const sum = tf.reshape(pairwiseSum(tf, tf.reshape(parts, [1, blocks, N * M])), [N, M]);
  if (whole === K) return sum;
  const rest = tf.matMul(
    tf.slice(a, [0, whole], [N, K - whole]),
    tf.slice(b, [whole, 0], [K - whole, M]),
  );
  return tf.add(sum, rest);
}
