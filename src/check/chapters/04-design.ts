/** Chapter 04: a layer of the reader's own, judged by what it does. */
import type { FloatArray } from "../../array.js";
import { arrayAnswer, type Exercise, exercise } from "../kinds/index.js";
import { size } from "./04-size.js";

/** Kernel, stride and padding of an answer; undefined unless it is three whole numbers that make sense. */
function layerOf(answer: FloatArray): { k: number; s: number; p: number } | undefined {
  if (answer.shape.join() !== "3") return undefined;
  const [k, s, p] = [answer.get(0), answer.get(1), answer.get(2)];
  const whole = [k, s, p].every(Number.isInteger) && k >= 1 && s >= 1 && p >= 0;
  return whole ? { k, s, p } : undefined;
}

/** How an answer misses the task, in the order in which it is told; undefined when it is right. */
function designFault(
  answer: FloatArray,
): "form" | "size" | "even" | "gaps" | "padding" | "left" | undefined {
  const layer = layerOf(answer);
  if (!layer) return "form";
  const { k, s, p } = layer;
  if (size(224, k, s, p) !== 56) return "size";
  if (k % 2 === 0) return "even";
  if (s > k) return "gaps";
  if (p >= k) return "padding";
  // The last window must reach the picture's last pixel; what lies after it is padding.
  return (224 + 2 * p - k) % s > p ? "left" : undefined;
}

export const designExercise: Exercise = exercise({
  id: "04-design",
  kind: arrayAnswer(),
  accepts: (answer) => designFault(answer) === undefined,
  mistakes: [
    {
      when: (answer) => designFault(answer) === "form",
      example: [7, 4],
      say: {
        en: "Give three whole numbers, [kernel, stride, padding]: kernel and stride at least 1, padding at least 0.",
        ko: "[커널, 보폭, 패딩]의 정수 세 개를 주세요. 커널과 보폭은 1 이상, 패딩은 0 이상입니다.",
      },
    },
    {
      when: (answer) => designFault(answer) === "size",
      example: [3, 2, 1],
      say: {
        en: "Put your numbers into the formula: this layer does not give 56.",
        ko: "식에 넣어 보세요. 이 층의 출력은 56이 아닙니다.",
      },
    },
    {
      when: (answer) => designFault(answer) === "even",
      example: [4, 4, 0],
      say: {
        en: "The size is right. But this kernel is even; an odd one has a middle.",
        ko: "크기는 맞습니다. 그러나 이 커널은 짝수입니다. 홀수라야 가운데가 있습니다.",
      },
    },
    {
      when: (answer) => designFault(answer) === "gaps",
      example: [3, 4, 0],
      say: {
        en: "The size is right, but the step is longer than the window: pixels between two windows are never seen.",
        ko: "크기는 맞지만 걸음이 창보다 깁니다. 두 창 사이의 화소를 아무도 보지 않습니다.",
      },
    },
    {
      when: (answer) => designFault(answer) === "padding",
      example: [5, 5, 28],
      say: {
        en: "The size is right, but the first windows stand in the padding alone and see no picture.",
        ko: "크기는 맞지만 처음 몇 창은 패딩 안에만 있어 그림을 보지 못합니다.",
      },
    },
    {
      when: (answer) => designFault(answer) === "left",
      example: [5, 4, 2],
      say: {
        en: "The size is right, but the last window ends before the picture does.",
        ko: "크기는 맞지만 마지막 창이 그림보다 먼저 끝납니다.",
      },
    },
  ],
  hint: {
    en: "From 224 to 56 is a quarter. Choose the stride first, then an odd kernel that is no smaller, then the padding.",
    ko: "224에서 56은 4분의 1입니다. 보폭을 먼저 정하고, 그보다 작지 않은 홀수 커널, 그다음 패딩을 정하세요.",
  },
  reason: {
    en: "With stride 4 any odd kernel from 5 on works when ⌊(224 + 2p − k)/4⌋ is 55, that is when k − 2p is between 1 and 4, and the rest of the division is at most p.",
    ko: "보폭이 4이면 ⌊(224 + 2p − k)/4⌋가 55, 곧 k − 2p가 1에서 4 사이이고 나머지가 p 이하일 때, 5 이상의 모든 홀수 커널이 됩니다.",
  },
  refuses: [[7, 4, 2.5], [7, 4, 0], [2, 4, 0], [4, 7, 3], 56, "stride 4"],
});
