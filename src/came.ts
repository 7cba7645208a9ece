/** What came instead of what was wanted, in words for a message. */

/** Letters of a long value that a message repeats. */
const MOST_LETTERS = 160;

/**
 * A value of any kind as a message repeats it. JSON alone would end with an error of its own at a BigInt or at an
 * object that holds itself, call NaN null, and write out every number of an array.
 */
export function cameText(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (value === null || typeof value !== "object") return String(value);
  const shape: unknown = (value as { readonly shape?: unknown }).shape;
  if (Array.isArray(shape) && shape.every(Number.isInteger)) {
    return `an array of ${shape.join("×") || "no axes"}`;
  }
  const text = json(value);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}

function json(value: object): string {
  const part = (_name: string, held: unknown): unknown =>
    typeof held === "bigint" || (typeof held === "number" && !Number.isFinite(held))
      ? String(held)
      : held;
  try {
    return JSON.stringify(value, part) ?? "an object";
  } catch {
    return "an object that holds itself";
  }
}
