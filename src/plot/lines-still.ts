import { edges, horizontalAxis, legend, type Plane, plane, verticalAxis } from "./frame-still.js";
import { type Line, MARKED } from "./lines.js";
import { extent } from "./scale.js";
import { element, svgDocument } from "./svg.js";
import { DASHES, SERIES_COLOURS } from "./theme.js";
import { type Axis, makeAxis } from "./ticks.js";

/** Everything around the lines. */
export interface LinesStillParts {
  readonly title: string;
  readonly alt: string;
  readonly x: string;
  readonly y: string;
  readonly log: boolean;
  readonly range?: readonly [number, number];
}

/** Where lines are drawn, and how values lie there. */
export interface LinesFrame {
  readonly area: Plane;
  readonly xAxis: Axis;
  readonly yAxis: Axis;
}

/** What a frame is made from: its height and upper edge in pixels, and the ends of the vertical axis. */
export interface FrameOptions {
  readonly top: number;
  readonly height: number;
  readonly log?: boolean;
  readonly range?: readonly [number, number] | undefined;
}

/** A frame as wide as `everyLine` reaches and as high as `lines` do. */
export function linesFrame(
  everyLine: readonly Line[],
  lines: readonly Line[],
  { top, height, log = false, range }: FrameOptions,
): LinesFrame {
  const [xLow, xHigh] = extent(everyLine.flatMap(({ x }) => x));
  const [low, high] = range ?? extent(lines.flatMap(({ y }) => y));
  const room = range || log ? 0 : (high - low) * 0.04;
  return {
    area: plane(68, top, height),
    xAxis: makeAxis(xLow, xHigh, false),
    yAxis: makeAxis(low - room, high + room, log),
  };
}

/** A frame's axes with their names; without a name, the horizontal one has grid lines alone. */
export function frameDrawn({ area, xAxis, yAxis }: LinesFrame, y: string, x?: string): string[] {
  const across = horizontalAxis(xAxis, x ?? "", area);
  const named = x === undefined ? across.filter((part) => !part.startsWith("<text")) : across;
  return [...verticalAxis(yAxis, y, area), ...named, edges(area)];
}

/** Lines within a frame; the first has the colour of number `first`. */
export function linesDrawn(lines: readonly Line[], frame: LinesFrame, first = 0): string[] {
  const { area, xAxis, yAxis } = frame;
  const at = (x: number, y: number): string =>
    `${Math.round((area.left + area.width * xAxis.at(x)) * 10) / 10} ${Math.round((area.top + area.height * (1 - yAxis.at(y))) * 10) / 10}`;
  return lines.flatMap(({ x, y }, i) => {
    let pen = "M";
    const path: string[] = [];
    y.forEach((value, j) => {
      // A value that is no number breaks the line, as it does in the interactive figure.
      if (!Number.isFinite(value)) pen = "M";
      else {
        path.push(`${pen}${at(x[j]!, value)}`);
        pen = "L";
      }
    });
    const dots =
      y.length > MARKED
        ? []
        : y.flatMap((value, j) => (Number.isFinite(value) ? [at(x[j]!, value)] : []));
    return [
      element("path", { d: path.join(""), ...stroke(first + i) }),
      ...dots.map((dot) => {
        const [cx, cy] = dot.split(" ");
        return element("circle", { cx, cy, r: 4, fill: SERIES_COLOURS[first + i]! });
      }),
    ];
  });
}

/** The lines' names with a sample of each; nothing for a single line. */
export function linesLegend(lines: readonly Line[]): { body: string[]; height: number } {
  if (lines.length < 2) return { body: [], height: 4 };
  return legend(
    lines.map(({ name }) => name),
    (i, x, y) => element("path", { d: `M${x} ${y}h26`, ...stroke(i) }),
  );
}

/** Lines as a still picture. */
export function linesStill(lines: readonly Line[], parts: LinesStillParts): string {
  const { log, range } = parts;
  const key = linesLegend(lines);
  const frame = linesFrame(lines, lines, { top: key.height, height: 250, log, range });
  return svgDocument(parts.title, parts.alt, frame.area.top + frame.area.height + 46, [
    ...key.body,
    ...frameDrawn(frame, parts.y, parts.x),
    ...linesDrawn(lines, frame),
  ]);
}

function stroke(i: number): Record<string, string | number> {
  return {
    fill: "none",
    stroke: SERIES_COLOURS[i]!,
    "stroke-width": 2.5,
    "stroke-dasharray": DASHES[i]![1],
    "stroke-linejoin": "round",
  };
}
