import { closeSync, openSync, readSync } from "node:fs";
import { type FloatArray, fromData, shapeText } from "../array.js";
import { ArgumentError } from "../errors.js";

/** Pictures with their labels. */
export interface Labelled {
  /** N×H×W (grey) or N×H×W×3, 0 to 1. */
  readonly images: FloatArray;
  /** The label of each picture: its class, counted from 0. */
  readonly labels: readonly number[];
}

/** How many pictures of a set to take. */
export interface PartOptions {
  /** The first so many of the training set; all when left out. */
  readonly train?: number;
  /** The first so many of the test set; all when left out. */
  readonly test?: number;
  /** Whether to say how far the download is; it is said when left out. */
  readonly progress?: boolean;
}

/** A set for training and one for testing, which share no picture. */
export interface TrainTest {
  /** To learn from. Read from the disk when first looked at. */
  readonly train: Labelled;
  /** To test on, never to learn from. Read from the disk when first looked at. */
  readonly test: Labelled;
  /** The name of each class; a label is its place in this list. */
  readonly classNames: readonly string[];
}

/** Where the pictures and labels of one half lie: a byte for each value, nothing else. */
export interface HalfOnDisk {
  readonly images: string;
  readonly labels: string;
  /** How many to read. */
  readonly count: number;
  /** The sides of a picture, and its channels when it has several. */
  readonly shape: readonly number[];
}

/** Both halves, each decoded when it is first looked at: a lesson that only tests need not hold the other. */
export function lazily(
  train: HalfOnDisk,
  test: HalfOnDisk,
  classNames: readonly string[],
): TrainTest {
  const kept = new Map<HalfOnDisk, Labelled>();
  const half = (which: HalfOnDisk): Labelled => {
    const found = kept.get(which) ?? readHalf(which);
    kept.set(which, found);
    return found;
  };
  const set: TrainTest = {
    get train() {
      return half(train);
    },
    get test() {
      return half(test);
    },
    classNames,
  };
  // As Node and notebooks show it: without reading both halves, and not as [Getter].
  const shown = { train: inWords(train), test: inWords(test), classNames };
  Object.defineProperty(set, Symbol.for("nodejs.util.inspect.custom"), { value: () => shown });
  return set;
}

function inWords({ count, shape }: HalfOnDisk): string {
  return `${count} pictures of ${shapeText(shape)}, with labels`;
}

function readHalf({ images, labels, count, shape }: HalfOnDisk): Labelled {
  const size = shape.reduce((product, side) => product * side, 1);
  const bytes = readStart(images, count * size);
  const data = new Float32Array(bytes.length);
  for (let i = 0; i < data.length; i++) data[i] = bytes[i]! / 255;
  return {
    images: fromData(data, [count, ...shape]),
    labels: Array.from(readStart(labels, count)),
  };
}

/** The first bytes of a file. */
function readStart(path: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const file = openSync(path, "r");
  try {
    for (let at = 0; at < length; ) {
      const read = readSync(file, bytes, at, length - at, at);
      if (read === 0) throw new ArgumentError(`${path} has become shorter: run the cell again.`);
      at += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

/**
 * How many pictures are asked for.
 *
 * @throws {ArgumentError} when it is not a whole number from 1 to `total`.
 */
export function checkCount(count: number | undefined, total: number, half: string): number {
  const n = count ?? total;
  if (!Number.isInteger(n) || n < 1 || n > total) {
    throw new ArgumentError(
      `The ${half} set has ${total} pictures; a part of it is a whole number from 1 to ${total}; got ${String(n)}.`,
    );
  }
  return n;
}
