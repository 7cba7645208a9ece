/** Chapter 04, padding and stride. */
import type { FloatArray } from "../../array.js";
import {
  arrayAnswer,
  type Exercise,
  exercise,
  functionAnswer,
  numberAnswer,
  shapeAnswer,
} from "../kinds/index.js";

type Size = (n: number, k: number, s: number, p: number) => number;

const size: Size = (n, k, s, p) => Math.floor((n + 2 * p - k) / s) + 1;

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

export const chapter04: Exercise[] = [
  exercise({
    id: "04-shape",
    kind: shapeAnswer(),
    answer: [28, 46],
    mistakes: [
      {
        answer: [46, 28],
        say: {
          en: "Rows come first: H×W.",
          ko: "행이 먼저입니다: H×W.",
        },
      },
      {
        answer: [30, 44],
        say: {
          en: "You gave the 5 to the columns and the 3 to the rows. A 5×3 kernel has 5 rows.",
          ko: "5를 열에, 3을 행에 썼습니다. 5×3 커널은 행이 5개입니다.",
        },
      },
      {
        answer: [27, 45],
        say: {
          en: "You counted the steps. The place where the window starts counts too.",
          ko: "걸음 수를 세었습니다. 창이 처음 서는 자리도 세어야 합니다.",
        },
      },
      {
        answer: [28, 44],
        say: {
          en: "The rows are right. The kernel is narrower than it is tall: it has 3 columns.",
          ko: "행은 맞습니다. 커널은 세로보다 가로가 좁습니다. 열은 3개입니다.",
        },
      },
    ],
    hint: {
      en: "n − k + 1, once with the numbers of the rows, once with those of the columns.",
      ko: "n − k + 1을 행의 수로 한 번, 열의 수로 한 번 계산하세요.",
    },
    reason: {
      en: "32 − 5 + 1 = 28 rows and 48 − 3 + 1 = 46 columns: each axis is counted by itself.",
      ko: "행은 32 − 5 + 1 = 28, 열은 48 − 3 + 1 = 46입니다. 두 축은 따로 셉니다.",
    },
    refuses: [[32, 48], [28], [28, 46, 1], 1288, "28×46"],
  }),
  exercise({
    id: "04-reflect",
    kind: arrayAnswer(),
    answer: [9, 7, 4, 7, 9, 5, 9, 7],
    mistakes: [
      {
        answer: [4, 4, 4, 7, 9, 5, 5, 5],
        say: {
          en: "That is replicate: the edge pixel again and again.",
          ko: "그것은 가장자리 화소를 되풀이하는 replicate입니다.",
        },
      },
      {
        answer: [7, 4, 4, 7, 9, 5, 5, 9],
        say: {
          en: "Your mirror stands beside the edge pixel, so that pixel comes twice. In `reflect` the mirror stands on it: look at 3 2 1 2 3 4 above.",
          ko: "거울이 가장자리 화소 옆에 있어서 그 화소가 두 번 나옵니다. `reflect`의 거울은 그 화소 위에 있습니다. 위의 3 2 1 2 3 4를 보세요.",
        },
      },
      {
        answer: [0, 0, 4, 7, 9, 5, 0, 0],
        say: {
          en: "That is zero padding.",
          ko: "그것은 0으로 채운 패딩입니다.",
        },
      },
      {
        answer: [7, 9, 4, 7, 9, 5, 7, 9],
        say: {
          en: "The right numbers, in the wrong order. In a mirror what is near stays near: next to the 4 stands its neighbour.",
          ko: "수는 맞고 순서가 다릅니다. 거울에서 가까운 것은 가까이 있습니다. 4 바로 옆에는 4의 이웃이 옵니다.",
        },
      },
    ],
    hint: {
      en: "Hold a mirror on the 4. Which number is one step from it, which two?",
      ko: "4 위에 거울을 세워 보세요. 한 걸음 떨어진 수와 두 걸음 떨어진 수는 무엇인가요?",
    },
    reason: {
      en: "One step from the 4 stands the 7, two steps the 9, so outside it reads 9, 7; at the other end one step from the 5 stands the 9, two steps the 7.",
      ko: "4에서 한 걸음은 7, 두 걸음은 9이므로 바깥은 9, 7입니다. 다른 쪽에서는 5에서 한 걸음이 9, 두 걸음이 7입니다.",
    },
    refuses: [[9, 7, 4, 7, 9, 5], [4, 7, 9, 5], [9, 7, 4, 7, 9, 5, 7, 9], 97],
  }),
  exercise({
    id: "04-left",
    kind: numberAnswer(),
    answer: 2,
    mistakes: [
      {
        answer: 26,
        say: {
          en: "26 rows remain after the first place. Most of them are visited by the steps that follow.",
          ko: "첫 자리 뒤에 26행이 남습니다. 그 대부분은 이어지는 걸음이 지나갑니다.",
        },
      },
      {
        answer: 6.5,
        say: {
          en: "6.5 steps: the 6 are taken, the half is not. How many rows is half a step?",
          ko: "6.5걸음입니다. 6걸음은 가고 반걸음은 가지 못합니다. 반걸음은 몇 행인가요?",
        },
      },
      {
        answer: 0.5,
        say: {
          en: "Half a step is left over. The question asks for rows: a step has 4.",
          ko: "반걸음이 남습니다. 물음은 행의 수입니다. 한 걸음은 4행입니다.",
        },
      },
      {
        answer: 3,
        say: {
          en: "31 divided by 4 leaves 3, but the first place takes 5 rows, not 4.",
          ko: "31을 4로 나누면 3이 남지만, 첫 자리는 4행이 아니라 5행을 씁니다.",
        },
      },
    ],
    hint: {
      en: "Where does the last window begin, and which is its last row? Rows are 0 to 30.",
      ko: "마지막 창은 어디서 시작하고, 마지막 행은 몇 번인가요? 행은 0부터 30까지입니다.",
    },
    reason: {
      en: "31 − 5 = 26 = 6·4 + 2. The last window begins at row 24 and ends at row 28; rows 29 and 30 are never seen.",
      ko: "31 − 5 = 26 = 6·4 + 2입니다. 마지막 창은 24행에서 시작해 28행에서 끝나고, 29행과 30행은 아무도 보지 않습니다.",
    },
    refuses: [0, 1, 4, 7, "2 rows"],
  }),
  exercise({
    id: "04-size",
    kind: functionAnswer([
      [5, 3, 1, 0],
      [28, 5, 1, 2],
      [8, 3, 2, 0],
      [224, 7, 2, 3],
      [30, 4, 3, 1],
    ]),
    answer: size,
    mistakes: [
      {
        answer: ((n, k, s, p) => (n + 2 * p - k) / s + 1) satisfies Size,
        say: {
          en: "For 8, 3, 2, 0 this gives 3.5 places. Half a place does not exist.",
          ko: "8, 3, 2, 0이면 3.5자리가 됩니다. 반 자리는 없습니다.",
        },
      },
      {
        answer: ((n, k, s, p) => Math.floor((n + p - k) / s) + 1) satisfies Size,
        say: {
          en: "The padding lies on both sides.",
          ko: "패딩은 양쪽에 있습니다.",
        },
      },
      {
        answer: ((n, k, s, p) => Math.floor((n + 2 * p - k) / s)) satisfies Size,
        say: {
          en: "You counted the steps. The place where the window starts counts too.",
          ko: "걸음 수를 세었습니다. 창이 처음 서는 자리도 세어야 합니다.",
        },
      },
      {
        answer: ((n, k, s, p) => Math.floor((n + 2 * p - k + 1) / s)) satisfies Size,
        say: {
          en: "The + 1 is the first place, not a pixel: it comes after the division.",
          ko: "+ 1은 화소가 아니라 첫 자리입니다. 나눈 다음에 더합니다.",
        },
      },
      {
        answer: ((n, k, s, p) => Math.ceil((n + 2 * p - k) / s) + 1) satisfies Size,
        say: {
          en: "Rounding up counts a last window that does not fit any more.",
          ko: "올림을 하면 더는 들어가지 않는 마지막 창까지 세게 됩니다.",
        },
      },
      {
        answer: ((n, k, s, p) => Math.round((n + 2 * p - k) / s) + 1) satisfies Size,
        say: {
          en: "`Math.round` takes a half upward; a started step is not a step.",
          ko: "`Math.round`는 반을 올립니다. 시작만 한 걸음은 걸음이 아닙니다.",
        },
      },
    ],
    hint: {
      en: "How many pixels are left after the first place, how many whole steps are in them, and which place have you not counted yet?",
      ko: "첫 자리 뒤에 화소가 몇 개 남고, 그 안에 온전한 걸음이 몇 번 있으며, 아직 세지 않은 자리는 무엇인가요?",
    },
    reason: {
      en: "Math.floor((n + 2 * p - k) / s) + 1: the room after the first place, in whole steps, and the first place.",
      ko: "Math.floor((n + 2 * p - k) / s) + 1: 첫 자리 뒤의 공간을 온전한 걸음으로 세고 첫 자리를 더합니다.",
    },
    refuses: [() => 3, (n: number) => n, ((n, k) => n - k + 1) satisfies Size, 112],
  }),
  exercise({
    id: "04-claim",
    kind: arrayAnswer(),
    answer: [28, 24, 14],
    mistakes: [
      {
        answer: [28, 28, 28],
        say: {
          en: "So the claim says. Put the numbers into the formula: with dilation 2 the five entries span more than 5.",
          ko: "주장대로라면 그렇습니다. 식에 수를 넣어 보세요. 확장이 2이면 다섯 원소가 차지하는 폭은 5보다 넓습니다.",
        },
      },
      {
        answer: [28, 28, 14],
        say: {
          en: "Dilation widens the window: its effective size is d(k − 1) + 1.",
          ko: "확장은 창을 넓힙니다. 유효 크기는 d(k − 1) + 1입니다.",
        },
      },
      {
        answer: [28, 22, 14],
        say: {
          en: "You took 10 for the span, d·k. From the first entry to the last there are k − 1 distances.",
          ko: "폭을 d·k, 곧 10으로 보았습니다. 첫 원소에서 마지막 원소까지의 간격은 k − 1개입니다.",
        },
      },
      {
        answer: [28, 24, 14.5],
        say: {
          en: "Half a place does not exist: round down.",
          ko: "반 자리는 없습니다. 내림하세요.",
        },
      },
      {
        answer: [28, 24, 15],
        say: {
          en: "(28 + 4 − 5)/2 is 13.5: round down, then add 1.",
          ko: "(28 + 4 − 5)/2는 13.5입니다. 내림한 다음 1을 더하세요.",
        },
      },
    ],
    hint: {
      en: "Use the complete formula three times; only d or s changes.",
      ko: "완전한 식을 세 번 쓰세요. d나 s만 바뀝니다.",
    },
    reason: {
      en: "28, then 28 + 4 − 9 + 1 = 24 (the span is 2·4 + 1 = 9), then ⌊27/2⌋ + 1 = 14. The claim needs an odd kernel, stride 1 and dilation 1.",
      ko: "28, 그다음 28 + 4 − 9 + 1 = 24(폭은 2·4 + 1 = 9), 그다음 ⌊27/2⌋ + 1 = 14입니다. 이 주장에는 홀수 커널, 보폭 1, 확장 1이 필요합니다.",
    },
    refuses: [[28, 24], [28, 14, 24], [24, 24, 14], 28, "no"],
  }),
  exercise({
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
        example: [5, 5, 27],
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
  }),
];
