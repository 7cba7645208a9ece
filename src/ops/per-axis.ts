/** Options settled axis by axis, in any of the three spaces. */
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import {
  type AxisPadding,
  effectiveKernel,
  evenKernelMessage,
  samePadding,
  samePaddingFor,
  type Walk,
  walk,
  wholeNumber,
} from "./geometry.js";
import type { Space } from "./space.js";

const countWord = ["no number", "one number", "two", "three"];

/** "one number, or two as [down, across]". */
function asList(words: readonly string[]): string {
  const list = words.length > 1 ? `, or ${countWord[words.length]} as [${words.join(", ")}]` : "";
  return `one number${list}`;
}

/**
 * An option that is one number for all axes, or a list with one for each.
 *
 * @throws {ArgumentError} when it is neither, or a number is not whole and at least `least`.
 */
export function eachAxis(space: Space, value: unknown, name: string, least: number): number[] {
  return eachOf(
    space.map(({ direction }) => direction),
    value,
    name,
    least,
  );
}

function eachOf(words: readonly string[], value: unknown, name: string, least: number): number[] {
  const list: unknown = typeof value === "number" ? words.map(() => value) : value;
  if (!Array.isArray(list) || list.length !== words.length) {
    throw new ArgumentError(`${name} is ${asList(words)}; got ${cameText(value)}.`);
  }
  return list.map((one: number) => wholeNumber(one, name, least));
}

/**
 * Padding in numbers, settled for each axis: one number, a list with one for each axis (on a line, `[before, after]`),
 * or sides by name.
 *
 * @throws {ArgumentError} when a number is negative or not whole, or a side has a name that does not exist.
 */
export function eachSide(space: Space, padding: unknown): AxisPadding[] {
  const names = space.flatMap(({ sides }) => sides);
  if (typeof padding === "object" && padding !== null && !Array.isArray(padding)) {
    const named = padding as Readonly<Record<string, number | undefined>>;
    for (const [side, count] of Object.entries(named)) {
      if (!names.includes(side)) {
        throw new ArgumentError(
          `Padding has the sides ${names.slice(0, -1).join(", ")} and ${names.at(-1)}; there is no "${side}".`,
        );
      }
      wholeNumber(count as number, `The padding (${side})`, 0);
    }
    return space.map(({ sides: [before, after] }) => ({
      before: named[before] ?? 0,
      after: named[after] ?? 0,
    }));
  }
  const onLine = space.length === 1;
  const words = onLine ? names : space.map(({ border }) => border);
  if (typeof padding === "string") {
    throw new ArgumentError(
      `The padding is a number, [${words.join(", ")}] or { ${names.join(", ")} }; got "${padding}".`,
    );
  }
  const amounts = eachOf(words, padding, "The padding", 0);
  if (onLine) return [{ before: amounts[0]!, after: amounts[1]! }];
  return amounts.map((amount) => ({ before: amount, after: amount }));
}

/** What {@link settleWalks} needs to know of the window, each option in the forms that its space allows. */
export interface WalkOptions {
  readonly stride: unknown;
  readonly padding: unknown;
  readonly dilation: unknown;
  /** Pooling may use `"same"` with an even window, as TensorFlow does; a convolution may not. */
  readonly evenSame: boolean;
}

/**
 * Settles how a window walks along each axis.
 *
 * @throws {ArgumentError} for a stride, dilation or padding out of range, or an even kernel with `"same"`.
 * @throws {ShapeError} when the window does not fit into the padded input.
 */
export function settleWalks(
  space: Space,
  sizes: readonly number[],
  kernel: readonly number[],
  { stride, padding, dilation, evenSame }: WalkOptions,
): Walk[] {
  const strides = eachAxis(space, stride, "The stride", 1);
  const dilations = eachAxis(space, dilation, "The dilation", 1);
  if (padding === "same" && !evenSame) refuseEvenKernel(space, kernel, dilations);
  const named = padding === "valid" || padding === "same" || padding === "full";
  const amounts = named ? undefined : eachSide(space, padding);
  return space.map(({ plural }, axis) => {
    const [n, k, s, d] = [sizes[axis]!, kernel[axis]!, strides[axis]!, dilations[axis]!];
    const border = amounts?.[axis] ?? namedPadding(padding as string, n, k, s, d);
    return walk(n, k, s, d, border, plural);
  });
}

function namedPadding(name: string, n: number, k: number, stride: number, d: number): AxisPadding {
  if (name === "same") return samePaddingFor(n, k, stride, d);
  const all = name === "full" ? effectiveKernel(k, d) - 1 : 0;
  return { before: all, after: all };
}

function refuseEvenKernel(
  space: Space,
  kernel: readonly number[],
  dilations: readonly number[],
): void {
  const even = kernel.findIndex((k, axis) => effectiveKernel(k, dilations[axis]!) % 2 === 0);
  if (even < 0) return;
  const instead = space.flatMap(({ sides: [first, last] }, axis) => {
    const { before, after } = samePadding(kernel[axis]!, dilations[axis]!);
    return [`${first}: ${before}`, `${last}: ${after}`];
  });
  throw new ArgumentError(
    evenKernelMessage(kernel[even]!, dilations[even]!, `{ padding: { ${instead.join(", ")} } }`),
  );
}
