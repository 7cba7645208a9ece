/** What PyTorch computed, as `scripts/fixtures/make.py` wrote it down. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FloatArray, fromData } from "../../src/array.js";

/** One call of an operation in PyTorch. */
export interface TorchCase {
  readonly name: string;
  /** The operation's name in convlab. */
  readonly operation: string;
  readonly inputs: Readonly<Record<string, FloatArray>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, FloatArray>>;
}

interface Written {
  readonly shape: number[];
  readonly data: (number | string)[];
}

/** NaN and infinities stand as words, since JSON has none. */
const words: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
};

function arrays(written: Record<string, Written>): Record<string, FloatArray> {
  const read = ({ shape, data }: Written): FloatArray =>
    fromData(
      Float32Array.from(data, (value) => (typeof value === "string" ? words[value]! : value)),
      shape,
    );
  return Object.fromEntries(Object.entries(written).map(([name, one]) => [name, read(one)]));
}

/** The cases of `tests/torch/<family>.json`. */
export function torchCases(family: string): TorchCase[] {
  const text = readFileSync(join(import.meta.dirname, `${family}.json`), "utf8");
  const cases = JSON.parse(text) as (Omit<TorchCase, "inputs" | "outputs"> & {
    inputs: Record<string, Written>;
    outputs: Record<string, Written>;
  })[];
  return cases.map((one) => ({
    ...one,
    inputs: arrays(one.inputs),
    outputs: arrays(one.outputs),
  }));
}
