/** The three spaces that windows walk over, a line, an image and a volume: how their axes are called. */
/** One spatial axis. */
interface SpaceAxis {
  /** Its letter in shapes, as in H×W. */
  readonly letter: string;
  /** The kernel's letter, as in Kh×Kw. */
  readonly kernelLetter: string;
  /** What an index along it counts. */
  readonly plural: string;
  /** How a list of numbers, one for each axis, names it. */
  readonly direction: string;
  /** How a list of paddings, one for each axis, names it. */
  readonly border: string;
  /** The sides that can be padded: before the first and after the last. */
  readonly sides: readonly [before: string, after: string];
}

/** The spatial axes of an array, outermost first. */
export type Space = readonly SpaceAxis[];

const across: SpaceAxis = {
  letter: "W",
  kernelLetter: "Kw",
  plural: "columns",
  direction: "across",
  border: "horizontal",
  sides: ["left", "right"],
};
const down: SpaceAxis = {
  letter: "H",
  kernelLetter: "Kh",
  plural: "rows",
  direction: "down",
  border: "vertical",
  sides: ["top", "bottom"],
};
const deep: SpaceAxis = {
  letter: "D",
  kernelLetter: "Kd",
  plural: "slices",
  direction: "deep",
  border: "depth",
  sides: ["front", "back"],
};

/** A signal: L, L×C or N×L×C. */
export const LINE: Space = [
  {
    letter: "L",
    kernelLetter: "K",
    plural: "steps",
    direction: "along",
    border: "both",
    sides: ["before", "after"],
  },
];
/** An image: H×W, H×W×C or N×H×W×C. */
export const IMAGE: Space = [down, across];
/** A volume: D×H×W, D×H×W×C or N×D×H×W×C. */
export const VOLUME: Space = [deep, down, across];

/** The letters of the spatial axes, as in H×W. */
export function letters(space: Space): string {
  return space.map(({ letter }) => letter).join("×");
}

/** The letters of a kernel's spatial axes, as in Kh×Kw. */
export function kernelLetters(space: Space): string {
  return space.map(({ kernelLetter }) => kernelLetter).join("×");
}
