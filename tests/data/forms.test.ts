import { expect, test } from "vitest";
import { CIFAR10 } from "../../src/data/cifar10.js";
import { unpack } from "../../src/data/download/unpack.js";
import { MNIST } from "../../src/data/mnist.js";
import { ArgumentError, DownloadError } from "../../src/errors.js";
import { writePng } from "../image/write-png.js";

/** A sheet of CIFAR-10's form, but small: each row of pixels is one picture. */
const sheet = (first: number, rows: number, depth: 8 | 16 = 8): Uint8Array =>
  writePng({
    width: 4,
    height: rows,
    depth,
    type: 2,
    samples: Array.from({ length: rows * 12 }, (_, i) => (first + 7 * i) % 256),
  });

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const parts = (): Map<string, Uint8Array> =>
  new Map([
    ...[1, 2, 3, 4, 5].map((batch): [string, Uint8Array] => [
      `package/data_batch_${batch}.png`,
      sheet(batch, 2),
    ]),
    ["package/test_batch.png", sheet(9, 3)],
    ["package/train_lables.json", json([3, 1, 4, 1, 5, 9, 2, 6, 5, 3])],
    ["package/test_lables.json", json([8, 8, 0])],
  ]);

test("CIFAR-10's sheets become bytes, batch after batch, with their labels", () => {
  const made = CIFAR10.data.prepare(parts()).map((pieces) => pieces.map((piece) => piece()));
  expect(made.map((pieces) => pieces.length)).toEqual([5, 1, 1, 1]);
  const [train, labels, testing, testLabels] = made.map((pieces) => [...Buffer.concat(pieces)]);
  const wanted = [1, 2, 3, 4, 5].flatMap((first) =>
    Array.from({ length: 24 }, (_, i) => (first + 7 * i) % 256),
  );
  expect(train).toEqual(wanted);
  expect(labels).toEqual([3, 1, 4, 1, 5, 9, 2, 6, 5, 3]);
  expect(testing).toEqual(Array.from({ length: 36 }, (_, i) => (9 + 7 * i) % 256));
  expect(testLabels).toEqual([8, 8, 0]);
});

test("sheets of another depth, and labels that are no list, are refused", () => {
  const deep = parts().set("package/test_batch.png", sheet(1, 1, 16));
  expect(() => CIFAR10.data.prepare(deep)[2]![0]!()).toThrow(ArgumentError);
  expect(() => CIFAR10.data.prepare(deep)[2]![0]!()).toThrow("its samples have not 8 bits");
  const other = parts().set("package/train_lables.json", json({ labels: [] }));
  expect(() => CIFAR10.data.prepare(other)[1]![0]!()).toThrow(DownloadError);
});

test("files that are not MNIST's are refused", () => {
  const name = "package/data/train-images-idx3-ubyte";
  for (const file of [Buffer.alloc(4), Buffer.alloc(100), Buffer.from([0, 0, 8, 1, 0, 0, 0, 0])]) {
    const pieces = MNIST.data.prepare(new Map([[name, file]]))[0]!;
    expect(() => pieces[0]!()).toThrow("does not hold MNIST's IDX files");
  }
});

test("what is pinned fits together: sizes are counts times pixels", () => {
  for (const { data, train, test: testing, shape, classNames } of [MNIST, CIFAR10]) {
    const pixels = shape.reduce((product, side) => product * side, 1);
    expect(data.files.map(({ bytes }) => bytes)).toEqual([
      train * pixels,
      train,
      testing * pixels,
      testing,
    ]);
    expect(classNames.length).toBe(10);
    expect(Buffer.from(data.sha512, "base64").length).toBe(64);
    for (const { sha256 } of data.files) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
});

test("an empty archive holds nothing", () => {
  expect(() => unpack(new Uint8Array(), ["package/a"], 100)).toThrow(DownloadError);
});
