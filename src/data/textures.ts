import { type FloatArray, fromData, rowMajor } from "../array.js";
import { ArgumentError } from "../errors.js";
import { toColour } from "../image/colour.js";
import type { Rectangle } from "../image/crop.js";
import { type PhotoName, photo } from "../image/photo.js";
import { requireOptions } from "../ops/known-options.js";
import { checkCount, type Labelled, type TrainTest } from "./labelled.js";

/** Rows and columns of a picture. */
const SIDE = 32;
/** How many pictures of each class there are in each half. */
const TRAIN_PER_CLASS = 200;
const TEST_PER_CLASS = 50;

/** A surface in one of the package's photographs, and the two places from which its pictures are cut. */
interface Surface {
  readonly name: string;
  readonly photo: PhotoName;
  readonly train: Rectangle;
  readonly test: Rectangle;
}

const place = (top: number, left: number, height: number, width: number): Rectangle => ({
  top,
  left,
  height,
  width,
});

/** The two places of a surface share no pixel: what is learned on one is tested on the other. */
const SURFACES: readonly Surface[] = [
  { name: "grass", photo: "grass", train: place(0, 0, 320, 220), test: place(0, 220, 320, 100) },
  { name: "brick", photo: "brick", train: place(0, 0, 320, 220), test: place(0, 220, 320, 100) },
  { name: "sand", photo: "barn", train: place(210, 0, 98, 270), test: place(210, 270, 98, 130) },
  { name: "clouds", photo: "barn", train: place(0, 0, 96, 190), test: place(0, 190, 84, 100) },
  { name: "trees", photo: "alps", train: place(100, 0, 89, 180), test: place(100, 180, 70, 80) },
  { name: "rocks", photo: "alps", train: place(30, 120, 58, 130), test: place(36, 250, 52, 90) },
  { name: "wood", photo: "coffee", train: place(0, 310, 90, 90), test: place(190, 290, 77, 110) },
  { name: "fur", photo: "cat", train: place(0, 90, 84, 130), test: place(130, 20, 90, 90) },
];

/** How many pictures of each half to take. */
export interface TexturesOptions {
  /** The first so many to learn from, 1 to 1600; all when left out. */
  readonly train?: number;
  /** The first so many to test on, 1 to 400; all when left out. */
  readonly test?: number;
}

/**
 * A small colour set inside the package, for lessons that need one with no download: 32×32 pixels of eight surfaces
 * (grass, brick, sand, clouds, trees, rocks, wood, fur), cut at places spread all over, half of them mirrored, out of the
 * package's photographs. The test pictures come from other parts of the photographs than the training pictures.
 * Only wood and fur are in colour; the other photographs are grey, with three equal channels.
 *
 * They are dealt out class by class, so any first 8·k of them are balanced; always the same ones.
 *
 * @returns `train` and `test`, each with `images` (N×32×32×3, 0 to 1) and `labels`, and `classNames`; yours to change
 * @throws {ArgumentError} when more pictures are asked for than there are.
 * @example
 * const { train, test, classNames } = data.textures({ train: 400, test: 80 });
 * train.images.shape // → [400, 32, 32, 3]
 * classNames[test.labels[0]] // → "grass"
 */
export function textures(options: TexturesOptions = {}): TrainTest {
  if (typeof options !== "object" || options === null) {
    throw new ArgumentError(`Say how many of each: { train: 400, test: 80 }; got ${options}.`);
  }
  requireOptions("textures", options, { train: true, test: true });
  const train = checkCount(options.train, TRAIN_PER_CLASS * SURFACES.length, "training");
  const test = checkCount(options.test, TEST_PER_CLASS * SURFACES.length, "test");
  const photos = SURFACES.map((surface) => toColour(photo(surface.photo)));
  return {
    train: cut(photos, "train", train),
    test: cut(photos, "test", test),
    classNames: SURFACES.map(({ name }) => name),
  };
}

function cut(photos: readonly FloatArray[], half: "test" | "train", count: number): Labelled {
  const data = new Float32Array(count * SIDE * SIDE * 3);
  for (let n = 0; n < count; n++) {
    const label = n % SURFACES.length;
    const { top, left, height, width } = SURFACES[label]![half];
    const [rows, columns] = [height - SIDE + 1, width - SIDE + 1];
    const at = spread(Math.floor(n / SURFACES.length), 2 * rows * columns);
    copy(photos[label]!, data, n, {
      top: top + Math.floor(at / (2 * columns)),
      left: left + Math.floor((at % (2 * columns)) / 2),
      mirrored: at % 2 === 1,
    });
  }
  return {
    images: fromData(data, [count, SIDE, SIDE, 3]),
    labels: Array.from({ length: count }, (_, n) => n % SURFACES.length),
  };
}

/**
 * The k-th of `total` places, by the golden ratio: however many are taken, they lie spread over all, and no two of the
 * few that are taken here are the same.
 */
function spread(k: number, total: number): number {
  const turns = (k + 0.5) * ((Math.sqrt(5) - 1) / 2);
  return Math.floor((turns % 1) * total);
}

/** Copies one cut to place `n` of the set. */
function copy(
  picture: FloatArray,
  to: Float32Array,
  n: number,
  { top, left, mirrored }: { top: number; left: number; mirrored: boolean },
): void {
  const from = rowMajor(picture);
  const columns = picture.shape[1]!;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const source = ((top + y) * columns + left + (mirrored ? SIDE - 1 - x : x)) * 3;
      to.set(from.subarray(source, source + 3), ((n * SIDE + y) * SIDE + x) * 3);
    }
  }
}
