/**
 * What a unit sees along one axis: intervals carried backward through the layers, and pixels carried forward.
 *
 * Araujo, Norris & Sim 2019, "Computing receptive fields of convolutional neural networks" (Distill): going back
 * through a window, the interval [u, v] becomes [u·s − p, v·s − p + d(k − 1)].
 */

/** A window that slides: place o reads the pixels o·stride − before + dilation·t, t = 0 … k − 1. */
export interface WindowLink {
  readonly kind: "window";
  readonly n: number;
  readonly k: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly out: number;
}

/** A transposed window: pixel i is laid at the places i·stride − before + dilation·t. */
export interface SpreadLink extends Omit<WindowLink, "kind"> {
  readonly kind: "spread";
}

/** Branches whose outputs are added: a place sees what any of them sees. */
export interface SumLink {
  readonly kind: "sum";
  readonly branches: readonly (readonly Link[])[];
}

/** What lies between two maps along one axis. */
export type Link = WindowLink | SpreadLink | SumLink;

/** First and last index; `undefined` where nothing is seen. */
export type Interval = readonly [first: number, last: number];

/** The receptive field along one axis, in input pixels. */
export interface AxisView {
  /** Pixels from the first to the last that a unit sees, borders not cut off; where units differ, the most. */
  readonly size: number;
  /** Pixels between the windows of neighbouring units: the product of the strides (below 1 after upsampling). */
  readonly jump: number;
  /** First pixel of the first unit's window: below 0 where it begins in the padding. */
  readonly start: number;
  /** Middle of the first unit's window: start + (size − 1) / 2; 0 is the middle of the first pixel. */
  readonly centre: number;
}

/** What the units of an interval see in an input without borders, from the first pixel to the last. */
export function seenBy(links: readonly Link[], interval: Interval): Interval | undefined {
  let seen: Interval | undefined = interval;
  for (let at = links.length - 1; at >= 0 && seen !== undefined; at--) {
    seen = before(links[at]!, seen);
  }
  return seen;
}

/** Exactly the pixels that some units read, in order: what lies beside a map on the way is left out, and so are holes. */
export function pixelsOf(links: readonly Link[], units: readonly number[]): number[] {
  return links.reduceRight<readonly number[]>(placesBefore, units).toSorted((a, b) => a - b);
}

/** Exactly the units that read some pixels, in order. */
export function unitsOn(links: readonly Link[], pixels: readonly number[]): number[] {
  return links.reduce<readonly number[]>(placesAfter, pixels).toSorted((a, b) => a - b);
}

/** Size, jump and start of the units behind some links. */
export function viewOf(links: readonly Link[]): AxisView {
  const { jump, phases } = pace(links);
  let size = 0;
  let start: number | undefined;
  // Behind an upsampling the windows of neighbours differ, and repeat after as many units as it adds.
  for (let unit = 0; unit < phases; unit++) {
    const seen = seenBy(links, [unit, unit]);
    if (seen === undefined) continue;
    size = Math.max(size, seen[1] - seen[0] + 1);
    start ??= seen[0] - Math.floor(unit * jump);
  }
  const first = start ?? 0;
  return { size, jump, start: first, centre: first + (size - 1) / 2 };
}

function pace(links: readonly Link[]): { jump: number; phases: number } {
  let jump = 1;
  let phases = 1;
  for (const link of links) {
    if (link.kind === "window") jump *= link.stride;
    else if (link.kind === "spread") {
      jump /= link.stride;
      phases *= link.stride;
    } else {
      const paces = link.branches.map(pace);
      jump *= paces[0]!.jump;
      phases *= Math.max(...paces.map((one) => one.phases));
    }
  }
  return { jump, phases };
}

function before(link: Link, seen: Interval): Interval | undefined {
  if (link.kind === "sum") return hull(link.branches.map((branch) => seenBy(branch, seen)));
  return link.kind === "window" ? gather(link, seen) : scatter(link, seen);
}

function placesBefore(units: readonly number[], link: Link): number[] {
  if (link.kind === "sum") return union(link.branches.map((branch) => pixelsOf(branch, units)));
  const read = link.kind === "window" ? pixelsUnder : windowsOn;
  return union(units.map((unit) => read(link, unit))).filter((x) => x >= 0 && x < link.n);
}

function placesAfter(pixels: readonly number[], link: Link): number[] {
  if (link.kind === "sum") return union(link.branches.map((branch) => unitsOn(branch, pixels)));
  const reached = link.kind === "window" ? windowsOn : pixelsUnder;
  return union(pixels.map((pixel) => reached(link, pixel))).filter((x) => x >= 0 && x < link.out);
}

function union(lists: readonly (readonly number[])[]): number[] {
  const all = new Set<number>();
  for (const list of lists) for (const place of list) all.add(place);
  return [...all];
}

/** The pixels that the window at a place reads. */
function pixelsUnder(
  { stride, before, dilation, k }: Omit<WindowLink, "kind">,
  o: number,
): number[] {
  return Array.from({ length: k }, (_, t) => o * stride - before + dilation * t);
}

/** From the places of a window to the pixels that it reads. */
function gather(
  { stride, before, dilation, k }: WindowLink | SpreadLink,
  [u, v]: Interval,
): Interval {
  return [u * stride - before, v * stride - before + dilation * (k - 1)];
}

/** From pixels to the windows that read them: i = (x + before − dilation·t) / stride where that is whole. */
function scatter(link: WindowLink | SpreadLink, [u, v]: Interval): Interval | undefined {
  const { stride } = link;
  // A pixel may fall between the windows, but `stride` neighbours hold every case.
  let first = Infinity;
  let last = -Infinity;
  for (let x = u; x <= Math.min(v, u + stride - 1); x++)
    first = Math.min(first, ...windowsOn(link, x));
  for (let x = v; x >= Math.max(u, v - stride + 1); x--)
    last = Math.max(last, ...windowsOn(link, x));
  return first <= last ? [first, last] : undefined;
}

/** The windows that read pixel x. */
function windowsOn({ stride, before, dilation, k }: Omit<WindowLink, "kind">, x: number): number[] {
  const on: number[] = [];
  for (let t = 0; t < k; t++) {
    const place = (x + before - dilation * t) / stride;
    if (Number.isInteger(place)) on.push(place);
  }
  return on;
}

function hull(intervals: readonly (Interval | undefined)[]): Interval | undefined {
  const seen = intervals.filter((interval) => interval !== undefined);
  if (seen.length === 0) return undefined;
  return [Math.min(...seen.map(([u]) => u)), Math.max(...seen.map(([, v]) => v))];
}
