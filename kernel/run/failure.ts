/** Takes apart what user code threw, whatever it is and however it resists. */
import { inspect, types } from "node:util";
import type { Failure } from "./protocol.js";

/** Causes of causes are followed this far. */
const DEEPEST_CAUSE = 5;
/** Of one error, at most so many of those that it gathers are kept. */
const MOST_CAUSES = 20;
/** Names and messages are cut at so many UTF-16 units, stacks at so many: what is shown is a few lines. */
const LONGEST_NAME = 200;
const LONGEST_MESSAGE = 20_000;
const LONGEST_STACK = 100_000;

/** Throws nothing: also an error that resists has a name and a message. */
/** @param above the errors that name this one as their cause */
export function failureOf(thrown: unknown, above: readonly unknown[] = []): Failure {
  if (!isErrorLike(thrown)) {
    const text = read(() => inspect(thrown), "a value that can't be shown");
    // A proxy of an error is written as that error.
    const frames = types.isProxy(thrown) ? text.search(/\n\s+at /) : -1;
    const message = cut(frames < 0 ? text : text.slice(0, frames));
    const stack = frames < 0 ? "" : text.slice(frames + 1).slice(0, LONGEST_STACK);
    return { name: "Uncaught", message, stack, causes: [] };
  }
  const name = cut(
    read(() => String(thrown.name), "Error"),
    LONGEST_NAME,
  );
  const message = read(() => String(thrown.message), "its message could not be read");
  const causes: unknown[] = [];
  if (above.length < DEEPEST_CAUSE) {
    read(() => {
      if (thrown.cause !== undefined) causes.push(thrown.cause);
      // Of `using`: what failed while another error was on its way, and that error.
      const { error, suppressed } = thrown as { error?: unknown; suppressed?: unknown };
      if (name === "SuppressedError") causes.push(error, suppressed);
      if (thrown instanceof AggregateError) causes.push(...thrown.errors.slice(0, MOST_CAUSES));
    }, undefined);
  }
  return {
    name,
    message: cut(message),
    stack: framesOf(thrown, `${name}: ${message}`),
    causes: causes
      .filter((cause) => cause !== thrown && !above.includes(cause))
      .map((cause) => failureOf(cause, [...above, thrown])),
  };
}

/** V8's list of frames, without the line(s) above that repeat name and message. */
function framesOf(error: Error, head: string): string {
  const stack = read(() => withPlainStacks(() => String(error.stack ?? "")), "");
  // The message may hold lines that look like frames.
  const from = stack.startsWith(head) ? head.length : 0;
  const frames = stack.slice(from, from + LONGEST_MESSAGE + LONGEST_STACK).search(/^\s+at /m);
  return frames < 0 ? "" : stack.slice(from + frames, from + frames + LONGEST_STACK);
}

/**
 * V8 writes a stack when it is first read, and asks `Error.prepareStackTrace` where user code has set it. What that
 * answers is taken when it is a text, as that of a package which maps places of compiled files.
 */
function withPlainStacks<T>(work: () => T): T {
  const prepare = Error.prepareStackTrace;
  if (typeof prepare !== "function") return work();
  Error.prepareStackTrace = (error, sites) => {
    const answer = read(() => prepare.call(Error, error, sites) as unknown, undefined);
    if (typeof answer === "string") return answer;
    return [...read(() => [String(error)], []), ...sites.map((site) => `    at ${site}`)].join(
      "\n",
    );
  };
  try {
    return work();
  } finally {
    Error.prepareStackTrace = prepare;
  }
}

function isErrorLike(value: unknown): value is Error {
  // Its traps are the reader's code, and may throw.
  if (types.isProxy(value)) return false;
  return read(() => {
    if (types.isNativeError(value) || value instanceof Error) return true;
    const { name, message, stack } = value as Record<string, unknown>;
    return [name, message, stack].every((part) => typeof part === "string");
  }, false);
}

function cut(text: string, longest = LONGEST_MESSAGE): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest)}… (${text.length.toLocaleString("en")} characters)`;
}

/** A getter of the user's that throws must not hide the error itself. */
function read<T>(get: () => T, otherwise: T): T {
  try {
    return get();
  } catch {
    return otherwise;
  }
}
