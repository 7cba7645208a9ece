/** MIME bundles: one value in the several forms that a front end may choose from. Uses no Node API. */
import { isNdarray, ndarrayText } from "./ndarray.js";

/** MIME type to data: strings for text and base64, objects for JSON types. */
export type MimeBundle = Record<string, unknown>;

/** Writes any value as text that a person can read. The kernel gives Node's `util.inspect`. */
export type Inspect = (value: unknown) => string;

/** The method by which an object says how it is shown, as in Deno's kernel: answers a bundle or a promise of one. */
export const DISPLAY = Symbol.for("Jupyter.display");

/**
 * The bundle of a cell's last value; `undefined` where there is nothing to show.
 * An object that fails to show itself is shown by `inspect`, with the reason.
 */
export function resultBundle(
  value: unknown,
  inspect: Inspect,
): MimeBundle | undefined | Promise<MimeBundle | undefined> {
  if (value === undefined) return undefined;
  const method = displayMethod(value);
  if (method === undefined) return plainBundle(value, inspect);
  return (async () => {
    const bundle = await method.call(value);
    if (bundle === null || typeof bundle !== "object") return plainBundle(value, inspect);
    return wellFormed(bundle as MimeBundle);
  })();
}

/** Puts binary data into base64 and JSON types into objects, as the protocol has them. */
export function wellFormed(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle).map(([type, data]) => {
      if (data instanceof Uint8Array) return [type, base64(data)];
      // A JSON type sent as a string is drawn by no front end, and breaks the saved notebook.
      if (isJson(type) && typeof data === "string") return [type, JSON.parse(data)];
      return [type, data];
    }),
  );
}

export function base64(bytes: Uint8Array): string {
  let text = "";
  const step = 1 << 15;
  for (let i = 0; i < bytes.length; i += step) {
    text += String.fromCharCode(...bytes.subarray(i, i + step));
  }
  return btoa(text);
}

function plainBundle(value: unknown, inspect: Inspect): MimeBundle {
  try {
    return { "text/plain": isNdarray(value) ? ndarrayText(value) : inspect(value) };
  } catch (error) {
    return { "text/plain": withoutShowing(value, inspect, error) };
  }
}

/** A value that throws when it is looked at still is the cell's value: the cell has not failed. */
function withoutShowing(value: unknown, inspect: Inspect, error: unknown): string {
  try {
    return inspect(value);
  } catch {
    return `[a value that can't be shown: ${error instanceof Error ? error.message : typeof error}]`;
  }
}

function displayMethod(value: unknown): ((this: unknown) => unknown) | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function"))
    return undefined;
  try {
    const method = (value as Record<symbol, unknown>)[DISPLAY];
    return typeof method === "function" ? (method as (this: unknown) => unknown) : undefined;
  } catch {
    return undefined; // A getter or a proxy that throws when looked at.
  }
}

function isJson(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}
