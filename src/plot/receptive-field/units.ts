/** One axis of what a layer's units see. */
export interface AxisField {
  /** Pixels that a unit sees. */
  readonly size: number;
  /** Pixels between the windows of neighbouring units. */
  readonly jump: number;
  /** First pixel of the first unit's window: below 0 where it begins in the padding. */
  readonly start: number;
  /** Units of the layer. */
  readonly count: number;
}

/** A layer whose units see windows of the picture. */
export interface LayerField {
  readonly name: string;
  readonly rows: AxisField;
  readonly columns: AxisField;
}

/** The unit whose window's middle is nearest to a pixel. Uses nothing from outside itself: pages run it too. */
export function nearestUnit({ size, jump, start, count }: AxisField, pixel: number): number {
  const unit = Math.round((pixel - start - (size - 1) / 2) / jump);
  return Math.min(count - 1, Math.max(0, unit));
}

/** First and last pixel of a unit's window, which may lie outside. Uses nothing from outside itself, too. */
export function windowOf({ size, jump, start }: AxisField, unit: number): [number, number] {
  return [start + unit * jump, start + unit * jump + size - 1];
}
