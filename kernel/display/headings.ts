/** Arrays of numbers inside other values, shown by their shapes. Uses no Node API. */
import { arrayHeading } from "./ndarray.js";

/** The method by which an object says how Node's `inspect` writes it. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Parts of parts of a value are looked at this deep. */
const LEVELS = 3;
/** Of a list, as many as `inspect` shows. */
const MOST_PARTS = 100;

/**
 * A value for `inspect`: every `ndarray` and tensor in its lists and objects is replaced by its heading,
 * `Tensor float32 3×3`. What holds none is the value itself.
 */
export function withHeadings(
  value: unknown,
  isProxy: (value: unknown) => boolean,
  levels = LEVELS,
): unknown {
  if (levels === 0 || isProxy(value) || !isListOrObject(value)) return value;
  const changed = new Map<string, unknown>();
  for (const key of partNames(value)) {
    const part: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
    if (part === null || typeof part !== "object" || isProxy(part)) continue;
    const heading = arrayHeading(part);
    const shown = heading === undefined ? withHeadings(part, isProxy, levels - 1) : named(heading);
    if (shown !== part) changed.set(key, shown);
  }
  return changed.size === 0 ? value : copyWith(value, changed);
}

function partNames(value: object): string[] {
  if (!Array.isArray(value)) return Object.keys(value).slice(0, MOST_PARTS);
  return Array.from({ length: Math.min(value.length, MOST_PARTS) }, (_, i) => String(i));
}

function copyWith(value: object, changed: ReadonlyMap<string, unknown>): object {
  const copy: object = Array.isArray(value)
    ? value.slice()
    : Object.create(Object.getPrototypeOf(value), Object.getOwnPropertyDescriptors(value));
  for (const [key, part] of changed) {
    Object.defineProperty(copy, key, { value: part, enumerable: true });
  }
  return copy;
}

function named(heading: string): object {
  return { [INSPECT]: () => heading };
}

/** What is copied must be all in its properties: neither a Map nor an object that is shown in a way of its own. */
function isListOrObject(value: unknown): value is object {
  if (value === null || typeof value !== "object") return false;
  if (Array.isArray(value)) return true;
  if (Symbol.toStringTag in value || INSPECT in value) return false;
  return Object.prototype.toString.call(value) === "[object Object]";
}
