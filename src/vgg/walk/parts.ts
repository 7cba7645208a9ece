/** What the walking figure draws of each layer, shared by the moving and the still picture. */
import { say } from "../../check/language.js";
import { ROLE_COLOURS, SEQUENTIAL } from "../../plot/theme.js";
import type { Summary } from "../summary.js";
import { type ArithmeticLine, arithmetic } from "./arithmetic.js";
import { type Box, box, type Point } from "./box.js";

/** One layer, ready to draw. */
export interface WalkStep {
  /** Such as "conv3_2". */
  readonly name: string;
  readonly out: Box;
  /** The box that comes in; the input has none. */
  readonly into?: Box;
  /** The input picture and the window that one output sees in it, both centred on (0, 0). */
  readonly picture: readonly Point[];
  readonly window: readonly Point[];
  readonly windowSide: number;
  readonly lines: readonly ArithmeticLine[];
  readonly isInput: boolean;
}

/** Ends of a plane's axes. */
export interface Extent {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/**
 * Boxes stand at the lower left; thick ones are short, so the upper right corner stays free for the window. In shares
 * of the figure's width and of the pictures' height.
 */
export const CORNER: { readonly left: number; readonly height: number } = {
  left: 0.64,
  height: 0.66,
};

/** Height of the pictures, in pixels. */
export const PICTURES = 280;

/** Boxes end here, in units of the input's longer side: beyond lie only vectors. */
const LONGEST = 2.5;

/** Light to dark: front, top and side of a box. */
export const FACES: Readonly<Record<"input" | "output", readonly [string, string, string]>> = {
  input: [SEQUENTIAL.input[2]!, SEQUENTIAL.input[1]!, SEQUENTIAL.input[3]!],
  output: [SEQUENTIAL.output[2]!, SEQUENTIAL.output[1]!, SEQUENTIAL.output[3]!],
};

/** Outlines: what comes in, what comes out, the window. */
export const LINES: typeof ROLE_COLOURS = ROLE_COLOURS;

/** Headings of the two pictures. */
export function headings(): readonly [string, string] {
  return [
    say({ en: "what comes out", ko: "나가는 것" }),
    say({ en: "what one value sees", ko: "값 하나가 보는 곳" }),
  ];
}

/** Every layer of a network as a step of the walk. */
export function walkSteps(summary: Summary): WalkStep[] {
  const [height, width] = summary.config.input;
  const longest = longestBox(summary);
  return summary.rows.map((row, index) => {
    const before = summary.rows[index - 1];
    return {
      name: row.name,
      out: box(row.shape, longest),
      ...(before && { into: box(before.shape, longest) }),
      picture: rectangle(height, width),
      window: rectangle(row.receptiveField, row.receptiveField),
      windowSide: row.receptiveField,
      lines: arithmetic(summary, index),
      isInput: row.kind === "input",
    };
  });
}

function longestBox(summary: Summary): number {
  const [height, width] = summary.config.input;
  const deepest = Math.max(
    ...summary.rows.filter(({ shape }) => shape.length === 3).map(({ shape }) => shape[2]!),
  );
  return Math.max(deepest, LONGEST * Math.max(height, width));
}

/** The plane that all boxes fit in. */
export function boxExtent(steps: readonly WalkStep[]): Extent {
  const corners = steps.flatMap(({ out }) => [...out.front, ...out.top, ...out.side]);
  const right = Math.max(...corners.map(([x]) => x));
  const top = Math.max(...corners.map(([, y]) => y));
  // Room for "28×28" on the left, on a phone too, and for one line below.
  return { x: [-0.15 * right, 1.04 * right], y: [-0.09 * right, 1.04 * top] };
}

/** The plane that the picture and all windows fit in. */
export function windowExtent(steps: readonly WalkStep[]): Extent {
  const sides = steps.flatMap(({ picture, window }) => [...picture, ...window]).flat();
  const end = 1.04 * Math.max(...sides);
  return { x: [-end, end], y: [-end, end] };
}

function rectangle(height: number, width: number): Point[] {
  const [x, y] = [width / 2, height / 2];
  return [
    [-x, -y],
    [-x, y],
    [x, y],
    [x, -y],
    [-x, -y],
  ];
}
