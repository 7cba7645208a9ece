/** Random convolutions over signals, images and volumes, with every option. */
import fc from "fast-check";
import { type FloatArray, random } from "../../src/array.js";
import type { ConvGradients, PadMode } from "../../src/ops/index.js";
import { seed, small } from "./arbitraries.js";

/** Options of any of the three spaces; what a space lacks is never made. */
export interface AnyOptions {
  readonly bias?: number | readonly number[];
  readonly [name: string]: unknown;
}

/** A random call. */
export interface AnyCall {
  readonly input: FloatArray;
  readonly kernel: FloatArray;
  /** Output channels. */
  readonly outputs: number;
  readonly options: AnyOptions;
}

/** A convolution in any space, as far as random calls go. */
export type AnyConv = (input: FloatArray, kernel: FloatArray, options: AnyOptions) => FloatArray;
/** Its gradient. */
export type AnyGradient = (
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: AnyOptions,
) => ConvGradients;

const sideNames = [
  ["before", "after"],
  ["top", "bottom", "left", "right"],
  ["front", "back", "top", "bottom", "left", "right"],
] as const;

/** An option as one number, or as a list with one for each axis where a space has several. */
function each(dimensions: number, max: number, min: number): fc.Arbitrary<unknown> {
  const one = small(max, min);
  if (dimensions === 1) return one;
  return fc.oneof(one, fc.array(one, { minLength: dimensions, maxLength: dimensions }));
}

function paddings(dimensions: number): fc.Arbitrary<unknown> {
  const ends = fc.tuple(small(3, 0), small(3, 0));
  const named = Object.fromEntries(sideNames[dimensions - 1]!.map((side) => [side, small(2, 0)]));
  return fc.oneof(
    fc.constantFrom("valid", "same", "full"),
    dimensions === 1 ? ends : each(dimensions, 2, 0),
    fc.record(named, { requiredKeys: [] }),
  );
}

/** Random calls over so many spatial axes, of at most `largest` each; now and then one that is refused. */
export function anyCall(dimensions: 1 | 2 | 3, largest: number): fc.Arbitrary<AnyCall> {
  const sizes = (max: number): fc.Arbitrary<number[]> =>
    fc.array(small(max), { minLength: dimensions, maxLength: dimensions });
  return fc
    .record({
      N: small(2, 0),
      extra: fc.constantFrom(0, 1, 2), // axes beyond the spatial ones
      size: sizes(largest),
      kernelSize: sizes(3),
      groups: small(3),
      each: small(2),
      outputsEach: small(2),
      odd: fc.integer({ min: 0, max: 15 }),
      seed,
      options: fc.record({
        stride: each(dimensions, 3, 1),
        padding: paddings(dimensions),
        dilation: each(dimensions, 2, 1),
        paddingMode: fc.constantFrom<PadMode>("zero", "zero", "reflect", "replicate", "circular"),
        flip: fc.boolean(),
        bias: fc.constantFrom(0, 0.5),
      }),
    })
    .map(({ N, extra, size, kernelSize, groups, odd, options, ...rest }) => {
      const shared = extra === 0 ? 1 : groups;
      const C = extra === 0 ? 1 : shared * rest.each + (odd === 0 ? 1 : 0);
      const outputs = shared * rest.outputsEach;
      const shape = extra === 0 ? size : [...size, C];
      const flat = extra === 0 && rest.outputsEach === 1;
      const Cg = Math.max(1, Math.floor(C / shared));
      return {
        input: random(extra === 2 ? [N, ...shape] : shape, rest.seed),
        kernel: random(flat ? kernelSize : [...kernelSize, Cg, outputs], rest.seed ^ 1),
        outputs,
        options: { ...options, groups: shared },
      };
    });
}
