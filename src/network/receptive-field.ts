/** What a unit sees of the picture, and what a pixel reaches: in theory, from sizes, strides, dilations and padding. */
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import { requireOptions } from "../ops/known-options.js";
import { type AxisView, type Interval, pixelsOf, seenBy, unitsOn, viewOf } from "./axis.js";
import type { NetworkSpec } from "./layers.js";
import { type NetworkSource, networkOf } from "./source.js";
import { type Step, steps } from "./steps.js";

/** A rectangle of pixels or units. */
export interface Rectangle {
  /** First row: may be below 0 where the rectangle is not cut off at the picture. */
  readonly top: number;
  /** First column. */
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** What one unit sees. */
export interface UnitWindow extends Rectangle {
  /** How much of the whole window lies in the picture: 1 in the middle, about a third for a corner unit of VGG's pool5. */
  readonly share: number;
}

/** What the units of one layer see of the picture. `String(field)` says it in a sentence. */
export class ReceptiveField {
  readonly network: NetworkSpec;
  /** The layer's name. */
  readonly layer: string;
  /** Rows and columns of units: 1×1 behind a layer that reads the whole map. */
  readonly units: readonly [rows: number, columns: number];
  readonly rows: AxisView;
  readonly columns: AxisView;
  /** Side of the square that a unit sees, in pixels; the longer side where they differ. */
  readonly size: number;
  /** Pixels between the windows of neighbouring units (down). */
  readonly jump: number;
  /** First row of the first unit's window; below 0 in the padding. */
  readonly start: number;
  readonly #step: Step;

  constructor(network: NetworkSpec, step: Step) {
    this.network = network;
    this.layer = step.name;
    this.#step = step;
    this.units = step.output.extent;
    this.rows = viewOf(step.output.links[0]);
    this.columns = viewOf(step.output.links[1]);
    this.size = Math.max(this.rows.size, this.columns.size);
    this.jump = this.rows.jump;
    this.start = this.rows.start;
  }

  /**
   * The pixels from the first to the last that a unit sees.
   *
   * @param options.clip whether only pixels of the picture count (default true); with false the window is as large as
   * {@link size} says, also where it hangs over the border.
   * @throws {ArgumentError} when there is no such unit or option.
   * @example network.receptiveField("D", "pool5").window(0, 0).height // → 122
   */
  window(row: number, column: number, options: { clip?: boolean } = {}): UnitWindow {
    requireOptions("window", options, { clip: true });
    const inside = this.pixels(row, column);
    const { links } = this.#step.output;
    const whole = rectangle(seenBy(links[0], [row, row]), seenBy(links[1], [column, column]));
    const cut = rectangle(ends(inside.rows), ends(inside.columns));
    const area = whole.height * whole.width;
    return {
      ...(options.clip === false ? whole : cut),
      share: area === 0 ? 0 : (cut.height * cut.width) / area,
    };
  }

  /**
   * The rows and columns that a unit reads: every pixel in one of the rows and one of the columns. Dilation and wide
   * strides leave holes. Of a residual block the rows of all branches are put together, and the columns.
   *
   * @throws {ArgumentError} when there is no such unit.
   * @example network.receptiveField(network.describe([9, 9, 1], [train.conv(1, 3, { dilation: 2 })])).pixels(0, 0).rows // → [0, 2, 4]
   */
  pixels(row: number, column: number): { rows: number[]; columns: number[] } {
    const [height, width] = this.units;
    if (!isIndex(row, height) || !isIndex(column, width)) {
      throw new ArgumentError(
        `${this.layer} has ${height}×${width} units, rows 0 to ${height - 1} and columns 0 to ${width - 1}; there is no unit (${row}, ${column}).`,
      );
    }
    const { links } = this.#step.output;
    return { rows: pixelsOf(links[0], [row]), columns: pixelsOf(links[1], [column]) };
  }

  /** The field in one sentence. */
  toString(): string {
    const { rows, columns } = this;
    const same =
      rows.size === columns.size && rows.jump === columns.jump && rows.start === columns.start;
    const both = (value: (view: AxisView) => number): string =>
      same ? `${value(rows)}` : `${value(rows)} (down) and ${value(columns)} (across)`;
    return `A unit of ${this.layer} sees ${rows.size}×${columns.size} pixels; the windows of neighbours are ${both((view) => view.jump)} apart, and the first begins at ${both((view) => view.start)}.`;
  }

  /** What `console.log` prints. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/**
 * The receptive field of a layer's units, in theory: size r, jump j and start s of the window follow
 * r ← r + d(k − 1)·j, s ← s − padding·j, j ← j·stride from r = j = 1, s = 0 (Araujo et al. 2019). A residual block
 * sees what its widest branch sees; an upsampling divides the jump; pointwise layers see what they stand on.
 *
 * @param source a network, or a VGG-style line.
 * @param layer a layer's name, such as `"conv2"` or VGG's `"pool5"`, or its place from 1 (default: the last).
 * @throws {ArgumentError} when there is no such layer; the message lists those that exist.
 * @throws {ShapeError} when the network can't exist.
 * @example network.receptiveField("D", "pool5").size // → 212
 */
export function receptiveField(source: NetworkSource, layer?: string | number): ReceptiveField {
  const network = networkOf(source);
  return new ReceptiveField(network, stepOf(network, layer));
}

/** Units that a pixel reaches in one layer. */
export interface Reach extends Rectangle {
  readonly layer: string;
  /** Whether it reaches any: a stride larger than the kernel leaves pixels that no unit reads. */
  readonly any: boolean;
}

/**
 * The forward cone of one pixel: for each layer, the units from the first to the last that it can change.
 *
 * @throws {ArgumentError} when the picture has no such pixel.
 * @throws {ShapeError} when the network can't exist.
 * @example network.reach("8 8 M GAP", [3, 3])[2]?.height // → 5
 */
export function reach(
  source: NetworkSource,
  pixel: readonly [row: number, column: number],
): Reach[] {
  if (!Array.isArray(pixel) || pixel.length !== 2) {
    throw new ArgumentError(
      `A pixel is its row and column, such as [3, 3]; got ${cameText(pixel)}.`,
    );
  }
  const [row, column] = pixel;
  const network = networkOf(source);
  const [height, width] = network.input;
  if (!isIndex(row, height) || !isIndex(column, width)) {
    throw new ArgumentError(
      `The picture has ${height}×${width} pixels, rows 0 to ${height - 1} and columns 0 to ${width - 1}; there is no pixel (${row}, ${column}).`,
    );
  }
  return steps(network).map(({ name, output: { links } }) => {
    const rows = ends(unitsOn(links[0], [row]));
    const columns = ends(unitsOn(links[1], [column]));
    const any = rows !== undefined && columns !== undefined;
    return { layer: name, any, ...rectangle(rows, columns) };
  });
}

/**
 * The step of a network that is called so.
 *
 * @throws {ArgumentError} when there is none.
 */
export function stepOf(network: NetworkSpec, layer?: string | number): Step {
  const all = steps(network);
  const found =
    layer === undefined
      ? all.at(-1)
      : (all.find(({ name }) => name === layer) ??
        all.find(({ place }) => place === String(layer)));
  if (found !== undefined) return found;
  if (all.length === 0) throw new ArgumentError(`${network.name} has no layers.`);
  throw new ArgumentError(
    `There is no layer ${cameText(layer)} in ${network.name}; the layers are ${all.map(({ name }) => name).join(", ")}.`,
  );
}

function isIndex(value: number, size: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < size;
}

function ends(places: readonly number[]): Interval | undefined {
  return places.length === 0 ? undefined : [places[0]!, places.at(-1)!];
}

function rectangle(rows: Interval | undefined, columns: Interval | undefined): Rectangle {
  if (rows === undefined || columns === undefined) return { top: 0, left: 0, height: 0, width: 0 };
  return {
    top: rows[0],
    left: columns[0],
    height: rows[1] - rows[0] + 1,
    width: columns[1] - columns[0] + 1,
  };
}
