/** The kinds of answers that an exercise can ask for. */

export type { Definition, Exercise, Kind, Mistake } from "../exercise.js";
export { exercise } from "../exercise.js";
export { arrayAnswer } from "./array.js";
export { choice } from "./choice.js";
export { functionAnswer } from "./function.js";
export { networkLine } from "./network-line.js";
export { numberAnswer } from "./number.js";
export { shapeAnswer } from "./shape.js";
