import { numberText } from "./numbers.js";

/** Where an axis has its marks, for the still pictures; Plotly finds its own. */

/** Up to about `count` round values between two ends. */
export function linearTicks(low: number, high: number, count = 5): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    ticks.push(Number((k * step).toPrecision(12)));
  }
  return ticks;
}

/** Powers of ten between two ends above zero, some left out when there are many. */
export function logTicks(low: number, high: number, count = 6): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / count));
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every) ticks.push(10 ** power);
  return ticks.length > 0 ? ticks : [low];
}

/** An axis of a still picture: its ends, marks, and where a value lies (0 to 1). */
export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly at: (value: number) => number;
  readonly text: (value: number) => string;
}

/** A power of ten as it is written, such as 10⁶. */
function powerText(value: number): string {
  const digits = String(Math.round(Math.log10(value))).replace("-", "⁻");
  return `10${digits.replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]!)}`;
}

/** An axis that holds all values from `low` to `high`. */
export function makeAxis(low: number, high: number, log: boolean): Axis {
  if (log) {
    const [from, to] = [Math.log10(low), Math.log10(high === low ? low * 10 : high)];
    return {
      low,
      high,
      ticks: logTicks(low, high),
      at: (value) => (Math.log10(value) - from) / (to - from),
      text: powerText,
    };
  }
  const [from, to] = high > low ? [low, high] : [low - 0.5, high + 0.5];
  return {
    low: from,
    high: to,
    ticks: linearTicks(from, to),
    at: (value) => (value - from) / (to - from),
    text: numberText,
  };
}
