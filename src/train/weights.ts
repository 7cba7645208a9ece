/** A network's arrays by name, to be read, kept, and given to another network of the same layers. */
import { type FloatArray, rowMajor, shapeText } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { isArray } from "./pictures.js";

/** One array of a network: `conv1.kernel` is Kh×Kw×Cin×Cout, `conv1.bias` Cout, `dense1.kernel` inputs×units. */
export interface NamedArray {
  readonly name: string;
  readonly values: FloatArray;
}

/** Calls `write` for each array of a network with the values that came for it. */
export function matchWeights(
  wanted: readonly { readonly name: string; readonly shape: readonly number[] }[],
  came: readonly NamedArray[],
  write: (index: number, values: Float32Array) => void,
): void {
  if (!Array.isArray(came)) {
    throw new ArgumentError(
      `setWeights takes what weights() of a network gives, a list of { name, values }; got ${cameText(came)}.`,
    );
  }
  const odd = came.findIndex((array) => typeof array?.name !== "string" || !isArray(array.values));
  if (odd >= 0) {
    throw new ArgumentError(
      `setWeights takes what weights() of a network gives, a list of { name, values }; number ${odd} is ${cameText(came[odd])}.`,
    );
  }
  const byName = new Map(came.map((array) => [array.name, array.values]));
  const missing = wanted.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
  const known = new Set(wanted.map(({ name }) => name));
  const unknown = [...byName.keys()].filter((name) => !known.has(name));
  if (missing.length > 0 || unknown.length > 0) {
    const lacks = missing.length > 0 ? ` Missing: ${missing.join(", ")}.` : "";
    const extra = unknown.length > 0 ? ` Not in this network: ${unknown.join(", ")}.` : "";
    throw new ArgumentError(`The weights are of another network.${lacks}${extra}`);
  }
  for (const { name, shape } of wanted) {
    const got = byName.get(name)!.shape;
    if (shapeText(got) !== shapeText(shape)) {
      throw new ShapeError(`${name} is ${shapeText(shape)}; got ${shapeText(got)}.`);
    }
    if (!rowMajor(byName.get(name)!).every(Number.isFinite)) {
      throw new ArgumentError(
        `${name} holds NaN or an infinity: with it the network could not compute (did its learning diverge?).`,
      );
    }
  }
  wanted.forEach(({ name }, i) => {
    write(i, rowMajor(byName.get(name)!));
  });
}
