/** Chapter 10: the rule for the window that one number sees, and the rules that are taken for it. */
import { type Exercise, exercise, functionAnswer } from "../kinds/index.js";

/** Side of the square that one number sees after these words. */
type Field = (words: readonly string[]) => number;

/** A rule for the window, told what a pooling does to the window and to the step, and a convolution to the window. */
function fieldRule(
  pooling: (window: number, step: number) => [window: number, step: number],
  convolution: (window: number, step: number) => number = (window, step) => window + 2 * step,
): Field {
  return (words) => {
    let window = 1;
    let step = 1;
    for (const word of words) {
      if (word === "M") [window, step] = pooling(window, step);
      else window = convolution(window, step);
    }
    return window;
  };
}

const field = fieldRule((window, step) => [window + step, 2 * step]);
const doubled = fieldRule(
  (window, step) => [2 * window, step],
  (window) => window + 2,
);
const poolingForgotten = fieldRule((window, step) => [window, 2 * step]);
const stepFirst = fieldRule((window, step) => [window + 2 * step, 2 * step]);
const stepForgotten = fieldRule(
  (window) => [window + 1, 1],
  (window) => window + 2,
);
const wholeKernel = fieldRule(
  (window, step) => [window + 2 * step, 2 * step],
  (window, step) => window + 3 * step,
);

export const windowExercise: Exercise = exercise({
  id: "10-window",
  kind: functionAnswer([
    [["64"]],
    [["64", "64", "M"]],
    [["8", "M", "16", "M", "16"]],
    [["64", "64", "M", "128", "128", "M", "256", "256", "256", "M"]],
  ]),
  answer: field,
  mistakes: [
    {
      answer: doubled,
      say: {
        en: "That is the rule that printed 308. A pooling doubles the step between neighbours; the window grows by one step only.",
        ko: "그것이 308을 낸 규칙입니다. 풀링은 이웃 사이의 걸음을 두 배로 만들고, 창은 한 걸음만큼만 커집니다.",
      },
    },
    {
      answer: wholeKernel,
      say: {
        en: "The window grows by k − 1 steps, not by k: one of the k places was there before.",
        ko: "창은 k걸음이 아니라 k − 1걸음만큼 커집니다. k곳 가운데 하나는 이미 있던 곳입니다.",
      },
    },
    {
      answer: poolingForgotten,
      say: {
        en: "A pooling looks at two neighbours as well, so its window grows by (2 − 1) steps before the step doubles.",
        ko: "풀링도 이웃 두 값을 봅니다. 걸음이 두 배가 되기 전에 창이 (2 − 1) 걸음만큼 커집니다.",
      },
    },
    {
      answer: stepFirst,
      say: {
        en: "You doubled the step before the pooling's own window grew. Grow first, with the old step.",
        ko: "풀링의 창이 커지기 전에 걸음을 두 배로 했습니다. 먼저 이전 걸음으로 창을 키우세요.",
      },
    },
    {
      answer: stepForgotten,
      say: {
        en: "Your step stays 1. After a pooling, neighbours lie twice as far apart in the photograph.",
        ko: "걸음이 계속 1입니다. 풀링을 지나면 이웃은 사진에서 두 배 멀리 떨어져 있습니다.",
      },
    },
  ],
  hint: {
    en: "A convolution: window + 2·step. A pooling: window + 1·step, and then step·2.",
    ko: "합성곱: 창 + 2·걸음. 풀링: 창 + 1·걸음, 그다음 걸음·2.",
  },
  reason: {
    en: "window += (k − 1)·step, then step *= stride. On line D this gives 212.",
    ko: "window += (k − 1)·step, 그다음 step *= stride입니다. D에 쓰면 212가 나옵니다.",
  },
  refuses: [() => 212, (words: readonly string[]) => words.length, 212, "308"],
});
