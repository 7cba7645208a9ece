/** Chapter 04, padding and stride. */
import type { Exercise } from "../kinds/index.js";
import { borderExercises } from "./04-border.js";
import { designExercise } from "./04-design.js";
import { sizeExercises } from "./04-size.js";

export const chapter04: Exercise[] = [...borderExercises, ...sizeExercises, designExercise];
