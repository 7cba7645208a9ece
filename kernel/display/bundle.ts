/** The bundle of a cell's last value: one value in the several forms that a front end may choose from. Uses no Node API. */
import { stripColours } from "./colours.js";
import { richForms } from "./objects.js";
import { type Inspect, type IsProxy, valueText } from "./value-text.js";
import { type MimeBundle, messageOf, wellFormed } from "./wellformed.js";

export type { Inspect, IsProxy } from "./value-text.js";
export { type MimeBundle, wellFormed } from "./wellformed.js";

/** The method by which an object says how it is shown, as in Deno's kernel: answers a bundle or a promise of one. */
export const DISPLAY = Symbol.for("Jupyter.display");

/** {@link resultBundle} with what it is given by the kernel: the way from any value to what is shown of it. */
export type BundleOf = (value: unknown) => ReturnType<typeof resultBundle>;

/**
 * The bundle of a cell's last value; `undefined` where there is nothing to show. Never throws or rejects: an object
 * that fails to show itself is shown as text, with the reason.
 * @param isProxy without it, a proxy is looked at like any object, and its traps run
 */
export function resultBundle(
  value: unknown,
  inspect: Inspect,
  isProxy: IsProxy = () => false,
): MimeBundle | undefined | Promise<MimeBundle | undefined> {
  if (value === undefined) return undefined;
  try {
    const method = displayMethod(value);
    const shown = method?.call(value);
    if (isThenable(shown)) return laterBundle(value, shown, inspect, isProxy);
    return ownBundle(shown) ?? plainBundle(value, inspect, isProxy);
  } catch (error) {
    return failedBundle(value, error, inspect, isProxy);
  }
}

async function laterBundle(
  value: unknown,
  shown: PromiseLike<unknown>,
  inspect: Inspect,
  isProxy: IsProxy,
): Promise<MimeBundle> {
  try {
    return ownBundle(await shown) ?? plainBundle(value, inspect, isProxy);
  } catch (error) {
    return failedBundle(value, error, inspect, isProxy);
  }
}

/** What an object's own method answered; `undefined` where that is no bundle. */
function ownBundle(shown: unknown): MimeBundle | undefined {
  if (shown === null || typeof shown !== "object") return undefined;
  const bundle = wellFormed(shown);
  if (Object.keys(bundle).length === 0) return undefined;
  const text = bundle["text/plain"];
  return typeof text === "string" ? { ...bundle, "text/plain": stripColours(text) } : bundle;
}

/** What the value is known to hold, and text. */
function plainBundle(value: unknown, inspect: Inspect, isProxy: IsProxy): MimeBundle {
  let rich: MimeBundle = {};
  try {
    if (!isProxy(value)) rich = wellFormed(richForms(value) ?? {});
  } catch {
    // A getter or method that threw when it was looked at: there still is the text.
  }
  if ("text/plain" in rich) return rich;
  return { ...rich, "text/plain": valueText(value, inspect, isProxy) };
}

function failedBundle(
  value: unknown,
  error: unknown,
  inspect: Inspect,
  isProxy: IsProxy,
): MimeBundle {
  const text = valueText(value, inspect, isProxy);
  return { "text/plain": `${text}\n[its Jupyter.display failed: ${messageOf(error)}]` };
}

function displayMethod(value: unknown): ((this: unknown) => unknown) | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) {
    return undefined;
  }
  let method: unknown;
  try {
    method = (value as Record<symbol, unknown>)[DISPLAY];
  } catch {
    return undefined; // A getter or a proxy that throws when looked at.
  }
  return typeof method === "function" ? (method as (this: unknown) => unknown) : undefined;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value === null || typeof value !== "object") return false;
  return typeof (value as { then?: unknown }).then === "function";
}
