import { shapeText } from "../../array.js";
import { cameText } from "../../came.js";
import { ArgumentError } from "../../errors.js";
import { decimalText, isExact, numberText } from "../numbers.js";
import { BUTTON, Interactive } from "../page/interactive.js";
import { pageScript } from "../page/script.js";
import { untilScript } from "../page/until-script.js";
import { element, escapeXml, label, STILL_WIDTH, svgDocument } from "../svg.js";
import { FONT, ROLE_COLOURS, SIZES } from "../theme.js";
import { word } from "../words.js";
import { gridCells } from "./grid-cells.js";
import { slideLayout } from "./layout.js";
import type { Matrix, Moves } from "./moves.js";
import { movingPart } from "./moving-part.js";
import { slidePage } from "./page.js";
import type { Line, Scene } from "./scene.js";
import { type StillParts, stillParts } from "./still-part.js";
import { writtenSum } from "./written-sum.js";

/** Options that the figure of a moving window adds to those of the operation. */
export interface SlideFigureOptions {
  readonly title?: string;
  readonly alt?: string;
  /** Row and column of the place where the window stands at first; of a row of numbers `[0, column]`. */
  readonly at?: readonly [row: number, column: number];
}

/** Letters whose digits are equally wide, so that the products stand below each other. */
const MONOSPACE = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace';
/** Where the window starts on a picture of more outputs than these: at the strongest one, not in an empty corner. */
const SMALL = 64;
/** Longest line of two factors a product that a phone shows in letters of a good size. */
const LINE_LETTERS = 44;
/** Height of a line of the sum on the still picture. */
const LINE = 20;

function startPlace(moves: Moves, places: Scene["places"], at: SlideFigureOptions["at"]): number {
  const [rows, columns] = places;
  if (at !== undefined) {
    const [row, column] = Array.isArray(at) && at.length === 2 ? at : [-1, -1];
    const inside = [row, column].every(Number.isInteger) && row >= 0 && column >= 0;
    if (!inside || row >= rows || column >= columns) {
      throw new ArgumentError(
        `The places have rows 0 to ${rows - 1} and columns 0 to ${columns - 1}; the window cannot start at ${cameText(at)}.`,
      );
    }
    return row * columns + column;
  }
  const { values } = moves.direction === "gather" ? moves.output : moves.input;
  if (values.length <= SMALL) return 0;
  return values.reduce(
    (best, value, i) => (Math.abs(value) > Math.abs(values[best]!) ? i : best),
    0,
  );
}

/** Everything that the page needs to know, with the grids in their places. */
export function slideScene(moves: Moves): Scene {
  const { direction, flat, rule, input, output } = moves;
  const walk = ({ k, stride, dilation, before }: Scene["rows"]): Scene["rows"] => ({
    k,
    stride,
    dilation,
    before,
  });
  const { rows, columns } = direction === "gather" ? output : input;
  const scene: Scene = {
    direction,
    flat,
    rule: rule.kind,
    bias: rule.kind === "sum" ? rule.bias : 0,
    ...slideLayout(moves),
    places: [rows, columns],
    rows: walk(moves.walks.rows),
    columns: walk(moves.walks.columns),
    factors: true,
    colours: ROLE_COLOURS,
    words: {
      bias: word("bias"),
      place: word(placeWord(moves)),
      addedTo: word(flat ? "addedToRow" : "addedTo"),
      play: word("play"),
      pause: word("pause"),
    },
  };
  const lengths = Array.from({ length: rows * columns }, (_, place) =>
    Math.max(...sumAt(scene, place).map((line) => lineText(line).length)),
  );
  return Math.max(...lengths) > LINE_LETTERS ? { ...scene, factors: false } : scene;
}

function placeWord({
  direction,
  flat,
}: Moves): "place" | "placeInRow" | "inputPlace" | "inputPlaceInRow" {
  if (direction === "gather") return flat ? "placeInRow" : "place";
  return flat ? "inputPlaceInRow" : "inputPlace";
}

/** The written sum of a place. */
export function sumAt(scene: Scene, place: number): Line[] {
  return writtenSum(scene, place, decimalText, isExact);
}

function lineText(line: Line): string {
  return line.map(([text]) => text).join("");
}

/** Draws a moving window: the pictures once, and a small script that moves the outlines and writes the sum. */
export function slideFigure(
  moves: Moves,
  options: SlideFigureOptions,
  defaultTitle: string,
): Interactive {
  const scene = slideScene(moves);
  const start = startPlace(moves, scene.places, options.at);
  const title = options.title ?? defaultTitle;
  const alt = [options.alt, altText(moves, scene, start)].filter(Boolean).join(" ");
  const standing = stillParts(scene, moves);
  const picture = still(scene, start, title, alt, standing);
  return new Interactive({
    title,
    alt,
    width: STILL_WIDTH,
    body: untilScript(picture, alt, body(scene, start, standing)),
    script: pageScript(
      slidePage,
      scene,
      gridCells,
      movingPart,
      writtenSum,
      numberText,
      decimalText,
      isExact,
    ),
    still: () => picture,
  });
}

function body(scene: Scene, start: number, standing: StillParts): string {
  const [down, across] = scene.places;
  const drawing = `<svg viewBox="0 0 ${STILL_WIDTH} ${Math.ceil(scene.height)}" style="display:block;width:100%;height:auto;touch-action:pan-y" font-family="${escapeXml(FONT)}" fill="currentColor" aria-hidden="true">${standing.below}<g data-moving></g>${standing.above}</svg>`;
  // As many lines at every place.
  const lines = sumAt(scene, start).length;
  const sum = `<div data-sum style="font-family:${escapeXml(MONOSPACE)};font-size:clamp(11px,2.4vw,14px);line-height:1.45;white-space:pre;overflow-x:auto;text-align:center;min-height:${(lines * 1.45).toFixed(2)}em"></div>`;
  const controls = `<div style="display:flex;gap:.8em;align-items:center;margin-top:.5em"><button type="button" style="${BUTTON};white-space:nowrap">${escapeXml(scene.words.play)}</button><input type="range" min="0" max="${down * across - 1}" value="${start}" aria-label="${escapeXml(scene.words.place)}" style="flex:1;min-width:4em"><span data-where style="white-space:nowrap;font-size:${SIZES.small}px"></span></div>`;
  return drawing + sum + controls;
}

/** The window at its first place, as a still picture. */
function still(
  scene: Scene,
  start: number,
  title: string,
  alt: string,
  standing: StillParts,
): string {
  const { height } = scene;
  const sum = sumAt(scene, start);
  const longest = Math.max(...sum.map((line) => lineText(line).length));
  const size = Math.max(9, Math.min(15, (STILL_WIDTH - 24) / (longest * 0.61)));
  const x = Math.max(12, (STILL_WIDTH - longest * size * 0.6) / 2);
  const caption = label(STILL_WIDTH / 2, height + 16, scene.words.place + placeText(scene, start), {
    "text-anchor": "middle",
    "font-size": SIZES.small,
  });
  const lines = sum.map((line, i) =>
    element(
      "text",
      { x, y: height + 40 + i * LINE, "font-family": "monospace", "font-size": size },
      ...line.map(([text, role]) =>
        element("tspan", { fill: role && scene.colours[role] }, escapeXml(text)),
      ),
    ),
  );
  const moving = movingPart(scene, start, gridCells, numberText);
  return svgDocument(title, alt, height + 40 + sum.length * LINE, [
    standing.below,
    moving,
    standing.above,
    caption,
    ...lines,
  ]);
}

function placeText({ flat, places: [, columns] }: Scene, place: number): string {
  const column = place % columns;
  return flat ? String(column) : `${Math.floor(place / columns)}, ${column}`;
}

function altText(moves: Moves, scene: Scene, place: number): string {
  const { input, output, bare, rule, walks, direction, flat } = moves;
  const shape = (rows: number, columns: number): string =>
    flat ? String(columns) : shapeText([rows, columns]);
  const size = ({ rows, columns }: Matrix): string => shape(rows, columns);
  const sum = sumAt(scene, place)
    .map(lineText)
    .join(" ")
    .replace(/[\u00a0 ]+/g, " ")
    .trim();
  return word(direction === "gather" ? "altSlide" : "altSpread", {
    kernel: rule.kernel ? size(rule.kernel) : shape(walks.rows.k, walks.columns.k),
    input: direction === "gather" ? shape(...bare) : size(input),
    output: direction === "gather" ? size(output) : shape(...bare),
    place: word(placeWord(moves)) + placeText(scene, place),
    sum: `${sum}.`,
  });
}
