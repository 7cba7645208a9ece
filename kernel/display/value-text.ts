/** Any value as text that a person can read, of bounded length and in bounded time. Uses no Node API. */
import { stripColours } from "./colours.js";
import { withHeadings } from "./headings.js";
import { arrayText } from "./ndarray.js";
import { messageOf } from "./wellformed.js";

/** What {@link Inspect} is told, in the terms of Node's `util.inspect`. */
export interface InspectOptions {
  depth?: number;
  maxArrayLength?: number;
  maxStringLength?: number;
  breakLength?: number;
  compact?: number;
  customInspect?: boolean;
}

/** Writes a value as text. The kernel gives Node's `util.inspect`. */
export type Inspect = (value: unknown, options?: InspectOptions) => string;

/** Tells a proxy without running its traps. The kernel gives Node's `util.types.isProxy`. */
export type IsProxy = (value: unknown) => boolean;

const SHOWN: InspectOptions = {
  maxArrayLength: 100,
  maxStringLength: 10_000,
  breakLength: 80,
};
/** Objects inside objects are shown this deep, where they are not too many. */
const DEPTH = 4;
/** At most about this many parts are written out. */
const MOST_PARTS = 4000;
/** `inspect` writes out all properties of an object: beyond this many, we show the first. */
const MOST_PROPERTIES = 200;
/** In UTF-16 units. */
const LONGEST_TEXT = 100_000;

/** The text of a value; never throws, whatever the value does when it is looked at. */
export function valueText(value: unknown, inspect: Inspect, isProxy: IsProxy): string {
  let text: string;
  try {
    text = boundedText(value, inspect, isProxy);
  } catch (error) {
    text = resistingText(value, inspect, error);
  }
  return cut(stripColours(text));
}

function boundedText(value: unknown, inspect: Inspect, isProxy: IsProxy): string {
  if (isProxy(value)) return inspect(value, { ...SHOWN, depth: 1 });
  const numbers = arrayText(value);
  if (numbers !== undefined) return numbers;
  const many = propertiesOf(value, isProxy);
  const shown =
    many > MOST_PROPERTIES ? firstProperties(value as object) : withHeadings(value, isProxy);
  const text = inspect(shown, { ...SHOWN, depth: shownDepth(shown, isProxy) });
  const left = many - MOST_PROPERTIES;
  return left > 0 ? `${text}\n… and ${left.toLocaleString("en")} more properties` : text;
}

function shownDepth(value: unknown, isProxy: IsProxy): number {
  try {
    let depth = DEPTH;
    while (depth > 0 && partsWithin(value, depth, MOST_PARTS, isProxy) > MOST_PARTS) depth--;
    return depth;
  } catch {
    return 0; // It passes for a Map, and is none.
  }
}

/** A value whose own way to be shown fails still is the cell's value: the cell has not failed. */
function resistingText(value: unknown, inspect: Inspect, error: unknown): string {
  const reason = `[its own way to be shown failed: ${messageOf(error)}]`;
  try {
    return `${inspect(value, { ...SHOWN, depth: 1, customInspect: false })}\n${reason}`;
  } catch {
    return `[a value that can't be shown: ${messageOf(error)}]`;
  }
}

/**
 * How many parts `inspect` would write out, counted until they are more than `most`. Reads no getter and nothing of a
 * proxy, so that the value does not notice.
 */
function partsWithin(value: unknown, depth: number, most: number, isProxy: IsProxy): number {
  if (typeof value === "string") return 1 + Math.min(value.length, 10_000) / 50;
  if (value === null || typeof value !== "object" || isProxy(value)) return 1;
  let count = 1;
  if (depth < 0) return count;
  for (const part of partsOf(value)) {
    count += partsWithin(part, depth - 1, most - count, isProxy);
    if (count > most) break;
  }
  return count;
}

function* partsOf(value: object): Iterable<unknown> {
  if (ArrayBuffer.isView(value)) return;
  if (Array.isArray(value)) {
    for (let i = 0; i < Math.min(value.length, 100); i++) {
      yield Object.getOwnPropertyDescriptor(value, i)?.value;
    }
    return;
  }
  if (value instanceof Map) yield* first(Map.prototype.entries.call(value));
  else if (value instanceof Set) yield* first(Set.prototype.values.call(value));
  for (const key of Object.keys(value)) {
    yield Object.getOwnPropertyDescriptor(value, key)?.value;
  }
}

function* first(all: Iterator<unknown>): Iterable<unknown> {
  for (let i = 0; i < 100; i++) {
    const { value, done } = all.next();
    if (done) return;
    yield value;
  }
}

/** How many properties of an object would be written out; none are counted where they have no part in the length. */
function propertiesOf(value: unknown, isProxy: IsProxy): number {
  if (value === null || typeof value !== "object" || isProxy(value)) return 0;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return 0;
  return Object.keys(value).length;
}

function firstProperties(value: object): object {
  const shown = Object.create(Object.getPrototypeOf(value)) as object;
  for (const key of Object.keys(value).slice(0, MOST_PROPERTIES)) {
    Object.defineProperty(shown, key, Object.getOwnPropertyDescriptor(value, key)!);
  }
  return shown;
}

function cut(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const end = text.lastIndexOf("\n", LONGEST_TEXT);
  const kept = text.slice(0, end > LONGEST_TEXT / 2 ? end : LONGEST_TEXT);
  const left = text.length - kept.length;
  return `${kept}\n… and ${left.toLocaleString("en")} more characters`;
}
