/** What the code of an interrupted cell meets. */
import { INTERRUPTED } from "./protocol.js";

const interruptions = new WeakSet<object>();

export function interruption(): Error {
  const { name, message, stack } = INTERRUPTED;
  const error = Object.assign(new Error(message), { name, stack });
  interruptions.add(error);
  return error;
}

/** Looks at nothing of what was thrown, which may be anything. */
export function isInterruption(thrown: unknown): boolean {
  return interruptions.has(thrown as object);
}
