/** Chapter 04, second half: the output size with stride, floor and dilation. */
import {
  arrayAnswer,
  type Exercise,
  exercise,
  functionAnswer,
  numberAnswer,
} from "../kinds/index.js";

type Size = (n: number, k: number, s: number, p: number) => number;

/** Places of a window of `k` on `n` pixels with stride `s` and padding `p` on each side. */
export const size: Size = (n, k, s, p) => Math.floor((n + 2 * p - k) / s) + 1;

export const sizeExercises: Exercise[] = [
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
        when: (answer) => answer === 6 || answer === 7,
        example: 6,
        say: {
          en: "That counts steps or places. The question asks for the rows that no window reaches.",
          ko: "걸음이나 자리를 세었습니다. 물음은 어떤 창도 닿지 않는 행의 수입니다.",
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
    refuses: [0, 1, 4, "2 rows"],
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
        answer: ((n, k, s) => Math.floor((n - k) / s) + 1) satisfies Size,
        say: {
          en: "Your function does not use p. How long is the row with its padding?",
          ko: "함수가 p를 쓰지 않습니다. 패딩까지 더한 줄의 길이는 얼마인가요?",
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
        answer: [24, 20, 12],
        say: {
          en: "These are the sizes without padding. P = 2 pixels stand on each side.",
          ko: "패딩이 없을 때의 크기입니다. 양쪽에 P = 2화소씩 있습니다.",
        },
      },
      {
        answer: [28, 24, 13],
        say: {
          en: "With stride 2 you counted the steps. The place where the window starts counts too.",
          ko: "보폭 2에서 걸음 수를 세었습니다. 창이 처음 서는 자리도 세어야 합니다.",
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
];
