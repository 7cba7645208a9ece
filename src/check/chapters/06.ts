/** Chapter 06, activation and pooling. */
import { array, type FloatArray } from "../../array.js";
import { maxPool } from "../../ops/reference/pooling.js";
import {
  arrayAnswer,
  choice,
  type Exercise,
  exercise,
  functionAnswer,
  numberAnswer,
  shapeAnswer,
} from "../kinds/index.js";

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

export const chapter06: Exercise[] = [
  exercise({
    id: "06-name",
    kind: choice(["pre-activation", "post-activation", "could be either"]),
    answer: "pre-activation",
    mistakes: [
      {
        answer: "post-activation",
        say: { en: "What does ReLU make of −1.8?" },
      },
      {
        answer: "could be either",
        say: { en: "The caption leaves it open, but the colour bar does not." },
      },
    ],
    hint: { en: "Don't trust the name. Look at the two ends of the colour bar." },
    reason: {
      en: "ReLU lets nothing below 0 through, so a map that reaches down to −1.8 is taken before it, whatever the caption says.",
    },
    refuses: ["activation map", -1.8, true],
  }),
  exercise({
    id: "06-slope",
    kind: functionAnswer([[-3], [-0.5], [0], [0.25], [4]]),
    answer: (x: number) => (x > 0 ? 1 : 0.1),
    mistakes: [
      {
        answer: (x: number) => (x > 0 ? 1 : 0),
        say: { en: "That is the slope of plain ReLU. The leaky one is not flat below 0." },
      },
      {
        answer: (x: number) => (x > 0 ? x : 0.1 * x),
        say: { en: "That is the curve itself. The slope says how much of a nudge it passes on." },
      },
      {
        answer: (x: number) => (x > 0 ? 0.1 : 1),
        say: { en: "The two sides are exchanged." },
      },
    ],
    hint: {
      en: "Nudge x = 2 by 0.01: the result moves by how much? Then x = −2, where the curve is 0.1·x.",
    },
    reason: { en: "A nudge passes whole where x > 0, and a tenth of it elsewhere." },
    refuses: [() => 0, () => 1, (x: number) => (x >= 0 ? 1 : 0.1), 0.1],
  }),
  exercise({
    id: "06-bias",
    kind: numberAnswer(),
    answer: -3,
    mistakes: [
      {
        answer: 3,
        say: { en: "The size is right. Which sign keeps the sum from rising above 0?" },
      },
      {
        answer: -1.5,
        say: {
          en: "1 − 0.5 + 2 − 1 = 1.5 is the sum for a picture that is white everywhere. Another picture gives more.",
        },
      },
      {
        answer: -2,
        say: { en: "Two of the weights are positive, and both can meet a bright pixel." },
      },
      {
        when: (bias) => bias < -3,
        example: -4.5,
        say: {
          en: "Dead it is, but a larger bias would do: a pixel cannot be −1, so a negative weight adds at best 0.",
        },
      },
      {
        when: (bias) => bias > -3 && bias < 0,
        example: -1,
        say: { en: "With this bias there is still a picture that makes it fire." },
      },
      {
        when: (bias) => bias >= 0,
        example: 0,
        say: {
          en: "Such a bias pushes nothing below 0: a white pixel under the weight 1 makes it fire.",
        },
      },
    ],
    hint: {
      en: "Which picture of 2×2 makes the weighted sum as large as it can be, when every pixel is between 0 and 1?",
    },
    reason: {
      en: "White under the weights 1 and 2, black under the negative ones: the sum is at most 3, and 3 + (−3) = 0 does not fire.",
    },
    refuses: [1.5, -2.9, -2.5, -3.5, "−3"],
  }),
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
