import { edges, horizontalAxis, legend, plane, verticalAxis } from "./frame-still.js";
import { type Line, MARKED } from "./lines.js";
import { extent } from "./scale.js";
import { element, svgDocument } from "./svg.js";
import { DASHES, SERIES_COLOURS } from "./theme.js";
import { makeAxis } from "./ticks.js";

/** Everything around the lines. */
export interface LinesStillParts {
  readonly title: string;
  readonly alt: string;
  readonly x: string;
  readonly y: string;
  readonly log: boolean;
  readonly range?: readonly [number, number];
}

/** Lines as a still picture. */
export function linesStill(lines: readonly Line[], parts: LinesStillParts): string {
  const [xLow, xHigh] = extent(lines.flatMap(({ x }) => x));
  const [low, high] = parts.range ?? extent(lines.flatMap(({ y }) => y));
  const room = parts.range || parts.log ? 0 : (high - low) * 0.04;
  const xAxis = makeAxis(xLow, xHigh, false);
  const yAxis = makeAxis(low - room, high + room, parts.log);
  const key =
    lines.length > 1
      ? legend(
          lines.map(({ name }) => name),
          (i, x, y) => element("path", { d: `M${x} ${y}h26`, ...stroke(i) }),
        )
      : { body: [], height: 4 };
  const area = plane(68, key.height, 250);
  const at = (x: number, y: number): string =>
    `${Math.round((area.left + area.width * xAxis.at(x)) * 10) / 10} ${Math.round((area.top + area.height * (1 - yAxis.at(y))) * 10) / 10}`;
  const drawn = lines.flatMap(({ x, y }, i) => {
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
      element("path", { d: path.join(""), ...stroke(i) }),
      ...dots.map((dot) => {
        const [cx, cy] = dot.split(" ");
        return element("circle", { cx, cy, r: 4, fill: SERIES_COLOURS[i]! });
      }),
    ];
  });
  return svgDocument(parts.title, parts.alt, area.top + area.height + 46, [
    ...key.body,
    ...verticalAxis(yAxis, parts.y, area),
    ...horizontalAxis(xAxis, parts.x, area),
    edges(area),
    ...drawn,
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
