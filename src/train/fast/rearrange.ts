/** Layers on tfjs that move or drop values: flatten, channel shuffle, upsampling, dropout. */
import type { Tensor, Tensor4D } from "../../backend/compute.js";
import { countOf } from "../layer.js";
import { dropoutMask } from "../layers/dropout.js";
import { type FastLayer, fastWeightless } from "./layer.js";
import type { Unit } from "./unit.js";

/** The same values as one list. */
export function fastFlatten({ inputShape }: Unit): FastLayer {
  return fastWeightless(
    (tf, x) => tf.reshape(x, [x.shape[0]!, countOf(inputShape)]),
    (tf, slope) => tf.reshape(slope, [slope.shape[0]!, ...inputShape]),
  );
}

/** One channel of each group in turn: groups×size turned into size×groups. */
export function fastChannelShuffle({ spec, inputShape }: Unit): FastLayer {
  if (spec.kind !== "channelShuffle") throw new TypeError(spec.kind);
  const groups = spec.groups;
  const size = inputShape[inputShape.length - 1]! / groups;
  const turned = (rows: number, columns: number): FastLayer["forward"] => {
    return (tf, x) => {
      const apart = tf.reshape(x, [x.size / (rows * columns), rows, columns]);
      return tf.reshape(tf.transpose(apart, [0, 2, 1]), x.shape);
    };
  };
  const back = turned(size, groups);
  return fastWeightless(turned(groups, size), (tf, slope) => back(tf, slope, false));
}

/** Each pixel factor×factor times; the slope of a pixel is the sum over its copies. */
export function fastUpsample({ spec, inputShape }: Unit): FastLayer {
  if (spec.kind !== "upsample") throw new TypeError(spec.kind);
  const f = spec.factor;
  const [h, w, c] = inputShape as [number, number, number];
  return fastWeightless(
    (tf, x) => tf.image.resizeNearestNeighbor(x as Tensor4D, [h * f, w * f]),
    (tf, slope) => {
      const n = slope.shape[0]!;
      const down = tf.sum(tf.reshape(slope, [n * h, f, w * f * c]), 1);
      return tf.reshape(tf.sum(tf.reshape(down, [n * h * w, f, c]), 1), [n, h, w, c]);
    },
  );
}

/** While training, y = mask · x, with the masks of the loops. */
export function fastDropout({ spec, random }: Unit): FastLayer {
  if (spec.kind !== "dropout") throw new TypeError(spec.kind);
  let mask: Tensor | undefined;
  return fastWeightless(
    (tf, x, training) => {
      mask = training ? tf.tensor(dropoutMask(x.size, spec.rate, random!), x.shape) : undefined;
      return mask === undefined ? x : tf.mul(x, mask);
    },
    (tf, slope) => (mask === undefined ? slope : tf.mul(slope, mask)),
  );
}
