/** Nothing is left over: not a tensor after many calls, nor after calls that fail, nor memory of the process. */
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { array, random } from "../../src/array.js";
import { compute, values, withTensors } from "../../src/backend/compute.js";
import { fast } from "../../src/ops/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { bundleLibrary, type Library, nativeHere, runProgram } from "./library.js";

onEachBackEnd(() => {
  const alive = (): number[] => [
    tf.memory().numTensors,
    tf.memory().numBytes,
    tf.engine().state.scopeStack.length,
  ];
  const image = random([12, 12, 3]);
  const kernel = random([3, 3, 3, 4], 2);

  test("after a hundred calls of several operations", () => {
    const before = alive();
    for (let i = 0; i < 100; i++) {
      fast.softmax(fast.globalAvgPool(fast.maxPool(fast.relu(fast.conv2d(image, kernel)), 2)));
    }
    expect(alive()).toEqual(before);
  });

  test("after a computation that fails half way", () => {
    const before = alive();
    const broken = () =>
      compute([1], (tf) => {
        tf.ones([1000]);
        throw new Error("half way");
      });
    expect(broken).toThrow("half way");
    expect(() => compute([3], (tf) => tf.ones([2]))).toThrow();
    expect(alive()).toEqual(before);
    expect(fast.relu(array([-1, 2])).get(1)).toBe(2);
  });

  test("withTensors keeps what it gives back, and nothing else", () => {
    const before = alive()[0]!;
    const [a, b] = withTensors((tf) => {
      const x = tf.tensor1d([1, 2, 3]);
      return [tf.mul(x, 2), tf.add(x, 1)];
    });
    expect(tf.memory().numTensors).toBe(before + 2);
    expect([...values(tf, a!)]).toEqual([2, 4, 6]);
    expect([...values(tf, b!)]).toEqual([2, 3, 4]);
    tf.dispose([a!, b!]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("one computation inside another", () => {
    const before = alive();
    const y = compute([2], (tf) => {
      const inner = compute([2], () => tf.tensor1d([1, 2]));
      return tf.mul(tf.tensor1d(inner.data), 10);
    });
    expect([...y.data]).toEqual([10, 20]);
    expect(alive()).toEqual(before);
  });
});

describe("memory of the process", () => {
  let library: Library;
  beforeAll(() => {
    library = bundleLibrary();
  });
  afterAll(() => library.remove());

  test.each(nativeHere ? ["wasm", "native"] : ["wasm"])(
    "%s: 200 results of 3 MB do not add up",
    (name) => {
      const ran = runProgram(
        library,
        `await useBackend();
      const image = random([112, 112, 16]), kernel = random([1, 1, 16, 64], 2);
      const work = (times) => { for (let i = 0; i < times; i++) fast.conv2d(image, kernel); };
      const settled = async () => { gc(); await new Promise((soon) => setTimeout(soon, 50)); gc(); return process.memoryUsage.rss() / 1e6; };
      work(50);
      const before = await settled();
      work(200);
      console.log(Math.round(await settled() - before), backendReport().tensors);`,
        { CONVLAB_BACKEND: name, NODE_OPTIONS: "--expose-gc" },
      );
      const [grown, tensors] = ran.out.split(" ").map(Number);
      expect(tensors).toBe(0);
      // Left alive they would take 640 MB.
      expect(grown).toBeLessThan(150);
    },
  );
});
