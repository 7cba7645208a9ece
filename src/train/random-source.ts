/** Random numbers that can be repeated. */
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";

/** Picks numbers between −1 and 1; seeded, so that a run can be repeated. */
export type RandomSource = () => number;

/**
 * Uniform numbers between −1 and 1, the same for the same seed (mulberry32, as in `random`).
 *
 * @throws {ArgumentError} when the seed is no finite number.
 * @example Math.fround(train.randomSource(1)()) === random([1], 1).get(0) // → true
 */
export function randomSource(seed: number): RandomSource {
  if (!Number.isFinite(seed)) {
    throw new ArgumentError(`randomSource: the seed is a number; got ${cameText(seed)}.`);
  }
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return (((bits ^ (bits >>> 14)) >>> 0) / 4294967296) * 2 - 1;
  };
}

/** Fills with uniform numbers between −limit and limit. A loop: VGG16 asks for 138 million of them. */
export function fillUniform(values: Float32Array, limit: number, random: RandomSource): void {
  for (let i = 0; i < values.length; i++) values[i] = limit * random();
}

/** Puts the list in random order (Fisher and Yates). */
export function mix(list: number[], random: RandomSource): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(((random() + 1) / 2) * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
}
