/** Chapter 06, the exercises on activation functions. */
import { choice, type Exercise, exercise, functionAnswer, numberAnswer } from "../kinds/index.js";

export const activationExercises: Exercise[] = [
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
];
