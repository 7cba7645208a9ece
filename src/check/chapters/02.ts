/** Chapter 02, convolution mathematics. */
import { type FloatArray, fromFunction, random } from "../../array.js";
import {
  arrayAnswer,
  choice,
  type Exercise,
  exercise,
  functionAnswer,
  numberAnswer,
} from "../kinds/index.js";

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

const correlate = oneOutput((i, w, j, k, l, m) => i.get(j + l, k + m) * w.get(l, m));
const flipped = oneOutput(
  (i, w, j, k, l, m) => i.get(j + l, k + m) * w.get(w.shape[0]! - 1 - l, w.shape[1]! - 1 - m),
);
const atTheCorner = oneOutput((i, w, _j, _k, l, m) => i.get(l, m) * w.get(l, m));
const rowsForColumns = oneOutput((i, w, j, k, l, m) => i.get(k + m, j + l) * w.get(l, m));

/** A kernel that is 1 at one place and 0 elsewhere. */
const single = (row: number, column: number): number[][] =>
  [0, 1, 2].map((r) => [0, 1, 2].map((c) => (r === row && c === column ? 1 : 0)));

/** Whether correlating with `kernel` moves a picture by `right` columns and nothing else. */
function moves(kernel: FloatArray, right: number): boolean {
  if (kernel.shape.join() !== "3,3") return false;
  const picture = random([7, 7], 4);
  for (let j = 1; j < 4; j++) {
    for (let k = 1; k < 4; k++) {
      // The window with its corner at (j, k) is centred on (j + 1, k + 1).
      if (Math.abs(correlate(picture, kernel, j, k) - picture.get(j + 1, k + 1 - right)) > 1e-5)
        return false;
    }
  }
  return true;
}

export const chapter02: Exercise[] = [
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
    id: "02-weights",
    kind: numberAnswer(),
    answer: 26,
    mistakes: [
      {
        answer: 25,
        say: {
          en: "25 weights, yes; the bias is learned too.",
          ko: "가중치는 25개가 맞습니다. 편향도 학습합니다.",
        },
      },
      {
        answer: 50,
        say: {
          en: "One bias for the whole kernel, not one a weight.",
          ko: "편향은 가중치마다 하나가 아니라, 커널 전체에 하나입니다.",
        },
      },
    ],
    hint: {
      en: "The 2×2 kernel learns 2·2 + 1 = 5 numbers. Where does the 1 come from?",
      ko: "2×2 커널은 2·2 + 1 = 5개를 학습합니다. 1은 어디에서 왔을까요?",
    },
    reason: {
      en: "5·5 weights and 1 bias, wherever the window stands: the size of the picture does not enter.",
      ko: "창이 어디에 있든 5·5개의 가중치와 편향 1개입니다. 그림의 크기는 상관없습니다.",
    },
    refuses: [5, 10, 11, 24, 6 * 6, 26.5],
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
  exercise({
    id: "02-impulse",
    kind: arrayAnswer(),
    answer: [
      [8, 7, 6],
      [5, 4, 3],
      [2, 1, 0],
    ],
    mistakes: [
      {
        answer: [
          [0, 1, 2],
          [3, 4, 5],
          [6, 7, 8],
        ],
        say: {
          en: "Handed to `conv2d`, this comes out turned, with 8 at the top left. It is `convolve2d` that gives a kernel back as it stands.",
          ko: "이것을 `conv2d`에 주면 반 바퀴 돌아서, 왼쪽 위에 8이 나옵니다. 커널을 그대로 돌려주는 것은 `convolve2d`입니다.",
        },
      },
      {
        answer: [
          [2, 1, 0],
          [5, 4, 3],
          [8, 7, 6],
        ],
        say: {
          en: "You mirrored left and right only. Half a turn swaps top and bottom too.",
          ko: "좌우만 뒤집었습니다. 반 바퀴를 돌면 위아래도 바뀝니다.",
        },
      },
      {
        answer: [
          [6, 7, 8],
          [3, 4, 5],
          [0, 1, 2],
        ],
        say: {
          en: "You mirrored top and bottom only. Half a turn swaps left and right too.",
          ko: "위아래만 뒤집었습니다. 반 바퀴를 돌면 좌우도 바뀝니다.",
        },
      },
      {
        answer: [
          [0, 3, 6],
          [1, 4, 7],
          [2, 5, 8],
        ],
        say: {
          en: "That is the transposed kernel: rows became columns. Half a turn is another thing.",
          ko: "그것은 행과 열을 바꾼 전치입니다. 반 바퀴 회전과는 다릅니다.",
        },
      },
    ],
    hint: {
      en: "At the first place the bright pixel lies in the window's last corner. Which weight must stand there, for a 0 to come out first?",
      ko: "첫 자리에서 밝은 점은 창의 마지막 모서리에 놓입니다. 처음에 0이 나오려면 그곳에 어떤 가중치가 있어야 할까요?",
    },
    reason: {
      en: "While the window moves right, the bright pixel moves left inside it, so the weights come out in reverse in both directions. Half a turn beforehand undoes that.",
      ko: "창이 오른쪽으로 움직이면 밝은 점은 창 안에서 왼쪽으로 움직이므로, 가중치가 두 방향 모두 거꾸로 나옵니다. 미리 반 바퀴 돌려 두면 원래대로 나옵니다.",
    },
    refuses: [
      [8, 7, 6, 5, 4, 3, 2, 1, 0],
      [
        [0, 0, 0],
        [0, 4, 0],
        [0, 0, 0],
      ],
      36,
      [[8, 7, 6], [5, 4], [2]],
    ],
  }),
  exercise({
    id: "02-twice",
    kind: arrayAnswer(),
    answer: [1, 2, 3, 2, 1],
    mistakes: [
      {
        answer: [1, 1, 1],
        say: {
          en: "Two passes see further than one: what a pixel takes from its neighbour already holds the neighbour's neighbour.",
          ko: "두 번 지나면 더 멀리 봅니다. 이웃에게서 받은 값에는 이웃의 이웃이 이미 들어 있습니다.",
        },
      },
      {
        answer: [1, 1, 1, 1, 1],
        say: {
          en: "The width is right. But the middle is reached in three ways, the ends in one.",
          ko: "너비는 맞습니다. 그러나 가운데에 이르는 길은 셋, 끝에 이르는 길은 하나입니다.",
        },
      },
      {
        answer: [1, 2, 1],
        say: {
          en: "That is [1, 1] twice. With [1, 1, 1] the width is 3 + 3 − 1 = 5.",
          ko: "그것은 [1, 1]을 두 번 한 것입니다. [1, 1, 1]이면 너비가 3 + 3 − 1 = 5입니다.",
        },
      },
    ],
    hint: {
      en: "Slide [1, 1, 1] over a single 1, then slide [1, 1, 1] over what came out.",
      ko: "[1, 1, 1]을 1 하나 위로 미끄러뜨리고, 나온 것 위로 한 번 더 미끄러뜨려 보세요.",
    },
    reason: {
      en: "The width is 3 + 3 − 1 = 5, and each place counts the ways to reach it in two steps: 1, 2, 3, 2, 1.",
      ko: "너비는 3 + 3 − 1 = 5이고, 각 자리는 두 걸음으로 그곳에 이르는 길의 수입니다: 1, 2, 3, 2, 1.",
    },
    refuses: [[1, 3, 3, 1], [1, 2, 3, 2], [2, 2, 2], 9],
  }),
  exercise({
    id: "02-mover",
    kind: arrayAnswer(),
    accepts: (kernel) => moves(kernel, 1),
    mistakes: [
      {
        when: (kernel) => moves(kernel, -1),
        example: single(1, 2),
        say: {
          en: "That one moves the picture to the left: with a 1 at the right, each output takes the value of its right neighbour.",
          ko: "그 커널은 그림을 왼쪽으로 옮깁니다. 1이 오른쪽에 있으면 각 출력은 오른쪽 이웃의 값을 가져옵니다.",
        },
      },
      {
        when: (kernel) => kernel.get(1, 1) === 1 && moves(kernel, 0),
        example: single(1, 1),
        say: {
          en: "A 1 in the middle copies the picture where it stands.",
          ko: "가운데의 1은 그림을 제자리에 복사합니다.",
        },
      },
      {
        when: (kernel) =>
          kernel.shape.join() === "3,3" && (kernel.get(0, 1) === 1 || kernel.get(2, 1) === 1),
        example: single(0, 1),
        say: {
          en: "That one moves the picture up or down. Left and right are the columns.",
          ko: "그 커널은 그림을 위나 아래로 옮깁니다. 좌우는 열입니다.",
        },
      },
    ],
    hint: {
      en: "One weight is 1, all others 0. After a move to the right, each place shows what stood at its left.",
      ko: "가중치 하나만 1이고 나머지는 0입니다. 오른쪽으로 옮긴 뒤 각 자리에는 그 왼쪽에 있던 것이 보입니다.",
    },
    reason: {
      en: "The 1 stands left of the middle: each output takes the value at its left, and the whole picture moves one column to the right. In a true convolution the 1 would stand at the right.",
      ko: "1은 가운데의 왼쪽에 있습니다. 각 출력이 왼쪽 값을 가져오므로 그림 전체가 한 열 오른쪽으로 갑니다. 진짜 합성곱이라면 1은 오른쪽에 있어야 합니다.",
    },
    refuses: [single(2, 1), single(0, 0), [0, 1, 0], [[1, 0, 0]], "left"],
  }),
  exercise({
    id: "02-claim",
    kind: choice(["equivariance", "invariance"]),
    answer: "equivariance",
    mistakes: [
      {
        answer: "invariance",
        say: {
          en: "Invariance would mean that the map does not change at all. Look at the second number of scene 8: it changes a great deal, it moves.",
          ko: "불변성이라면 맵이 전혀 변하지 않아야 합니다. 장면 8의 두 번째 수를 보세요. 많이 변합니다. 맵이 움직이기 때문입니다.",
        },
      },
    ],
    hint: {
      en: "Which of the two differences of scene 8 was 0: the one between the map and the map, or the one between the map and the moved map?",
      ko: "장면 8의 두 차이 가운데 0인 것은 어느 쪽이었나요? 맵과 맵 사이인가요, 맵과 옮긴 맵 사이인가요?",
    },
    reason: {
      en: "The feature is found again, but at the moved place: shift the picture and the map shifts along. That is equivariance. An answer that stays the same wherever the object stands is invariance, and it takes another step, such as a maximum over the whole map.",
      ko: "특징은 다시 발견되지만, 옮겨진 자리에서 발견됩니다. 그림을 옮기면 맵도 따라 움직입니다. 이것이 등변성입니다. 물체가 어디에 있든 같은 답을 주는 것은 불변성이며, 맵 전체의 최댓값 같은 단계가 더 필요합니다.",
    },
    refuses: ["both", "yes", 1],
  }),
];
