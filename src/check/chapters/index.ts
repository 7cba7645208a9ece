/** The exercises of all chapters. A new chapter adds one import and one entry. */
import type { Exercise } from "../exercise.js";
import { chapter02 } from "./02.js";
import { chapter04 } from "./04.js";
import { chapter06 } from "./06.js";
import { chapter10 } from "./10.js";

/** Every exercise by its id. */
export const exercises: ReadonlyMap<string, Exercise> = new Map(
  [chapter02, chapter04, chapter06, chapter10].flat().map((exercise) => [exercise.id, exercise]),
);
