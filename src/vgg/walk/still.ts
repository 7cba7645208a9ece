import { element, label, STILL_WIDTH, svgDocument } from "../../plot/svg.js";
import type { Point } from "./box.js";
import {
  boxExtent,
  CORNER,
  type Extent,
  FACES,
  headings,
  LINES,
  PICTURES,
  type WalkStep,
  windowExtent,
} from "./parts.js";

const TOP = 34;
const LINE = 20;

/** One layer of the walk as a still picture. */
export function walkStill(
  steps: readonly WalkStep[],
  start: number,
  title: string,
  alt: string,
): string {
  const step = steps[start]!;
  const role = step.isInput ? "input" : "output";
  const left = place(boxExtent(steps), 12, STILL_WIDTH - 24, PICTURES);
  const right = place(
    windowExtent(steps),
    STILL_WIDTH * CORNER.left,
    STILL_WIDTH * (1 - CORNER.left) - 12,
    PICTURES * CORNER.height,
  );
  const into = step.into ? [step.into.front, step.into.top, step.into.side] : [];
  const [first, second] = headings();
  const below = TOP + PICTURES + 26;
  const body = [
    label(24, 18, first),
    label((STILL_WIDTH * (1 + CORNER.left)) / 2, 18, second, { "text-anchor": "middle" }),
    ...[step.out.front, step.out.top, step.out.side].map((face, i) =>
      path(face.map(left), LINES[role], 1, FACES[role][i]),
    ),
    ...into.map((face) => path(face.map(left), LINES.input, 1.5, "none", "2 4")),
    ...step.out.labels.map(({ at, text, side }) => {
      const [x, y] = left(at);
      return side === "left"
        ? label(x - 5, y + 5, text, { "text-anchor": "end" })
        : label(x, y + 17, text, { "text-anchor": "middle" });
    }),
    path(step.picture.map(right), LINES.input, 2, FACES.input[1]),
    path(step.window.map(right), LINES.kernel, step.windowSide > 1 ? 3 : 5, "none"),
    ...step.lines.flatMap(({ name, text }, i) => [
      label(60, below + i * LINE, name),
      label(170, below + i * LINE, text, { "font-family": "monospace" }),
    ]),
  ];
  return svgDocument(title, alt, below + step.lines.length * LINE, body);
}

/** Where a point of a plane lies in pixels: in the same scale both ways, at the left, its foot at the bottom. */
function place(extent: Extent, from: number, wide: number, tall: number): (point: Point) => Point {
  const [width, height] = [extent.x[1] - extent.x[0], extent.y[1] - extent.y[0]];
  const scale = Math.min(wide / width, tall / height);
  const foot = TOP + tall;
  return ([x, y]) => [from + (x - extent.x[0]) * scale, foot - (y - extent.y[0]) * scale];
}

function path(
  points: readonly Point[],
  stroke: string,
  width: number,
  fill = "none",
  dashes?: string,
): string {
  return element("polygon", {
    points: points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" "),
    fill,
    stroke,
    "stroke-width": width,
    "stroke-dasharray": dashes,
    "stroke-linejoin": "round",
  });
}
