/** Dropout (Srivastava et al. 2014), scaled while training so that nothing is left to do afterwards. */
import type { DropoutSpec } from "../../network/layers.js";
import { type Layer, type RandomSource, weightless } from "../layer.js";
import { randomSource } from "../random-source.js";

/** 0 with probability `rate`, else 1 / (1 − rate), for each of `count` values. Loops and tfjs draw the same. */
export function dropoutMask(count: number, rate: number, random: RandomSource): Float32Array {
  const kept = 1 / (1 - rate);
  const mask = new Float32Array(count);
  for (let i = 0; i < count; i++) mask[i] = (random() + 1) / 2 < rate ? 0 : kept;
  return mask;
}

/** The generator of one dropout layer: its own, so that the first weights do not depend on it. */
export function dropoutSource(random: RandomSource): RandomSource {
  return randomSource(Math.floor((random() + 1) * 2 ** 31));
}

/** While training, y = mask · x; otherwise y = x. */
export function dropoutLayer(
  spec: DropoutSpec,
  inputShape: readonly number[],
  random: RandomSource,
): Layer {
  const source = dropoutSource(random);
  let mask: Float32Array | undefined;
  return weightless(
    inputShape,
    (x, training = false) => {
      mask = training ? dropoutMask(x.length, spec.rate, source) : undefined;
      return mask === undefined ? x : x.map((value, i) => value * mask![i]!);
    },
    (slopes) => (mask === undefined ? slopes : slopes.map((slope, i) => slope * mask![i]!)),
  );
}
