/**
 * Upsampling by straight lines between pixels, on tfjs: its own resize forward, and a depthwise convolution for the
 * gradient, since that of tfjs's resize is wrong for half-pixel centres.
 */
import { type FloatArray, rowMajor } from "../../array.js";
import type { Tensor4D, Tf } from "../../backend/compute.js";
import { borderSources } from "../border.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { PerAxis } from "../options.js";
import * as reference from "../reference/unpooling-bilinear.js";
import { planUnpooling } from "../unpooling-plan.js";
import { withoutBorder } from "./border.js";
import { depthwise } from "./depthwise-tensors.js";
import { areFinite } from "./finite-input.js";
import { computeEach } from "./results.js";

/**
 * {@link reference.upsampleBilinear} on the back end that `await useBackend()` loaded. A NaN or an infinity sends it to
 * the loops.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.upsampleBilinear(array([[0, 4]]), [1, 2]) // → [[0, 1, 3, 4]]
 */
export function upsampleBilinear(x: FloatArray, factor: PerAxis): FloatArray {
  const { N, H, W, C, OH, OW, shape } = planUnpooling("upsampleBilinear", x, factor);
  if (!areFinite(x)) return reference.upsampleBilinear(x, factor);
  return computeEach([shape], N, (tf) => {
    const picture = tf.tensor4d(rowMajor(x), [N, H, W, C]);
    return [tf.image.resizeBilinear(picture, [OH, OW], false, true)];
  })[0]!;
}

/**
 * {@link reference.upsampleBilinearGradient} on the back end that `await useBackend()` loaded. A NaN or an infinity
 * sends it to the loops.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.upsampleBilinearGradient(zeros([1, 2]), [1, 2], array([[1, 1, 1, 1]])) // → [[2, 2]]
 */
export function upsampleBilinearGradient(
  x: FloatArray,
  factor: PerAxis,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planUnpooling("upsampleBilinearGradient", x, factor);
  requireOutputGradient("upsampleBilinearGradient", outputGradient, plan.shape);
  if (!areFinite(outputGradient)) {
    return reference.upsampleBilinearGradient(x, factor, outputGradient);
  }
  const { N, H, W, C, fy, fx, OH, OW } = plan;
  return computeEach([x.shape], N, (tf) => {
    const gy = tf.tensor4d(rowMajor(outputGradient), [N, OH, OW, C]);
    return [shares(tf, gy, [H, W], [fy, fx])];
  })[0]!;
}

/**
 * What each old pixel gets: the new ones around it, weighted by a roof over them. With the edge pixels repeated once
 * outside, every roof is whole; what those repeated ones get belongs to the edge.
 */
function shares(
  tf: Tf,
  gy: Tensor4D,
  [H, W]: readonly [number, number],
  [fy, fx]: readonly [number, number],
): Tensor4D {
  const down = roof(fy);
  const across = roof(fx);
  const C = gy.shape[3];
  const weights = new Float32Array(down.length * across.length);
  down.forEach((a, u) => {
    across.forEach((b, v) => {
      weights[u * across.length + v] = a * b;
    });
  });
  const kernel = tf.tensor4d(weights, [down.length, across.length, 1, 1]);
  const outside = (factor: number): [number, number] => [reach(factor), reach(factor)];
  const room = tf.pad(gy, [[0, 0], outside(fy), outside(fx), [0, 0]]) as Tensor4D;
  const withEdges = depthwise(tf, room, tf.tile(kernel, [1, 1, C, 1]) as Tensor4D, {
    rows: { stride: fy, dilation: 1 },
    columns: { stride: fx, dilation: 1 },
    from: [room.shape[1], room.shape[2]],
    out: [H + 2, W + 2],
  });
  const edges = [H, W].map((n) => {
    const border = { before: 1, after: 1 };
    return { ...border, sources: borderSources(n, border, "replicate", "upsampleBilinear", "") };
  });
  return withoutBorder(tf, withEdges, edges, "replicate") as Tensor4D;
}

/** How many new pixels before the old one's own a roof begins, the old ones counted from the repeated edge. */
function reach(factor: number): number {
  return Math.floor(1.5 * factor);
}

/** How much of each new pixel an old one makes, from the first to the last that it has part in: up to 1 and down again. */
function roof(factor: number): number[] {
  return Array.from({ length: 2 * factor - (factor % 2) }, (_, a) => {
    const away = (a + 0.5 - reach(factor)) / factor + 0.5;
    return 1 - Math.abs(away);
  });
}
