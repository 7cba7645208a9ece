/** Backward passes called by name give what their formulas say, on every back end. */
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { random } from "../../src/array.js";
import { withTensors } from "../../src/backend/compute.js";
import {
  biasGradient,
  convFilterGradient,
  convInputGradient,
  maxPoolGradient,
  reluGradient,
  rowTimesMatrix,
} from "../../src/backend/kernels.js";
import { onEachBackEnd } from "../ops/back-ends.js";

type Shape4 = [number, number, number, number];

/** What `f` gives, as numbers. */
function numbers(f: () => tf.Tensor): number[] {
  const made = withTensors(f);
  const values = [...made.dataSync()];
  made.dispose();
  return values;
}

function expectClose(found: number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(found[i]! - value) / scale).toBeLessThan(1e-5);
  }
}

/** A convolution without padding and both of its gradients, by the formula. */
function byLoops(x: tf.TypedArray, k: tf.TypedArray, dy: tf.TypedArray, sizes: Sizes) {
  const { N, H, W, C, Kh, Kw, M, stride, dilation = 1, depthwise = false } = sizes;
  const [P, Q] = outputSize(sizes);
  const dx = new Float64Array(x.length);
  const dk = new Float64Array(k.length);
  for (let n = 0; n < N; n++)
    for (let p = 0; p < P; p++)
      for (let q = 0; q < Q; q++)
        for (let i = 0; i < Kh; i++)
          for (let j = 0; j < Kw; j++)
            for (let c = 0; c < C; c++)
              for (let m = 0; m < M; m++) {
                const row = p * stride + i * dilation;
                const column = q * stride + j * dilation;
                const at = ((n * H + row) * W + column) * C + c;
                const tap = ((i * Kw + j) * C + c) * M + m;
                const place = (n * P + p) * Q + q;
                const slope = dy[depthwise ? (place * C + c) * M + m : place * M + m]!;
                dx[at]! += k[tap]! * slope;
                dk[tap]! += x[at]! * slope;
              }
  return { dx: [...dx], dk: [...dk] };
}

interface Sizes {
  readonly N: number;
  readonly H: number;
  readonly W: number;
  readonly C: number;
  readonly Kh: number;
  readonly Kw: number;
  readonly M: number;
  readonly stride: number;
  readonly dilation?: number;
  readonly depthwise?: boolean;
}

function outputSize({ H, W, Kh, Kw, stride, dilation = 1 }: Sizes): [number, number] {
  const along = (size: number, taps: number): number =>
    Math.floor((size - (taps - 1) * dilation - 1) / stride) + 1;
  return [along(H, Kh), along(W, Kw)];
}

function arrays(sizes: Sizes) {
  const { N, H, W, C, Kh, Kw, M, depthwise } = sizes;
  const xShape: Shape4 = [N, H, W, C];
  const kShape: Shape4 = [Kh, Kw, C, M];
  const dyShape: Shape4 = [N, ...outputSize(sizes), depthwise ? C * M : M];
  const [x, k, dy] = [xShape, kShape, dyShape].map((shape, seed) => random(shape, seed + 1).data);
  return { xShape, kShape, dyShape, x: x!, k: k!, dy: dy! };
}

onEachBackEnd((name) => {
  test("ReLU: where the output is positive", () => {
    const slope = (y: number[]) =>
      numbers(() => reluGradient(tf, tf.tensor1d([1, 2, 3, 4]), tf.tensor1d(y)));
    expect(slope([0.5, 0, 7, 0])).toEqual([1, 0, 3, 0]);
    expect(slope([0.5, -1, 7, -2])).toEqual([1, 0, 3, 0]);
  });

  test("bias: the sum over all but the channels", () => {
    const found = numbers(() =>
      biasGradient(tf, tf.tensor([1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 2, 2])),
    );
    expect(found).toEqual([16, 20]);
    expect(
      numbers(() =>
        biasGradient(
          tf,
          tf.tensor2d([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    ).toEqual([4, 6]);
  });

  test.each([
    { N: 2, H: 7, W: 6, C: 3, Kh: 3, Kw: 2, M: 4, stride: 1 },
    { N: 9, H: 6, W: 5, C: 2, Kh: 3, Kw: 3, M: 3, stride: 1 },
    { N: 9, H: 5, W: 5, C: 4, Kh: 1, Kw: 1, M: 3, stride: 1 },
    { N: 2, H: 8, W: 9, C: 2, Kh: 3, Kw: 2, M: 2, stride: 2 },
  ])("convolution %o", (sizes) => {
    const { xShape, kShape, dyShape, x, k, dy } = arrays(sizes);
    const strides: [number, number] = [sizes.stride, sizes.stride];
    const slope = () => tf.tensor4d(dy, dyShape);
    const { dx, dk } = byLoops(x, k, dy, sizes);
    const filter = () =>
      convFilterGradient(tf, tf.tensor4d(x, xShape), slope(), kShape, strides, "valid");
    const input = () =>
      convInputGradient(tf, tf.tensor4d(k, kShape), slope(), xShape, strides, "valid");
    expectClose(numbers(filter), dk);
    expectClose(numbers(input), dx);
  });

  // tfjs's own throw with a dilation on cpu; TensorFlow's take one stride for both axes.
  test.runIf(name === "wasm").each([
    { N: 2, H: 7, W: 6, C: 3, Kh: 3, Kw: 2, M: 2, stride: 1, dilation: 2, depthwise: true },
    { N: 1, H: 9, W: 8, C: 1, Kh: 2, Kw: 2, M: 3, stride: 2, dilation: 3, depthwise: true },
  ])("depthwise convolution with dilation %o", (sizes) => {
    const { xShape, kShape, dyShape, x, k, dy } = arrays(sizes);
    const { stride, dilation } = sizes;
    const attributes = { strides: stride, dilations: dilation, pad: "valid" };
    const run = (kernel: string, inputs: object, shapes: object) =>
      numbers(
        () =>
          tf.engine().runKernel(kernel, inputs as tf.NamedTensorMap, {
            ...attributes,
            ...shapes,
          }) as tf.Tensor,
      );
    const { dx, dk } = byLoops(x, k, dy, sizes);
    const given = {
      x: tf.tensor4d(x, xShape),
      filter: tf.tensor4d(k, kShape),
      dy: tf.tensor4d(dy, dyShape),
    };
    const input = run("DepthwiseConv2dNativeBackpropInput", given, { inputShape: xShape });
    const filter = run("DepthwiseConv2dNativeBackpropFilter", given, { filterShape: kShape });
    tf.dispose(given);
    expectClose(input, dx);
    expectClose(filter, dk);
  });

  test("max pooling: to the first of the largest, overlapping windows add up", () => {
    const found = numbers(() => {
      const x = tf.tensor4d([1, 3, 3, 0, 3, 2, 0, 0, 5], [1, 3, 3, 1]);
      const y = tf.maxPool(x, 2, 1, "valid");
      const dy = tf.tensor4d([1, 10, 100, 1000], [1, 2, 2, 1]);
      return maxPoolGradient(tf, dy, x, y, [2, 2], [1, 1], "valid");
    });
    expect(found).toEqual([0, 11, 0, 0, 100, 0, 0, 0, 1000]);
  });

  test.each([
    [1000, 1200],
    [1001, 1200],
    [8, 5],
  ])("one row times a matrix, %i×%i", (length, columns) => {
    const row = random([1, length], 1).data;
    const matrix = random([length, columns], 2).data;
    const expected = Array.from({ length: columns }, (_, j) =>
      row.reduce((total, value, i) => total + value * matrix[i * columns + j]!, 0),
    );
    const product = () =>
      rowTimesMatrix(tf, tf.tensor2d(row, [1, length]), tf.tensor2d(matrix, [length, columns]));
    expectClose(numbers(product), expected);
  });
});
