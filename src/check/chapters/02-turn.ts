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
    answer: "invariance",
    mistakes: [
      {
        answer: "equivariance",
        say: {
          en: "That is the property that convolution has: the map moves along with the picture. But the sentence says that nothing changes when the data moves.",
          ko: "그것은 합성곱이 가진 성질입니다. 그림을 옮기면 맵도 따라 움직입니다. 그러나 이 문장은 데이터가 움직여도 아무것도 변하지 않는다고 말합니다.",
        },
      },
    ],
    hint: {
      en: "Does the sentence say that the answer moves along, or that it does not change?",
      ko: "이 문장은 답이 따라 움직인다고 말하나요, 아니면 변하지 않는다고 말하나요?",
    },
    reason: {
      en: "An answer that stays the same wherever the object stands is invariant. Convolution does not give that: the map of scene 8 moved along with the picture, which is equivariance. Invariance takes another step, such as a maximum over the whole map.",
      ko: "물체가 어디에 있든 그대로인 답이 불변입니다. 합성곱은 그것을 주지 않습니다. 장면 8의 맵은 그림을 따라 움직였고, 그것이 등변성입니다. 불변성은 맵 전체의 최댓값 같은 단계가 더 필요합니다.",
    },
    refuses: ["both", "yes", 1],
  }),
];
