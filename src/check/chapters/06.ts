/** Chapter 06, activation and pooling. */
import type { Exercise } from "../kinds/index.js";
import { activationExercises } from "./06-activation.js";
import { poolingExercises } from "./06-pooling.js";

export const chapter06: Exercise[] = [...activationExercises, ...poolingExercises];
