/** Activation layers on tfjs. */
import type { Tensor } from "../../backend/compute.js";
import { reluGradient } from "../../backend/kernels.js";
import { type FastLayer, fastWeightless } from "./layer.js";
import type { Unit } from "./unit.js";

/** max(0, x). */
export function fastRelu(): FastLayer {
  let output: Tensor | undefined;
  return fastWeightless(
    (tf, x) => {
      output = tf.relu(x);
      return output;
    },
    (tf, slope) => reluGradient(tf, slope, output!),
  );
}

/** x where positive, a·x elsewhere. */
export function fastLeakyRelu({ spec }: Unit): FastLayer {
  if (spec.kind !== "leakyRelu") throw new TypeError(spec.kind);
  const a = spec.slope ?? 0.01;
  let input: Tensor | undefined;
  return fastWeightless(
    (tf, x) => {
      input = x;
      return tf.leakyRelu(x, a);
    },
    // step(x, a) is 1 where x > 0, a elsewhere.
    (tf, slope) => tf.mul(slope, tf.step(input!, a)),
  );
}

/** 1 / (1 + e⁻ˣ), with the slope y·(1 − y). */
export function fastSigmoid(): FastLayer {
  let y: Tensor | undefined;
  return fastWeightless(
    (tf, x) => {
      y = tf.sigmoid(x);
      return y;
    },
    (tf, slope) => tf.mul(slope, tf.mul(y!, tf.sub(1, y!))),
  );
}

/** tanh x, with the slope 1 − y². */
export function fastTanh(): FastLayer {
  let y: Tensor | undefined;
  return fastWeightless(
    (tf, x) => {
      y = tf.tanh(x);
      return y;
    },
    (tf, slope) => tf.mul(slope, tf.sub(1, tf.square(y!))),
  );
}

/** exp(x) as shares of 1 along the last axis; dL/dx = y · (dL/dy − Σ y · dL/dy). */
export function fastSoftmax(): FastLayer {
  let y: Tensor | undefined;
  return fastWeightless(
    (tf, x) => {
      y = tf.softmax(x, -1);
      return y;
    },
    (tf, slope) => {
      const centred = (dy: Tensor): Tensor => tf.sub(dy, tf.sum(tf.mul(y!, dy), -1, true));
      // Twice, as in softmaxGradient: where one class is nearly sure, rounding leaves a mean behind.
      return tf.mul(y!, centred(centred(slope)));
    },
  );
}
