/** A layer's output as a box in true proportion: height upwards, channels to the right, width into the page. */

/** A point in units of one value: x to the right, y upwards. */
export type Point = readonly [x: number, y: number];

/** The three visible faces of a box, and where its sizes are written. */
export interface Box {
  readonly front: readonly Point[];
  readonly top: readonly Point[];
  readonly side: readonly Point[];
  /** Longer than the drawing: it goes on beyond the right edge. */
  readonly cut: boolean;
  readonly labels: readonly { readonly at: Point; readonly text: string }[];
}

/** Into the page: half length at 45°, as in a cabinet projection. */
const INTO = 0.5 * Math.SQRT1_2;

/**
 * The box of an output of shape H×W×C, its front's middle left at (0, 0). A vector is a box of 1×1×length.
 *
 * @param longest where a long box is cut off.
 */
export function box(shape: readonly number[], longest: number): Box {
  const [height, width, channels] =
    shape.length === 3 ? (shape as readonly [number, number, number]) : [1, 1, shape[0]!];
  const cut = channels > longest;
  const long = cut ? longest : channels;
  const into = width * INTO;
  const [low, high] = [-height / 2, height / 2];
  const flat = shape.length < 3;
  return {
    front: closed([0, low], [0, high], [long, high], [long, low]),
    top: closed([0, high], [into, high + into], [long + into, high + into], [long, high]),
    side: closed([long, low], [long, high], [long + into, high + into], [long + into, low + into]),
    cut,
    labels: [
      ...(flat ? [] : [{ at: [-20, 0] as const, text: String(height) }]),
      ...(flat
        ? []
        : [{ at: [into / 2 - 20, high + into / 2 + 14] as const, text: String(width) }]),
      { at: [long / 2, low - 18], text: `${channels}${cut ? " →" : ""}` },
    ],
  };
}

function closed(...corners: readonly Point[]): Point[] {
  return [...corners, corners[0]!];
}
