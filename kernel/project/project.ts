/** What the reader's `tsconfig.json` says to cells and to the files that they import. */
import { dirname, join } from "node:path";
import { modifiedTime } from "./modified.js";
import { readTsconfig, type Tsconfig, TsconfigError } from "./tsconfig.js";

type Kind = "boolean" | "string" | "list";

/**
 * The options that speak of code: how it is checked, what the language is, where names resolve. All others speak of
 * files and output, which a cell has none of, or would be noise there (`noUnusedLocals`).
 */
const HONOURED: Readonly<Record<string, Kind>> = {
  allowUnreachableCode: "boolean",
  allowUnusedLabels: "boolean",
  customConditions: "list",
  emitDecoratorMetadata: "boolean",
  erasableSyntaxOnly: "boolean",
  exactOptionalPropertyTypes: "boolean",
  experimentalDecorators: "boolean",
  jsx: "string",
  jsxFactory: "string",
  jsxFragmentFactory: "string",
  jsxImportSource: "string",
  lib: "list",
  noFallthroughCasesInSwitch: "boolean",
  noImplicitAny: "boolean",
  noImplicitOverride: "boolean",
  noImplicitReturns: "boolean",
  noImplicitThis: "boolean",
  noPropertyAccessFromIndexSignature: "boolean",
  noUncheckedIndexedAccess: "boolean",
  noUncheckedSideEffectImports: "boolean",
  strict: "boolean",
  strictBindCallApply: "boolean",
  strictBuiltinIteratorReturn: "boolean",
  strictFunctionTypes: "boolean",
  strictNullChecks: "boolean",
  strictPropertyInitialization: "boolean",
  typeRoots: "list",
  types: "list",
  useDefineForClassFields: "boolean",
  useUnknownInCatchVariables: "boolean",
};

/** The options that change what esbuild makes of a file. */
const EMITTED = [
  "experimentalDecorators",
  "jsx",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
  "useDefineForClassFields",
];

const NONE: Tsconfig = { options: {}, paths: {}, sources: [] };

/** The nearest `tsconfig.json` of a folder, read again when it, or what it extends, has changed. */
export class Project {
  readonly #folder: string;
  /** Every file that has, or might have, a say, and when it was last changed. */
  #watched = new Map<string, number | null>();
  #config = NONE;
  #problem: string | undefined;
  #told: string | undefined;

  /** @param folder where the notebook lies; nothing is read before {@link refresh} */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Reads what is new; says whether anything was. Costs a few microseconds a folder when nothing was. */
  refresh(): boolean {
    const unchanged = [...this.#watched].every(([file, time]) => modifiedTime(file) === time);
    if (unchanged && this.#watched.size > 0) return false;
    const candidates: string[] = [];
    for (let folder = this.#folder; ; folder = dirname(folder)) {
      candidates.push(join(folder, "tsconfig.json"));
      if (modifiedTime(candidates.at(-1)!) !== null || dirname(folder) === folder) break;
    }
    const nearest = candidates.at(-1)!;
    this.#problem = undefined;
    this.#config = NONE;
    let sources: readonly string[] = [];
    if (modifiedTime(nearest) !== null) {
      try {
        const config = readTsconfig(nearest);
        sources = config.sources;
        this.#config = this.#checked(config, nearest);
      } catch (error) {
        if (!(error instanceof TsconfigError)) throw error;
        sources = error.sources;
        this.#problem = `${error.message} Cells use the kernel's own settings until then.`;
      }
    }
    const watched = [...candidates, ...sources].map((file) => [file, modifiedTime(file)] as const);
    this.#watched = new Map(watched);
    return true;
  }

  /** Compiler options as a tsconfig states them; paths absolute. */
  get options(): Readonly<Record<string, unknown>> {
    return this.#config.options;
  }

  /** Aliases and their absolute targets, for `paths`. */
  get paths(): Readonly<Record<string, readonly string[]>> {
    return this.#config.paths;
  }

  /** Whether the reader asked that what has no type be an error. */
  get reportsImplicitAny(): boolean {
    return (this.options.noImplicitAny ?? this.options.strict) === true;
  }

  /** What esbuild's `tsconfigRaw` should hold. */
  get emitOptions(): Record<string, unknown> {
    const entries = EMITTED.filter((name) => name in this.options);
    return Object.fromEntries(entries.map((name) => [name, this.options[name]]));
  }

  /** What is wrong with the tsconfig, to be shown to the reader; each problem once. */
  takeProblem(): string | undefined {
    if (this.#problem === this.#told) return undefined;
    this.#told = this.#problem;
    return this.#problem;
  }

  #checked(config: Tsconfig, file: string): Tsconfig {
    const options: Record<string, unknown> = {};
    for (const [name, kind] of Object.entries(HONOURED)) {
      const value = config.options[name];
      if (value === undefined || value === null) continue;
      if (kind === "list" ? isTextList(value) : typeof value === kind) options[name] = value;
      else {
        const wanted =
          kind === "boolean" ? "true or false" : kind === "string" ? "a text" : "a list of texts";
        this.#problem = `${file}: "${name}" must be ${wanted}, not ${JSON.stringify(value)}. It is left out.`;
      }
    }
    return { ...config, options };
  }
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
