/** Chapter 02, convolution mathematics. */
import type { Exercise } from "../kinds/index.js";
import { turnExercises } from "./02-turn.js";
import { windowExercises } from "./02-window.js";

export const chapter02: Exercise[] = [...windowExercises, ...turnExercises];
