/** Chapter 02, first half: the dot product and the window. */
import { type FloatArray, fromFunction } from "../../array.js";
import { choice, type Exercise, exercise, functionAnswer, numberAnswer } from "../kinds/index.js";

/** One output value: the window's corner at (j, k), and how the kernel is read. */
type OneOutput = (image: FloatArray, kernel: FloatArray, j: number, k: number) => number;

function oneOutput(
  read: (
    image: FloatArray,
    kernel: FloatArray,
    j: number,
    k: number,
    l: number,
    m: number,
  ) => number,
): OneOutput {
  return (image, kernel, j, k) => {
    let total = 0;
    for (let l = 0; l < kernel.shape[0]!; l++) {
      for (let m = 0; m < kernel.shape[1]!; m++) total += read(image, kernel, j, k, l, m);
    }
    return total;
  };
}

export const correlate = oneOutput((i, w, j, k, l, m) => i.get(j + l, k + m) * w.get(l, m));
const flipped = oneOutput(
  (i, w, j, k, l, m) => i.get(j + l, k + m) * w.get(w.shape[0]! - 1 - l, w.shape[1]! - 1 - m),
);
const atTheCorner = oneOutput((i, w, _j, _k, l, m) => i.get(l, m) * w.get(l, m));
const rowsForColumns = oneOutput((i, w, j, k, l, m) => i.get(k + m, j + l) * w.get(l, m));

export const windowExercises: Exercise[] = [
  exercise({
    id: "02-unit",
    kind: numberAnswer(),
    answer: 2.5,
    mistakes: [
      {
        answer: 4,
        say: {
          en: "That is the dot product alone. The bias comes on top.",
          ko: "그것은 내적만 계산한 값입니다. 편향을 더해야 합니다.",
        },
      },
      {
        answer: 5.5,
        say: {
          en: "The bias is −1.5 and it is added, so it takes 1.5 away.",
          ko: "편향은 −1.5이고 더하는 것이므로, 1.5만큼 줄어듭니다.",
        },
      },
    ],
    hint: {
      en: "Multiply place by place and add: 1·2 + (−1)·1 + … Then add the bias, then apply ReLU.",
      ko: "같은 자리끼리 곱해서 더하세요: 1·2 + (−1)·1 + … 그다음 편향을 더하고 ReLU를 적용하세요.",
    },
    reason: {
      en: "1·2 + (−1)·1 + 2·0 + 3·1 = 4, and 4 + (−1.5) = 2.5. ReLU leaves a positive number as it is.",
      ko: "1·2 + (−1)·1 + 2·0 + 3·1 = 4이고, 4 + (−1.5) = 2.5입니다. ReLU는 양수를 그대로 둡니다.",
    },
    refuses: [0, -2.5, 1.5, "2.5", [2.5, 0]],
  }),
  exercise({
    id: "02-edge-name",
    kind: choice(["vertical edges", "horizontal edges", "both", "neither"]),
    answer: "horizontal edges",
    mistakes: [
      {
        answer: "vertical edges",
        say: {
          en: "This is the name that some notes print beside it. Lay it on a patch that is dark at the left and bright at the right: each row of the kernel meets 0, 0, 1, and the sum is −1 + 0 + 1 = 0.",
          ko: "어떤 자료에는 그렇게 적혀 있습니다. 왼쪽이 어둡고 오른쪽이 밝은 조각에 올려 보세요. 각 행이 0, 0, 1과 만나 합은 −1 + 0 + 1 = 0입니다.",
        },
      },
      {
        answer: "both",
        say: {
          en: "Each of its rows is constant, and the three rows sum to 0, so a change from left to right cancels: the answer to an upright edge is 0.",
          ko: "각 행 안에서는 값이 일정하므로, 좌우의 변화는 상쇄되어 세로 에지에 대한 답은 0입니다.",
        },
      },
    ],
    hint: {
      en: "Its rows are −1, 0, +1 from top to bottom. In which direction must the picture change for the sum to be large?",
      ko: "위에서 아래로 행이 −1, 0, +1입니다. 합이 커지려면 그림은 어느 방향으로 변해야 할까요?",
    },
    reason: {
      en: "It takes the bottom row minus the top row, so it answers to a change from top to bottom, and the line where that happens lies flat: a horizontal edge.",
      ko: "아래 행에서 위 행을 빼므로 위아래 방향의 변화에 반응하고, 그런 변화가 일어나는 선은 가로로 눕습니다. 가로 에지입니다.",
    },
    refuses: ["neither", "horizontal lines only", 2, true],
  }),
  exercise({
    id: "02-window",
    kind: functionAnswer([
      [
        fromFunction([3, 3], (r, c) => 3 * r! + c!),
        fromFunction([2, 2], (r, c) => r! - 2 * c!),
        0,
        0,
      ],
      [
        fromFunction([4, 5], (r, c) => 5 * r! + c! * c!),
        fromFunction([2, 2], (r, c) => 1 + r! + 3 * c!),
        2,
        1,
      ],
      [
        fromFunction([6, 6], (r, c) => (r! * 7 + c! * 3) % 5),
        fromFunction([3, 2], (r, c) => r! - c! + 1),
        1,
        3,
      ],
    ]),
    answer: correlate,
    mistakes: [
      {
        answer: flipped,
        say: {
          en: "You turned the kernel by half a turn: that is true convolution, the subject of scene 6. The formula here reads `K(l, m)` as it stands.",
          ko: "커널을 반 바퀴 돌렸습니다. 그것은 장면 6에서 다룰 진짜 합성곱입니다. 이 식은 `K(l, m)`을 있는 그대로 읽습니다.",
        },
      },
      {
        answer: atTheCorner,
        say: {
          en: "Your window always stands at the top left: j and k must move it.",
          ko: "창이 늘 왼쪽 위에 있습니다. j와 k만큼 옮겨야 합니다.",
        },
      },
      {
        answer: rowsForColumns,
        say: {
          en: "Rows come first: `get(row, column)`, and j counts rows.",
          ko: "행이 먼저입니다: `get(row, column)`이고, j는 행을 셉니다.",
        },
      },
    ],
    hint: {
      en: "The picture is read at row j + l and column k + m, the kernel at row l and column m.",
      ko: "그림은 j + l행 k + m열에서, 커널은 l행 m열에서 읽습니다.",
    },
    reason: {
      en: "total += image.get(j + l, k + m) * kernel.get(l, m): the window's corner plus the place inside the window.",
      ko: "total += image.get(j + l, k + m) * kernel.get(l, m): 창의 모서리에 창 안의 자리를 더합니다.",
    },
    refuses: [() => 0, oneOutput((i, _w, j, k, l, m) => i.get(j + l, k + m)), 7, "correlate"],
  }),
];
