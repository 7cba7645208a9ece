/** Completion without types: what exists at run time, looked at without running any code of the user's. */
import { types } from "node:util";
import type { RuntimeName } from "./protocol.js";
import type { Scope } from "./scope.js";

/** More names help nobody. */
const MOST = 2000;

/**
 * The properties of the value that `path` leads to, those of its prototypes behind them; for an empty path the names
 * of the session and the globals. Getters are not called: what only they know stays unknown.
 */
export function runtimeNames(scope: Scope, path: readonly string[]): RuntimeName[] {
  if (path.length === 0) {
    const own = scope.names().map((name) => ({ name, kind: kindOf(scope.peek(name)) }));
    return [...own, ...propertiesOf(globalThis)].slice(0, MOST);
  }
  const [first, ...rest] = path as [string, ...string[]];
  let value = scope.has(first) ? scope.peek(first) : propertyOf(globalThis, first);
  for (const name of rest) value = propertyOf(value, name);
  return propertiesOf(value).slice(0, MOST);
}

function propertiesOf(value: unknown): RuntimeName[] {
  const found = new Map<string, RuntimeName>();
  for (const holder of chain(value)) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (found.has(name) || !/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) continue;
      const kind = kindOf(Object.getOwnPropertyDescriptor(holder, name)?.value);
      found.set(name, { name, kind });
    }
    if (found.size > MOST) break;
  }
  return [...found.values()];
}

function propertyOf(value: unknown, name: string): unknown {
  for (const holder of chain(value)) {
    const property = Object.getOwnPropertyDescriptor(holder, name);
    if (property !== undefined) return property.value;
  }
  return undefined;
}

/** A value as an object, and its prototypes. A proxy's traps are the user's code, so a proxy ends the chain. */
function* chain(value: unknown): Generator<object> {
  let holder: unknown = value === null || value === undefined ? null : Object(value);
  while (holder !== null && !types.isProxy(holder)) {
    yield holder as object;
    holder = Object.getPrototypeOf(holder);
  }
}

function kindOf(value: unknown): RuntimeName["kind"] {
  if (typeof value !== "function") return "property";
  return /^class\b/.test(Function.prototype.toString.call(value)) ? "class" : "function";
}
