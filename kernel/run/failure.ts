/** Takes apart what user code threw, whatever it is and however it resists. */
import { inspect } from "node:util";
import type { Failure } from "./protocol.js";

/** Causes of causes are followed this far. */
const DEEPEST_CAUSE = 5;

export function failureOf(thrown: unknown, depth = 0): Failure {
  if (!isErrorLike(thrown)) {
    return { name: "Uncaught", message: safely(() => inspect(thrown), "?"), stack: "", causes: [] };
  }
  const name = safely(() => String(thrown.name), "Error");
  const message = safely(() => String(thrown.message), "");
  const stack = safely(() => String(thrown.stack ?? ""), "");
  const frames = stack.search(/^\s+at /m);
  const causes: unknown[] = [];
  if (depth < DEEPEST_CAUSE) {
    safely(() => {
      if (thrown.cause !== undefined) causes.push(thrown.cause);
      if (thrown instanceof AggregateError) causes.push(...thrown.errors);
    }, undefined);
  }
  return {
    name,
    message,
    stack: frames < 0 ? "" : stack.slice(frames),
    causes: causes.map((cause) => failureOf(cause, depth + 1)),
  };
}

function isErrorLike(value: unknown): value is Error {
  if (value instanceof Error) return true;
  return safely(() => {
    const { name, message, stack } = value as Record<string, unknown>;
    return [name, message, stack].every((part) => typeof part === "string");
  }, false);
}

/** A getter of the user's that throws must not hide the error itself. */
function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
