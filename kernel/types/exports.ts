/** The `exports` map of a package. */

/**
 * What a package's `exports` give for an entry (`.`, `./sub`), under the conditions that hold; null when nothing.
 * Source: "Package entry points", https://nodejs.org/api/packages.html
 */
export function exported(
  exports: unknown,
  entry: string,
  conditions: readonly string[],
): string | null {
  if (typeof exports === "string" || Array.isArray(exports)) {
    return entry === "." ? target(exports, "", conditions) : null;
  }
  if (typeof exports !== "object" || exports === null) return null;
  const map = exports as Record<string, unknown>;
  if (!Object.keys(map).some((key) => key.startsWith("."))) {
    return entry === "." ? target(map, "", conditions) : null;
  }
  if (Object.hasOwn(map, entry)) return target(map[entry], "", conditions);
  // Of patterns, the one with the longest beginning wins.
  const patterns = Object.keys(map).filter((key) => key.includes("*"));
  for (const pattern of patterns.sort((a, b) => b.indexOf("*") - a.indexOf("*"))) {
    const [before = "", after = ""] = pattern.split("*");
    if (entry.startsWith(before) && entry.endsWith(after) && entry.length >= pattern.length - 1) {
      const star = entry.slice(before.length, entry.length - after.length);
      return target(map[pattern], star, conditions);
    }
  }
  return null;
}

function target(value: unknown, star: string, conditions: readonly string[]): string | null {
  if (typeof value === "string") return value.replaceAll("*", star);
  if (Array.isArray(value)) {
    for (const one of value) {
      const found = target(one, star, conditions);
      if (found !== null) return found;
    }
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  // The order of the package's author decides, as in Node.
  for (const [condition, inner] of Object.entries(value)) {
    if (!conditions.includes(condition)) continue;
    const found = target(inner, star, conditions);
    if (found !== null) return found;
  }
  return null;
}
