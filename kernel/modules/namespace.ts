/** What a cell sees of a CommonJS module: Node finds only those of its names that it can tell without running it. */
import type { Namespace } from "./importer.js";

const whole = new WeakMap<Namespace, Namespace>();

/**
 * A module's namespace as TypeScript types it: of a CommonJS module with all its names, and with its own `default`
 * where it was compiled from an ES module. Any other namespace is answered as it is; the same one always gets the same
 * answer.
 * @param isCommonJs tells whether something is what a CommonJS module exports
 */
export function wholeNamespace(
  namespace: Namespace,
  isCommonJs: (exports: unknown) => boolean,
): Namespace {
  const exports = namespace.default;
  if ((typeof exports !== "object" && typeof exports !== "function") || exports === null)
    return namespace;
  const known = whole.get(namespace);
  const names = Object.keys(exports).filter((name) => name !== "default");
  const compiled = (exports as Namespace).__esModule === true && "default" in exports;
  if (known === undefined) {
    const missing = compiled || names.some((name) => !(name in namespace));
    if (!missing || !isCommonJs(exports)) return namespace;
  }
  const made: Namespace = known ?? Object.create(null);
  whole.set(namespace, made);
  for (const name of names) made[name] = (exports as Namespace)[name];
  made.default = compiled ? (exports as Namespace).default : exports;
  return made;
}

/**
 * What a module exports under a name. Asked when the name is read: one that is imported may be a type.
 * @throws SyntaxError when there is no such export
 */
export function exportOf(namespace: Namespace, name: string, specifier: string): unknown {
  if (name in namespace) return namespace[name];
  // A name that a CommonJS module has got since it was imported.
  const { default: exports } = namespace;
  const isHolder = typeof exports === "object" || typeof exports === "function";
  if (isHolder && exports !== null && name in exports) return (exports as Namespace)[name];
  throw new SyntaxError(`The module "${specifier}" has no export named "${name}".`);
}
