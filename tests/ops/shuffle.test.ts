/** Channel shuffle and shuffled group convolution: what they are, and the fast versions like the loops. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, fromFunction, random, toNested, zeros } from "../../src/array.js";
import {
  channelShuffle,
  channelShuffleGradient,
  conv2d,
  fast,
  reference,
  shuffledGroupConv2d,
  shuffledGroupConv2dGradient,
} from "../../src/ops/index.js";
import { asView, padding, perAxis, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose, expectSameOutcome, outcome } from "./close.js";
import { dot, expectSameGradients, expectSlopes } from "./family-cases.js";

const shape = fc.array(small(4), { maxLength: 3 });

describe("channelShuffle", () => {
  test("deals the channels of all groups in turn", () => {
    expect(toNested(channelShuffle(array([0, 1, 2, 3, 4, 5]), 2))).toEqual([0, 3, 1, 4, 2, 5]);
    expect(toNested(channelShuffle(array([0, 1, 2, 3, 4, 5]), 3))).toEqual([0, 2, 4, 1, 3, 5]);
    expect(toNested(channelShuffle(array([[[1, 2, 3, 4]], [[5, 6, 7, 8]]]), 2))).toEqual([
      [[1, 3, 2, 4]],
      [[5, 7, 6, 8]],
    ]);
  });

  test("shuffled back by as many groups as a group has channels; its gradient is its adjoint", () => {
    fc.assert(
      fc.property(shape, small(4), small(4), seed, (front, groups, each, s) => {
        const x = random([...front, groups * each], s);
        const y = channelShuffle(x, groups);
        expectClose(channelShuffle(y, each), x);
        const g = random(x.shape, s + 1);
        expect(dot(y, g)).toBeCloseTo(dot(x, channelShuffleGradient(x, groups, g)), 4);
      }),
    );
  });

  test("one group, or one channel each, changes nothing; no channels are no trouble", () => {
    const x = random([2, 6], 1);
    for (const groups of [1, 6]) expect(toNested(channelShuffle(x, groups))).toEqual(toNested(x));
    expect(channelShuffle(zeros([2, 0]), 3).shape).toEqual([2, 0]);
    expect(channelShuffle(zeros([0, 6]), 3).shape).toEqual([0, 6]);
  });

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "ArgumentError",
      () => channelShuffle(zeros([4, 6]), 4),
      "channelShuffle: 6 channels can't be split into 4 groups of equal size.",
    ],
    ["ArgumentError", () => channelShuffle(zeros([4, 6]), 0), /number of groups.*got 0/],
    [
      "ShapeError",
      () => channelShuffle(zeros([]), 1),
      "channelShuffle: the channels are the last axis, but a single number came.",
    ],
    ["ShapeError", () => channelShuffle([1, 2] as never, 1), /must be an array.*nested lists came/],
    ["ShapeError", () => channelShuffleGradient(zeros([4]), 2, zeros([2])), /4; got 2/],
  ])("%s", (name, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name }));
  });
});

describe("shuffledGroupConv2d", () => {
  test("lets the next groups see channels of each", () => {
    // Two group convolutions with 1s: without the shuffle the first output would see two of four channels.
    const ones = fromFunction([1, 1, 2, 4], () => 1);
    const x = array([[[1, 10, 100, 1000]]]);
    expect(toNested(conv2d(conv2d(x, ones, { groups: 2 }), ones, { groups: 2 }))).toEqual([
      [[22, 22, 2200, 2200]],
    ]);
    const once = shuffledGroupConv2d(x, ones, { groups: 2 });
    expect(toNested(once)).toEqual([[[11, 1100, 11, 1100]]]);
    expect(toNested(conv2d(once, ones, { groups: 2 }))).toEqual([[[1111, 1111, 1111, 1111]]]);
  });

  test("gradients are slopes; a grey picture has nothing to shuffle", () => {
    const arrays = {
      input: random([4, 3, 4], 1),
      kernel: random([2, 2, 2, 6], 2),
      bias: random([6], 3),
    };
    const options = { groups: 2, stride: 2, padding: 1 };
    expectSlopes(
      ({ input, kernel, bias }) =>
        shuffledGroupConv2d(input!, kernel!, { ...options, bias: bias! }),
      arrays,
      (g) => ({ ...shuffledGroupConv2dGradient(arrays.input, arrays.kernel, g, options) }),
    );
    const [grey, k, g] = [random([4, 4], 1), random([2, 2], 2), random([3, 3], 3)];
    expectClose(shuffledGroupConv2d(grey, k), conv2d(grey, k));
    expect(shuffledGroupConv2dGradient(grey, k, g).input.shape).toEqual([4, 4]);
    expect(() => shuffledGroupConv2d(zeros([4, 4, 3]), zeros([2, 2, 2, 6]), { groups: 2 })).toThrow(
      /^shuffledGroupConv2d: /,
    );
    expect(() => shuffledGroupConv2dGradient(grey, k, grey)).toThrow(
      /^shuffledGroupConv2dGradient: .*3×3; got 4×4/,
    );
  });
});

onEachBackEnd((_name, numRuns) => {
  test("fast shuffles give what the loops give", () => {
    fc.assert(
      fc.property(shape, small(4), small(4), fc.boolean(), seed, (front, groups, each, view, s) => {
        const x = random([...front, groups * each], s);
        const input = view ? asView(x) : x;
        expectClose(fast.channelShuffle(input, groups), reference.channelShuffle(input, groups));
        const g = random(x.shape, s + 1);
        expectClose(
          fast.channelShuffleGradient(input, groups, g),
          reference.channelShuffleGradient(input, groups, g),
        );
      }),
      { numRuns: numRuns / 3 },
    );
    expect(fast.channelShuffle(zeros([0, 6]), 3).shape).toEqual([0, 6]);
  });

  test("fast shuffled group convolutions give what the loops give", () => {
    fc.assert(
      fc.property(
        fc.tuple(small(2), small(6), small(6)),
        fc.tuple(small(3), small(3), seed),
        fc.tuple(small(3), small(2), small(2)),
        perAxis(2),
        padding,
        ([n, h, w], [kh, kw, s], [groups, a, b], stride, pad) => {
          const x = random([n, h, w, a * groups], s);
          const k = random([kh, kw, a, b * groups], s + 1);
          const options = { groups, stride, padding: pad, bias: 0.5 };
          const wanted = outcome(() => reference.shuffledGroupConv2d(x, k, options));
          expectSameOutcome(
            outcome(() => fast.shuffledGroupConv2d(x, k, options)),
            wanted,
            1,
          );
          if ("error" in wanted) return;
          const g = random(wanted.array.shape, s + 2);
          expectSameGradients(
            fast.shuffledGroupConv2dGradient(x, k, g, options),
            reference.shuffledGroupConv2dGradient(x, k, g, options),
          );
        },
      ),
      { numRuns: numRuns / 6 },
    );
    const [grey, kernel, g] = [random([4, 4], 1), random([2, 2], 2), random([3, 3], 3)];
    expectClose(fast.shuffledGroupConv2d(grey, kernel), conv2d(grey, kernel));
    expectSameGradients(
      fast.shuffledGroupConv2dGradient(grey, kernel, g),
      shuffledGroupConv2dGradient(grey, kernel, g),
    );
  });
});
