import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { arrayHeading, arrayText } from "../../kernel/display/ndarray.js";

test("a small array is printed in rows", () => {
  const array = ndarray(new Float32Array([1, 2.5, -3, 0.00001]), [2, 2]);
  expect(arrayText(array)).toBe("float32 2×2\n[[      1     2.5]\n [     -3 1.00e-5]]");
});

test("a view is read through its strides", () => {
  const whole = ndarray(new Float32Array([1, 2, 3, 4, 5, 6]), [2, 3]);
  expect(arrayText(whole.transpose(1, 0))).toBe("float32 3×2\n[[1 4]\n [2 5]\n [3 6]]");
  expect(arrayText(whole.pick(1))).toBe("float32 3\n[4 5 6]");
});

test("a large array shows its edges", () => {
  const text = arrayText(ndarray(new Float32Array(10_000), [100, 100]))!;
  expect(text.split("\n").length).toBe(10);
  expect(text).toContain("…");
});

test("however many axes there are, the text stays short", () => {
  const shapes = [[20, 20, 20, 20], Array(7).fill(5), Array(12).fill(2)];
  for (const shape of shapes) {
    const size = shape.reduce((a, b) => a * b, 1);
    expect(arrayText(ndarray(new Float32Array(size), shape))!.length).toBeLessThan(20_000);
  }
});

test("a tensor is shown like an array", () => {
  const tensor = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
  expect(arrayText(tensor)).toBe("Tensor float32 2×3\n[[1 2 3]\n [4 5 6]]");
  expect(arrayText(tf.scalar(7, "int32"))).toBe("Tensor int32 number\n7");
  expect(arrayText(tf.tensor1d([true, false]))).toBe("Tensor bool 2\n[ true false]");
  expect(arrayText(tf.tensor1d(["a", "$&"]))).toBe('Tensor string 2\n[ "a" "$&"]');
  expect(arrayText(tf.zeros([0, 3]))).toBe("Tensor float32 0×3 (empty)");
  expect(arrayText(tf.complex([1], [2]))).toBe("Tensor complex64 1");
});

test("a variable says its name", () => {
  const weight = tf.variable(tf.tensor1d([0.5]), true, "dense/kernel");
  expect(arrayText(weight)).toBe("Variable dense/kernel: float32 1\n[0.5]");
});

test("a disposed tensor says so", () => {
  const tensor = tf.ones([2, 2]);
  tensor.dispose();
  expect(arrayText(tensor)).toBe("Tensor float32 2×2 (disposed: its numbers are gone)");
});

test("a large tensor is not copied", () => {
  const tensor = tf.zeros([5000, 1000]);
  const read = tensor.dataSync.bind(tensor);
  let copies = 0;
  const counted = () => {
    copies++;
    return read();
  };
  Object.defineProperty(tensor, "dataSync", { value: counted });
  expect(arrayText(tensor)).toBe(
    "Tensor float32 5000×1000\n(too large for a preview; look at a slice of it)",
  );
  expect(copies).toBe(0);
});

test("a heading alone, for arrays inside other values", () => {
  expect(arrayHeading(tf.ones([2, 2]))).toBe("Tensor float32 2×2");
  expect(arrayHeading(ndarray(new Float32Array(4), [2, 2]))).toBe("ndarray float32 2×2");
});

test.each([
  [null],
  [5],
  [[1, 2]],
  [{ shape: [2], dtype: "float32" }],
  [{ shape: "2", dtype: "f", data: [], stride: [1], offset: 0 }],
  [{ shape: [-1], dtype: "f", data: [], stride: [1], offset: 0 }],
])("%j is no array of numbers", (value) => {
  expect(arrayText(value)).toBeUndefined();
  expect(arrayHeading(value)).toBeUndefined();
});
