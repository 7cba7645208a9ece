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
  readonly labels: readonly {
    readonly at: Point;
    readonly text: string;
    /** On which side of its point it stands. */
    readonly side: "left" | "below";
  }[];
}

/** Boxes below this share of the longest have no room for two labels at their left. */
const LOW = 0.12;

/** Into the page: half length at 45°, as in a cabinet projection. */
const INTO = 0.5 * Math.SQRT1_2;

/**
 * The box of an output of shape H×W×C, its front's lower left corner at (0, 0). A vector is a box of 1×1×length.
 *
 * @param longest where a long box is cut off.
 */
export function box(shape: readonly number[], longest: number): Box {
  const [height, width, channels] =
    shape.length === 3 ? (shape as readonly [number, number, number]) : [1, 1, shape[0]!];
  const cut = channels > longest;
  const long = cut ? longest : channels;
  const into = width * INTO;
  const onLeft = (at: Point, text: string): Box["labels"][number] => ({ at, text, side: "left" });
  const face =
    shape.length < 3
      ? []
      : height < LOW * longest
        ? [onLeft([0, (height + into) / 2], `${height}×${width}`)]
        : [onLeft([0, height / 2], `${height}`), onLeft([into / 2, height + into / 2], `${width}`)];
  return {
    front: closed([0, 0], [0, height], [long, height], [long, 0]),
    top: closed([0, height], [into, height + into], [long + into, height + into], [long, height]),
    side: closed([long, 0], [long, height], [long + into, height + into], [long + into, into]),
    cut,
    labels: [...face, { at: [long / 2, 0], text: `${channels}${cut ? " →" : ""}`, side: "below" }],
  };
}

function closed(...corners: readonly Point[]): Point[] {
  return [...corners, corners[0]!];
}
