/** Chapter 04, first half: how many places, and what stands outside the picture. */
import { arrayAnswer, type Exercise, exercise, shapeAnswer } from "../kinds/index.js";

export const borderExercises: Exercise[] = [
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
        answer: [32, 48],
        say: {
          en: "That is the picture itself. Without padding the window cannot stand at every pixel.",
          ko: "그것은 그림의 크기입니다. 패딩이 없으면 창이 모든 화소에 설 수 없습니다.",
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
    refuses: [[29, 47], [28], [28, 46, 1], 1288, "28×46"],
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
        answer: [9, 5, 4, 7, 9, 5, 4, 7],
        say: {
          en: "You went on with the other end of the row, as if it were a ring. A mirror shows the near end.",
          ko: "줄이 고리인 것처럼 다른 쪽 끝을 이어 썼습니다. 거울에는 가까운 쪽이 비칩니다.",
        },
      },
      {
        when: (answer) => answer.shape.join() === "4",
        example: [4, 7, 9, 5],
        say: {
          en: "That is as long as the row itself. With 2 more on each side it has eight numbers.",
          ko: "원래 줄과 길이가 같습니다. 양쪽에 2개씩 더하면 수가 여덟 개입니다.",
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
    refuses: [[9, 7, 4, 7, 9, 5], [9, 7, 4, 7, 9, 5, 7, 9], 97],
  }),
];
