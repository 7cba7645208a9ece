/** What was measured so far, in few enough points to send again and again. */

/** A line that grows: the places that a value came at, and the values. */
export interface Growing {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** More points than these are drawn as means of neighbours. */
export const MOST_POINTS = 600;

/**
 * At most {@link MOST_POINTS} points: each is the mean of as many neighbours as needed, at the mean of their places. The
 * last one is as it was measured.
 */
export function thinned({ x, y }: Growing): { x: number[]; y: number[] } {
  const block = Math.ceil(x.length / MOST_POINTS);
  if (block <= 1) return { x: [...x], y: [...y] };
  const mean = (values: readonly number[], from: number, to: number): number => {
    let total = 0;
    for (let i = from; i < to; i++) total += values[i]!;
    return total / (to - from);
  };
  const thin = { x: [] as number[], y: [] as number[] };
  const last = x.length - 1;
  for (let from = 0; from < last; from += block) {
    const to = Math.min(last, from + block);
    thin.x.push(mean(x, from, to));
    thin.y.push(mean(y, from, to));
  }
  thin.x.push(x[last]!);
  thin.y.push(y[last]!);
  return thin;
}
