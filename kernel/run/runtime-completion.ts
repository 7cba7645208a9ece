/** Completion by what exists at run time, for when the language server has no answer. */
import type { CompletionList } from "../types/index.js";
import type { UserThread } from "./user-thread.js";

/** A busy thread can't say what it holds; nobody waits longer than this for a completion, in milliseconds. */
const PATIENCE = 300;
const PATH =
  /((?:[\p{ID_Start}$_][\p{ID_Continue}$]*\??\.)*)([\p{ID_Start}$_][\p{ID_Continue}$]*)?$/u;

/** Completes a name, or a property behind a path of names such as `tf.layers.`; nothing else. */
export async function runtimeCompletion(
  thread: UserThread,
  source: string,
  offset: number,
): Promise<CompletionList> {
  const [, path = "", prefix = ""] = PATH.exec(source.slice(0, offset))!;
  const start = offset - prefix.length;
  const before = source[start - path.length - 1];
  // Behind a call or a bracket stands a value that only running it could tell.
  if (before === "." || (path === "" && prefix === "")) return { items: [], start, end: offset };
  const question = { path: path.split(/\??\./).filter((name) => name !== "") };
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), PATIENCE).unref();
  });
  const names = (await Promise.race([thread.ask("names", question), late])) ?? [];
  const items = names
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, kind }) => ({ text: name, kind }));
  return { items, start, end: offset };
}
