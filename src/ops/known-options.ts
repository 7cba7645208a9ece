/** Refusing options that an operation does not have: `{ strides: 2 }` would else be the same as none. */
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";

/** The names of all options, each once: TypeScript finds the one that is forgotten. */
export type Known<Options> = { readonly [Name in keyof Required<Options>]: true };

/**
 * Refuses what is no object of known options.
 *
 * @throws {ArgumentError} naming what came and the options that there are.
 */
export function requireOptions<Options extends object>(
  operation: string,
  options: Options,
  known: Known<Options>,
): void {
  const names = Object.keys(known);
  const last = names.pop();
  const are = names.length === 0 ? `${last} alone` : `${names.join(", ")} and ${last}`;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new ArgumentError(
      `${operation}: the options come as { name: value }, with the ${names.length === 0 ? "name" : "names"} ${are}; got ${cameText(options)}.`,
    );
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return;
  throw new ArgumentError(
    `${operation}: there is no option "${unknown}"; there ${names.length === 0 ? "is" : "are"} ${are}.`,
  );
}
