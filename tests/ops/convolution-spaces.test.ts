/** Groups, borders, and convolution over signals and volumes: on paper, and by the laws that tie the spaces together. */
import { describe, expect, test } from "vitest";
import {
  array,
  type FloatArray,
  fromData,
  fromFunction,
  random,
  toNested,
} from "../../src/array.js";
import {
  conv1d,
  conv2d,
  conv3d,
  convolve1d,
  convolve2d,
  convolve3d,
  pad,
  pad1d,
  pad3d,
} from "../../src/ops/index.js";
import { expectClose } from "./close.js";

const reshape = (x: FloatArray, shape: number[]): FloatArray => fromData(x.data, shape);

describe("signals", () => {
  test("differences of squares; turned, they change sign", () => {
    const squares = array([1, 4, 9, 16, 25]);
    expect(toNested(conv1d(squares, array([-1, 0, 1])))).toEqual([8, 12, 16]);
    expect(toNested(convolve1d(squares, array([-1, 0, 1])))).toEqual([-8, -12, -16]);
    expect(toNested(conv1d(squares, array([-1, 1]), { stride: 3, bias: 10 }))).toEqual([13, 19]);
    expect(toNested(conv1d(squares, array([-1, 1]), { dilation: 3 }))).toEqual([15, 21]);
    expect(toNested(conv1d(squares, array([1, 1]), { padding: [1, 0] }))).toEqual([
      1, 5, 13, 25, 41,
    ]);
  });

  test("full convolution multiplies polynomials: (1 + 2x)(3 + x + x²) = 3 + 7x + 3x² + 2x³", () => {
    expect(toNested(convolve1d(array([3, 1, 1]), array([1, 2]), { padding: "full" }))).toEqual([
      3, 7, 3, 2,
    ]);
  });

  test("full convolution may exchange kernel and signal", () => {
    const [x, k] = [random([6], 1), random([4], 2)];
    expectClose(convolve1d(x, k, { padding: "full" }), convolve1d(k, x, { padding: "full" }));
  });

  test("a moving mean over a ring loses nothing: the sum stays", () => {
    const x = array([1, 2, 3, 10]);
    const third = array([1, 1, 1]);
    const means = conv1d(x, third, { padding: "same", paddingMode: "circular" });
    expect(toNested(means)).toEqual([13, 6, 15, 14]);
  });

  test("a signal is an image of one row", () => {
    const x = random([2, 9, 4], 1);
    const k = random([3, 2, 6], 2);
    const options = { stride: 2, dilation: 2, groups: 2, bias: [1, 2, 3, 4, 5, 6], flip: true };
    const y = conv1d(x, k, { ...options, padding: [3, 1] });
    const image = conv2d(reshape(x, [2, 1, 9, 4]), reshape(k, [1, 3, 2, 6]), {
      ...options,
      padding: { left: 3, right: 1 },
    });
    expect(toNested(y)).toEqual(toNested(reshape(image, y.shape)));
  });
});

describe("volumes", () => {
  test("a volume of one slice is an image", () => {
    const x = random([2, 1, 5, 6, 3], 1);
    const k = random([1, 3, 2, 3, 4], 2);
    const options = { padding: { top: 1, right: 2 }, flip: true } as const;
    const y = conv3d(x, k, { ...options, stride: [1, 2, 1], dilation: [1, 1, 2] });
    const image = conv2d(reshape(x, [2, 5, 6, 3]), reshape(k, [3, 2, 3, 4]), {
      ...options,
      stride: [2, 1],
      dilation: [1, 2],
    });
    expect(toNested(y)).toEqual(toNested(reshape(image, y.shape)));
  });

  test("a bright voxel shows the kernel, turned by correlation, as it is by convolution", () => {
    const dot = fromFunction([3, 3, 3], (...at) => (at.every((i) => i === 1) ? 1 : 0));
    const k = random([2, 2, 2], 3);
    expect(toNested(convolve3d(dot, k))).toEqual(toNested(k));
    expect(toNested(conv3d(dot, k))).toEqual(toNested(k.step(-1, -1, -1)));
  });

  test("a film that does not change has no difference between its pictures", () => {
    const film = fromFunction([4, 3, 3], (_, i, j) => 3 * i! + j!);
    const y = conv3d(film, array([[[-1]], [[1]]]));
    expect(y.shape).toEqual([3, 3, 3]);
    expect(y.data.every((value) => value === 0)).toBe(true);
  });
});

describe("groups", () => {
  const x = random([5, 6, 6], 1);
  const k = random([3, 3, 2, 9], 2);

  test("each group is a convolution of its own channels", () => {
    const y = conv2d(x, k, { groups: 3, padding: 1 });
    expect(y.shape).toEqual([5, 6, 9]);
    for (let g = 0; g < 3; g++) {
      const channels = x.lo(0, 0, 2 * g).hi(5, 6, 2);
      const kernels = k.lo(0, 0, 0, 3 * g).hi(3, 3, 2, 3);
      const alone = conv2d(channels, kernels, { padding: 1 });
      expect(toNested(y.lo(0, 0, 3 * g).hi(5, 6, 3))).toEqual(toNested(alone));
    }
  });

  test("as many groups as channels: every channel by itself, and a third of the weights is enough", () => {
    const each = random([3, 3, 1, 6], 3);
    const y = conv2d(x, each, { groups: 6 });
    for (let c = 0; c < 6; c++) {
      const alone = conv2d(x.pick(null, null, c), each.pick(null, null, 0, c));
      expect(toNested(y.pick(null, null, c))).toEqual(toNested(alone));
    }
  });
});

describe("borders", () => {
  test.each(["zero", "reflect", "replicate", "circular"] as const)(
    "%s in a convolution is padding first",
    (mode) => {
      const amounts = { top: 2, bottom: 1, right: 3 };
      const x = random([4, 5, 2], 1);
      const k = random([3, 2, 2, 3], 2);
      expect(toNested(conv2d(x, k, { padding: amounts, paddingMode: mode }))).toEqual(
        toNested(conv2d(pad(x, amounts, mode), k)),
      );
      const signal = random([5, 2], 3);
      const short = random([3, 2, 1], 4);
      expect(toNested(conv1d(signal, short, { padding: "full", paddingMode: mode }))).toEqual(
        toNested(conv1d(pad1d(signal, 2, mode), short)),
      );
      const volume = random([3, 4, 3], 5);
      const cube = random([2, 3, 2], 6);
      expect(toNested(conv3d(volume, cube, { padding: [1, 2, 1], paddingMode: mode }))).toEqual(
        toNested(conv3d(pad3d(volume, [1, 2, 1], mode), cube)),
      );
    },
  );

  test("on a ring, shifting and filtering may be exchanged everywhere (C10)", () => {
    const x = random([6, 6], 1);
    const turn = (a: FloatArray): FloatArray =>
      fromFunction(a.shape, (i, j) => a.get(i!, (j! + 2) % 6));
    const blur = (a: FloatArray): FloatArray =>
      conv2d(a, random([3, 3], 2), { padding: "same", paddingMode: "circular" });
    expect(toNested(blur(turn(x)))).toEqual(toNested(turn(blur(x))));
  });

  test("full: each place where image and kernel overlap", () => {
    const x = random([3, 4], 1);
    const k = random([2, 3], 2);
    const y = convolve2d(x, k, { padding: "full" });
    expect(y.shape).toEqual([4, 6]);
    expectClose(y, convolve2d(k, x, { padding: "full" }));
  });
});

test("NaN and infinities spread to every output that reads them, and no further", () => {
  const x = random([5, 5], 1);
  x.set(0, 0, Number.NaN);
  x.set(4, 4, Number.POSITIVE_INFINITY);
  const y = conv2d(
    x,
    array([
      [1, 1],
      [1, 1],
    ]),
  );
  expect(Number.isNaN(y.get(0, 0))).toBe(true);
  expect(y.get(3, 3)).toBe(Number.POSITIVE_INFINITY);
  expect(Array.from(y.data).filter((value) => Number.isFinite(value))).toHaveLength(14);
});

test("biases may come as an array, as a gradient's do", () => {
  const x = random([4, 4, 2], 1);
  const k = random([3, 3, 2, 3], 2);
  const bias = random([3], 3);
  expect(toNested(conv2d(x, k, { bias }))).toEqual(
    toNested(conv2d(x, k, { bias: Array.from(bias.data) })),
  );
});
