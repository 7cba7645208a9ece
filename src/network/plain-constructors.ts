/** Layers with nothing to set, written as calls. */
import type { PlainSpec } from "./layers.js";

/**
 * max(0, x) for each value.
 *
 * @example train.relu().kind // → "relu"
 */
export function relu(): PlainSpec {
  return { kind: "relu" };
}

/**
 * 1 / (1 + e⁻ˣ) for each value, between 0 and 1.
 *
 * @example train.sigmoid().kind // → "sigmoid"
 */
export function sigmoid(): PlainSpec {
  return { kind: "sigmoid" };
}

/**
 * The hyperbolic tangent of each value, between −1 and 1.
 *
 * @example train.tanh().kind // → "tanh"
 */
export function tanh(): PlainSpec {
  return { kind: "tanh" };
}

/**
 * exp(x) as shares of 1 along the last axis. As a network's last layer it belongs to the loss: `predict` gives the same
 * probabilities without it.
 *
 * @example train.softmax().kind // → "softmax"
 */
export function softmax(): PlainSpec {
  return { kind: "softmax" };
}

/**
 * A map as one list, row by row, channels last: H×W×C → H·W·C. `dense` does it by itself.
 *
 * @example train.flatten().kind // → "flatten"
 */
export function flatten(): PlainSpec {
  return { kind: "flatten" };
}

/**
 * The mean of each channel over the whole map: H×W×C → C (Lin et al. 2013).
 *
 * @example train.globalAvgPool().kind // → "globalAvgPool"
 */
export function globalAvgPool(): PlainSpec {
  return { kind: "globalAvgPool" };
}

/**
 * The largest value of each channel over the whole map: H×W×C → C. Where it stood is forgotten.
 *
 * @example train.globalMaxPool().kind // → "globalMaxPool"
 */
export function globalMaxPool(): PlainSpec {
  return { kind: "globalMaxPool" };
}

/**
 * Local response normalisation over five neighbouring channels (Krizhevsky et al. 2012, section 3.3).
 *
 * @example train.lrn().kind // → "lrn"
 */
export function lrn(): PlainSpec {
  return { kind: "lrn" };
}

/**
 * {@link globalMaxPool} under the short name of the first chapters.
 *
 * @example train.globalMax().kind // → "globalMaxPool"
 */
export function globalMax(): PlainSpec {
  return globalMaxPool();
}
