/** Gradients of softmax where one class is nearly sure: what is left of differences still has its digits. */
import { describe, expect, test } from "vitest";
import { array, fromData, rowMajor } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { fastNetwork, network } from "../../src/train/index.js";
import { onEachBackEnd } from "./back-ends.js";

const scores = array([14, 0.5, 1, -2]);
const slopes = array([1.25, -0.75, 2, 0.5]);

/** In doubles, from p·Σj pj·(dy − dyj), which subtracts nothing that is nearly alike. */
function exactSlopes(): number[] {
  const p = Array.from(scores.data, (score) => Math.exp(score - 14));
  const sum = p.reduce((a, b) => a + b);
  const dy = slopes.data;
  return p.map((own, i) =>
    p.reduce((total, other, j) => total + ((own / sum) * other * (dy[i]! - dy[j]!)) / sum, 0),
  );
}

/** The same for the loss of class 0. */
function exactLossSlopes(): number[] {
  const p = Array.from(scores.data, (score) => Math.exp(score - 14));
  const sum = p.reduce((a, b) => a + b);
  return p.map((one, i) => (i === 0 ? 1 - sum : one) / sum);
}

function expectDigits(got: Float32Array, wanted: readonly number[]): void {
  wanted.forEach((value, i) => {
    expect(Math.abs(got[i]! - value)).toBeLessThanOrEqual(2e-6 * Math.abs(value));
  });
}

/** Softmax as a layer of a network, its scores 1×1 with four channels. */
const layer = { kind: "softmax" } as const;
const inNetwork = (net: ReturnType<typeof network | typeof fastNetwork>): Float32Array =>
  rowMajor(net.gradientAt(fromData(scores.data, [1, 1, 4]), fromData(slopes.data, [1, 1, 4])));

describe("in loops", () => {
  test("a softmax inside a network", () => {
    expectDigits(inNetwork(network([1, 1, 4], [layer])), exactSlopes());
  });

  test("softmaxGradient", () => {
    expectDigits(reference.softmaxGradient(scores, slopes).data, exactSlopes());
  });

  test("crossEntropyGradient", () => {
    expectDigits(reference.crossEntropyGradient(scores, 0).data, exactLossSlopes());
  });
});

onEachBackEnd(() => {
  test("a softmax inside a network", () => {
    expectDigits(inNetwork(fastNetwork([1, 1, 4], [layer])), exactSlopes());
  });

  test("softmaxGradient", () => {
    expectDigits(fast.softmaxGradient(scores, slopes).data, exactSlopes());
  });

  test("crossEntropyGradient", () => {
    expectDigits(fast.crossEntropyGradient(scores, 0).data, exactLossSlopes());
  });
});
