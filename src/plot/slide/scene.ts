/** What the page knows of a moving window: plain data, sent once. */

/** A grid of cells on the picture, in its units. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  /** Number of the first row and column, negative in a padding. */
  readonly firstRow: number;
  readonly firstColumn: number;
  /** Row by row; null is a gap. */
  readonly values: readonly (number | null)[];
  /** Left upper corner. */
  readonly x: number;
  readonly y: number;
  /** Width of a cell, the way from one column to the next, and the height of a row. */
  readonly cell: number;
  readonly step: number;
  readonly tall: number;
  /** Colours from `low` to `high`, and the ink that is read on each. */
  readonly low: number;
  readonly high: number;
  readonly shades: readonly string[];
  readonly inks: readonly string[];
  /** Size of the letters of the values; 0 when the cells are too small for them. */
  readonly letters: number;
}

/** How the window walks along one axis. */
export interface SceneWalk {
  readonly k: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

/** A moving window, ready to draw at any place. */
export interface Scene {
  readonly direction: "gather" | "spread";
  readonly flat: boolean;
  readonly rule: "sum" | "max" | "mean";
  readonly bias: number;
  readonly input: Grid;
  readonly kernel: Grid | null;
  readonly output: Grid;
  /** Of the picture, in its units. */
  readonly height: number;
  /** Rows and columns of places: of the output, or of a spread's input. */
  readonly places: readonly [number, number];
  readonly rows: SceneWalk;
  readonly columns: SceneWalk;
  /** Whether products are written as two factors, where a line has room for them. */
  readonly factors: boolean;
  /** Colours of outlines and numbers, by role. */
  readonly colours: { readonly input: string; readonly kernel: string; readonly output: string };
  readonly words: Readonly<Record<"bias" | "place" | "addedTo" | "play" | "pause", string>>;
}

/** A piece of a written sum: its text, and the role whose colour it has. */
export type Piece = readonly [text: string, role?: "input" | "kernel" | "output"];

/** One line of a written sum. */
export type Line = readonly Piece[];

/** How the page writes a number: at most so many decimals. */
export type DecimalText = (value: number, decimals?: number) => string;
/** Whether that leaves the value as it is. */
export type IsExact = (value: number, decimals?: number) => boolean;
/** How the page writes a number into a cell. */
export type NumberText = (value: number, digits?: number) => string;
