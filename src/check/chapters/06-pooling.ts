/** Chapter 06, the exercises on pooling. */
import { array, type FloatArray } from "../../array.js";
import { maxPool } from "../../ops/reference/pooling.js";
import { arrayAnswer, type Exercise, exercise, shapeAnswer } from "../kinds/index.js";

const scene5 = array([
  [1, 3, 2, 0],
  [4, 2, 0, 1],
  [0, 1, 5, 2],
  [2, 0, 3, 6],
]);

/** How many of the 16 values are others than in the chapter's map; −1 for an array of another shape. */
function changedPlaces(map: FloatArray): number {
  if (map.shape.join() !== "4,4") return -1;
  let changed = 0;
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      if (map.get(row, column) !== scene5.get(row, column)) changed++;
    }
  }
  return changed;
}

/** Whether max pooling takes the map for the chapter's. */
function poolsAlike(map: FloatArray): boolean {
  return (
    map.shape.join() === "4,4" && maxPool(map, 2).data.join() === maxPool(scene5, 2).data.join()
  );
}

export const poolingExercises: Exercise[] = [
  exercise({
    id: "06-shape",
    kind: shapeAnswer(),
    answer: [7, 7, 8],
    mistakes: [
      {
        answer: [7.5, 7.5, 8],
        say: { en: "There is no half tile: what does not fit is left out." },
      },
      {
        answer: [8, 8, 8],
        say: { en: "Without padding the last row and column fill no tile, so they are left out." },
      },
      {
        answer: [7, 7, 4],
        say: { en: "Pooling works on each channel by itself. Does their number change?" },
      },
      {
        answer: [7, 7, 1],
        say: { en: "Channels are not summed; that is what a convolution does." },
      },
      {
        answer: [14, 14, 8],
        say: { en: "That is stride 1. Here the window jumps by its own width." },
      },
      {
        answer: [13, 13, 8],
        say: {
          en: "That is a window of 3 moving by 1. Here it is 2 wide and jumps by its own width.",
        },
      },
      {
        answer: [15, 15, 8],
        say: { en: "That is the shape before. One value is left of each tile." },
      },
      { answer: [8, 7, 7], say: { en: "The numbers are right, the order is not: H×W×C." } },
    ],
    hint: { en: "How many whole tiles of 2 fit side by side into 15?" },
    reason: { en: "⌊(15 − 2)/2⌋ + 1 = 7 rows and columns, and each of the 8 channels for itself." },
    refuses: [[7, 7], [15, 15, 8], [7, 8, 7], 7],
  }),
  exercise({
    id: "06-forge",
    kind: arrayAnswer(),
    accepts: (map) => changedPlaces(map) >= 12 && poolsAlike(map),
    mistakes: [
      {
        when: (map) => poolsAlike(map) && changedPlaces(map) < 12,
        example: [
          [0, 3, 2, 0],
          [4, 2, 0, 1],
          [0, 1, 5, 2],
          [2, 0, 3, 6],
        ],
        say: { en: "Max pooling is fooled, but fewer than 12 values differ from the old ones." },
      },
      {
        when: (map) => changedPlaces(map) >= 12 && !poolsAlike(map),
        example: [
          [9, 9, 9, 9],
          [9, 9, 9, 9],
          [9, 9, 9, 9],
          [9, 9, 9, 9],
        ],
        say: {
          en: "Enough has changed, but max pooling notices: the largest values of the four tiles must still be 4, 2, 2 and 6.",
        },
      },
    ],
    hint: {
      en: "Of each tile only the largest value counts. Keep that, and change the other three.",
    },
    reason: {
      en: "Three values of every tile are free, as long as none is above the largest: 12 of 16.",
    },
    refuses: [
      [
        [4, 2],
        [2, 6],
      ],
      [
        [1, 3, 2, 0],
        [4, 2, 0, 1],
        [0, 1, 5, 2],
        [2, 0, 3, 6],
      ],
      6,
    ],
  }),
  exercise({
    id: "06-average",
    kind: arrayAnswer(),
    answer: [
      [0.25, 0.25],
      [0.25, 0.25],
    ],
    mistakes: [
      {
        answer: [
          [1, 1],
          [1, 1],
        ],
        say: { en: "That is the sum of the tile, four times its mean." },
      },
      {
        answer: [
          [0.5, 0.5],
          [0.5, 0.5],
        ],
        say: { en: "The weights of a mean sum to 1; yours sum to 2." },
      },
      {
        answer: [
          [1, 0],
          [0, 0],
        ],
        say: { en: "That one drops three values and keeps the first." },
      },
    ],
    hint: { en: "Write the mean of four values as a weighted sum." },
    reason: { en: "(a + b + c + d)/4 = 0.25·a + 0.25·b + 0.25·c + 0.25·d." },
    refuses: [
      [0.25, 0.25, 0.25, 0.25],
      0.25,
      [
        [0.25, 0.25, 0.25],
        [0.25, 0.25, 0.25],
        [0.25, 0.25, 0.25],
      ],
    ],
  }),
];
