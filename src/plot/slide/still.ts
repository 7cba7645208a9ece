import { panelStill } from "../panel.js";
import { element, escapeXml, label, STILL_WIDTH, svgDocument } from "../svg.js";
import { PADDING, ROLE_COLOURS, SIZES } from "../theme.js";
import { word } from "../words.js";
import { type Line, lineText } from "./arithmetic.js";
import type { Matrix, Moves } from "./moves.js";
import {
  type Band,
  bareOutline,
  type Corners,
  outputOutline,
  paddingBands,
  windowOutline,
} from "./outline.js";
import { slideDomains, slideParts, slideSigns } from "./panels.js";

const PICTURES = 250;
const LINE = 20;

/** The window at one place, as a still picture: the same equation, outlines and sum. */
export function slideStill(
  moves: Moves,
  title: string,
  alt: string,
  place: number,
  sum: readonly Line[],
): string {
  const [row, column] = [Math.floor(place / moves.output.columns), place % moves.output.columns];
  const parts = slideParts(moves);
  const domains = slideDomains(
    parts.map(({ matrix }) => matrix),
    0,
  );
  const top = 30;
  const inner = STILL_WIDTH - 24;
  const boxes = domains.map(({ x, y }) => ({
    x: 12 + x[0] * inner,
    y: top + (1 - y[1]) * PICTURES,
    width: (x[1] - x[0]) * inner,
    height: (y[1] - y[0]) * PICTURES,
  }));
  const body = parts.flatMap(({ panel }, i) => panelStill(panel, boxes[i]!));
  const input = pixelsOf(parts[0]!.matrix, boxes[0]!);
  const output = pixelsOf(parts[parts.length - 1]!.matrix, boxes[parts.length - 1]!);
  const edge = bareOutline(moves);
  body.push(
    ...paddingBands(moves).map((band) => element("rect", { ...input(band), fill: PADDING })),
    ...(edge ? bands(edge).map((band) => outline(input(band), ROLE_COLOURS.input, 2)) : []),
    ...bands(windowOutline(moves, row, column)).map((band) =>
      outline(input(band), ROLE_COLOURS.kernel, 4),
    ),
    ...bands(outputOutline(row, column)).map((band) =>
      outline(output(band), ROLE_COLOURS.kernel, 4),
    ),
  );
  slideSigns(moves).forEach((sign, i) => {
    const [from, to] = [boxes[i]!, boxes[i + 1]!];
    const x = (from.x + from.width + to.x) / 2;
    body.push(label(x, top + PICTURES / 2 + 6, sign, { "font-size": 20, "text-anchor": "middle" }));
  });
  const caption = `${word("place")}${row}, ${column}`;
  const below = top + PICTURES + 24;
  body.push(
    label(STILL_WIDTH / 2, below, caption, { "text-anchor": "middle", "font-size": SIZES.small }),
  );
  body.push(...writtenSum(sum, below + 24));
  return svgDocument(title, alt, below + 24 + sum.length * LINE, body);
}

type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** How a rectangle of cells lies in the box of pixels that a matrix is drawn in. */
function pixelsOf(matrix: Matrix, box: Box): (band: Band) => Box {
  const cell = Math.min(box.width / matrix.columns, box.height / matrix.rows);
  const left = box.x + (box.width - cell * matrix.columns) / 2;
  return ({ x0, x1, y0, y1 }) => ({
    x: left + (x0 + 0.5 - matrix.firstColumn) * cell,
    y: box.y + (y0 + 0.5 - matrix.firstRow) * cell,
    width: (x1 - x0) * cell,
    height: (y1 - y0) * cell,
  });
}

/** The rectangles of an outline, which names two opposite corners of each. */
function bands({ x, y }: Corners): Band[] {
  const found: Band[] = [];
  for (let i = 0; i < x.length; i += 4) {
    found.push({ x0: x[i]!, x1: x[i + 1]!, y0: y[i]!, y1: y[i + 1]! });
  }
  return found;
}

function outline(box: Box, stroke: string, width: number): string {
  return element("rect", { ...box, fill: "none", stroke, "stroke-width": width });
}

/** The lines of the sum below each other, their longest in the middle of the page. */
function writtenSum(sum: readonly Line[], y: number): string[] {
  const longest = Math.max(...sum.map((line) => lineText(line).length));
  const size = Math.max(9, Math.min(15, (STILL_WIDTH - 24) / (longest * 0.61)));
  const x = Math.max(12, (STILL_WIDTH - longest * size * 0.6) / 2);
  return sum.map((line, i) =>
    element(
      "text",
      { x, y: y + i * LINE, "font-family": "monospace", "font-size": size },
      ...line.map(({ text, role }) =>
        element("tspan", { fill: role && ROLE_COLOURS[role] }, escapeXml(text)),
      ),
    ),
  );
}
