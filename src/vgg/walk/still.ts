import { element, label, STILL_WIDTH, svgDocument } from "../../plot/svg.js";
import type { Point } from "./box.js";
import {
  boxExtent,
  type Extent,
  FACES,
  headings,
  LINES,
  type WalkStep,
  windowExtent,
} from "./parts.js";

const PICTURES = 230;
const LINE = 20;
const SPLIT = 0.66;

/** One layer of the walk as a still picture. */
export function walkStill(
  steps: readonly WalkStep[],
  start: number,
  title: string,
  alt: string,
): string {
  const step = steps[start]!;
  const role = step.isInput ? "input" : "output";
  const left = place(boxExtent(steps), 12, STILL_WIDTH * SPLIT - 24);
  const right = place(
    windowExtent(steps),
    STILL_WIDTH * SPLIT + 12,
    STILL_WIDTH * (1 - SPLIT) - 24,
  );
  const into = step.into ? [step.into.front, step.into.top, step.into.side] : [];
  const [first, second] = headings();
  const below = 40 + PICTURES + 20;
  const body = [
    label((STILL_WIDTH * SPLIT) / 2, 18, first, { "text-anchor": "middle" }),
    label((STILL_WIDTH * (1 + SPLIT)) / 2, 18, second, { "text-anchor": "middle" }),
    ...[step.out.front, step.out.top, step.out.side].map((face, i) =>
      path(face.map(left), LINES[role], 1, FACES[role][i]),
    ),
    ...into.map((face) => path(face.map(left), LINES.input, 1.5, "none", "2 4")),
    ...step.out.labels.map(({ at, text }) => {
      const [x, y] = left(at);
      return label(x, y + 5, text, { "text-anchor": "middle" });
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

/** Where a point of a plane lies in a box of pixels, all sides in the same scale. */
function place(extent: Extent, from: number, wide: number): (point: Point) => Point {
  const [width, height] = [extent.x[1] - extent.x[0], extent.y[1] - extent.y[0]];
  const scale = Math.min(wide / width, PICTURES / height);
  const x0 = from + (wide - width * scale) / 2;
  const y0 = 34 + (PICTURES - height * scale) / 2;
  return ([x, y]) => [x0 + (x - extent.x[0]) * scale, y0 + (extent.y[1] - y) * scale];
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
