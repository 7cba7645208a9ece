/** Findings that a command or another name puts right: what to do, in place of TypeScript's words. */
import { denoMember, insteadOf, insteadOfDeno } from "../cell/foreign.js";
import { addCommand } from "../project/package-manager.js";
import { packageFolder, packageName, typesPackage } from "./packages.js";

/** No module under this name; the second for an import for its effect alone. */
const NO_MODULE = new Set([2307, 2882]);
/** The module is there, but its types are not. */
export const NO_TYPES = 7016;
/** No such name, or namespace; with a guess at what is missing. */
const NO_NAME = new Set([2304, 2503, 2552, 2868]);

export class Advice {
  readonly #folder: string;
  readonly #home: string;

  /** @param home a folder of the kernel, whose packages a notebook may import too */
  constructor(folder: string, home: string) {
    this.#folder = folder;
    this.#home = home;
  }

  /**
   * What to do about a finding; `undefined` where TypeScript's message says it best.
   * @param code the text of the cell from where the finding begins
   */
  on(number: number, message: string, code: string): string | undefined {
    if (NO_NAME.has(number)) return foreignName(code);
    const specifier = /['"]([^'"]+)['"]/.exec(message)?.[1];
    if (specifier === undefined) return undefined;
    if (NO_MODULE.has(number)) return this.#missing(specifier);
    return number === NO_TYPES ? this.#untyped(specifier) : undefined;
  }

  #missing(specifier: string): string | undefined {
    const add = addCommand(this.#folder);
    const instead = insteadOf(specifier, add);
    const name = packageName(specifier);
    // `~/layers` and the like are aliases of somebody's, not packages.
    if (instead !== undefined || name === null || !/^(@[\w.-]+\/)?\w[\w.-]*$/.test(name)) {
      return instead;
    }
    const installed = [this.#folder, this.#home].some(
      (folder) => packageFolder(name, folder) !== null,
    );
    return installed
      ? `The package "${name}" is installed, but "${specifier}" is not among what it exports.`
      : `Cannot find the package "${name}". Run \`${add} ${name}\` in the notebook's folder, then run this cell again.`;
  }

  #untyped(specifier: string): string | undefined {
    const name = packageName(specifier);
    if (name === null) return undefined;
    const command = `${addCommand(this.#folder)} -D ${typesPackage(name)}`;
    return `The package "${name}" has no types, so nothing that is done with it is checked. If there are types for it, \`${command}\` brings them.`;
  }
}

/** The globals of other runtimes. */
function foreignName(code: string): string | undefined {
  if (/^Deno\b/.test(code)) return insteadOfDeno(denoMember(code));
  if (/^Bun\b/.test(code)) return "This kernel runs on Node, where there is no `Bun`.";
  return undefined;
}
