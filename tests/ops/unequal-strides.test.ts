/**
 * TensorFlow's convolution over one channel with unequal strides leaves rows of a batch unset where one column comes
 * out (TensorFlow 2.21 by tfjs-node: two pictures of 3×5 pixels, a kernel of 3×3, strides 1 and 3).
 */
import { test } from "vitest";
import { random } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose } from "./close.js";

onEachBackEnd(() => {
  test.each([
    [
      [2, 3, 5, 1],
      [3, 3, 1, 1],
      [1, 3],
    ],
    [
      [2, 2, 3, 1],
      [1, 2, 1, 1],
      [1, 2],
    ],
    [
      [3, 5, 3, 1],
      [1, 3, 1, 2],
      [1, 2],
    ],
    [
      [2, 5, 3, 1],
      [3, 3, 1, 2],
      [3, 1],
    ],
  ] as const)("%o under %o, strides %o", (picture, kernel, stride) => {
    const [x, k] = [random(picture, 1), random(kernel, 2)];
    expectClose(fast.conv2d(x, k, { stride }), reference.conv2d(x, k, { stride }), 1);
  });
});
