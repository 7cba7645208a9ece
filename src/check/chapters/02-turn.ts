/** Chapter 02, second half: the turned kernel, merging and shifting. */
import { type FloatArray, random } from "../../array.js";
import { arrayAnswer, choice, type Exercise, exercise } from "../kinds/index.js";
import { correlate } from "./02-window.js";

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

export const turnExercises: Exercise[] = [
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
