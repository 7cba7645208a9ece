/** Values as JSON has them: what can't be sent is turned into what comes nearest. Uses no Node API. */

/** Deeper than this, readers of JSON in other languages give up. */
const DEEPEST = 500;

/**
 * A copy of a value that any JSON reader takes: typed arrays become arrays; NaN and infinities `null`; a `bigint` a
 * number, or text where a number can't hold it; `undefined`, functions and symbols are left out; `toJSON` is honoured.
 * @throws TypeError when the value contains itself, or is nested more than 500 deep
 */
export function jsonValue(value: unknown): unknown {
  return copy(value, new Set()) ?? null;
}

/** Half a surrogate pair can't be written as UTF-8: a notebook that holds one can't be saved. */
export function wellFormedText(text: string): string {
  // Node 20 has the method; TypeScript's ES2023 does not know it.
  return (text as unknown as { toWellFormed(): string }).toWellFormed();
}

function copy(value: unknown, above: Set<object>): unknown {
  switch (typeof value) {
    case "string":
      return wellFormedText(value);
    case "number":
      return Number.isFinite(value) ? value : null;
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case "boolean":
      return value;
    case "object":
      return value === null ? null : copyObject(value, above);
    default:
      return undefined;
  }
}

function copyObject(value: object, above: Set<object>): unknown {
  if (above.has(value)) throw new TypeError("The value contains itself; JSON can't hold that.");
  if (above.size === DEEPEST) {
    throw new TypeError(
      `The value is nested more than ${DEEPEST} deep; readers of JSON give up there.`,
    );
  }
  above.add(value);
  const copied = copyParts(value, above);
  above.delete(value);
  return copied;
}

function copyParts(value: object, above: Set<object>): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<unknown>, (one) => copy(one, above));
  }
  if (Array.isArray(value)) return Array.from(value, (one) => copy(one, above) ?? null);
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === "function") return copy(toJSON.call(value), above);
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return copy(value.valueOf(), above);
  }
  const parts: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const part = copy((value as Record<string, unknown>)[key], above);
    if (part === undefined) continue;
    // A plain assignment to "__proto__" would change the copy's prototype.
    Object.defineProperty(parts, wellFormedText(key), {
      value: part,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return parts;
}
