/** Guesses and exercises that check themselves. */
export { Card } from "./card.js";
export { check } from "./check.js";
export { type Language, language } from "./language.js";
export { type CompareOptions, compare, type Guess, predict } from "./predict.js";
