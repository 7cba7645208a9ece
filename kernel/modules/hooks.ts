/** Node's module hooks for the reader's own files: TypeScript, aliases, versions, and what the kernel provides. */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { insteadOf } from "../cell/foreign.js";
import { isInstalled, TYPESCRIPT } from "../project/local-files.js";
import { isAvailable, packageName } from "../types/packages.js";
import { emitTypeScript } from "./emit-file.js";

export interface Resolved {
  url: string;
  format?: string;
  shortCircuit?: boolean;
}
export interface Loaded {
  format: string;
  source: string;
  shortCircuit: boolean;
}
export interface ResolveContext {
  parentURL?: string;
  conditions?: readonly string[];
}
/** What Node is to be asked for instead. */
interface Asked {
  specifier: string;
  context: ResolveContext;
}
export interface LoadContext {
  conditions?: readonly string[];
  importAttributes?: Record<string, string>;
}

/** What the hooks ask of the thread that they serve. */
export interface HookHost {
  /** The file that a specifier means in a module of `folder`; `undefined` for a package. */
  file(specifier: string, folder: string, preferTypeScript: boolean): string | undefined;
  /** The address of this version of a file. */
  url(file: string): string;
  /** What the reader's tsconfig says to esbuild. */
  emitOptions(): Record<string, unknown>;
  /** Packages that the notebook has not are looked up from this address. */
  readonly kernelUrl: string;
  /** The names that each module of the kernel itself exports. */
  readonly provided: Readonly<Record<string, readonly string[]>>;
}

/** On this property of `globalThis` the modules lie that the kernel itself provides, in a `Map` by name. */
export const PROVIDED_KEY = "convlab.provided";
const PROVIDED_SCHEME = "convlab-provided:";

export class Hooks {
  readonly #host: HookHost;
  /** The folder of the built kernel and library. */
  readonly #ours: string;

  constructor(host: HookHost) {
    this.#host = host;
    this.#ours = dirname(dirname(fileURLToPath(host.kernelUrl)));
  }

  resolveSync = (
    specifier: string,
    context: ResolveContext,
    next: (specifier: string, context: ResolveContext) => Resolved,
  ): Resolved => {
    const asked = this.#asked(specifier, context);
    return "url" in asked ? asked : this.#versioned(next(asked.specifier, asked.context), context);
  };

  resolve = async (
    specifier: string,
    context: ResolveContext,
    next: (specifier: string, context: ResolveContext) => Promise<Resolved>,
  ): Promise<Resolved> => {
    const asked = this.#asked(specifier, context);
    if ("url" in asked) return asked;
    return this.#versioned(await next(asked.specifier, asked.context), context);
  };

  loadSync = (
    url: string,
    context: LoadContext,
    next: (url: string, context: LoadContext) => Loaded,
  ): Loaded => this.#load(url, context) ?? next(url, context);

  load = async (
    url: string,
    context: LoadContext,
    next: (url: string, context: LoadContext) => Promise<Loaded>,
  ): Promise<Loaded> => this.#load(url, context) ?? next(url, context);

  /** What a file of the reader's own imports: found, or what to ask Node for. */
  #asked(specifier: string, context: ResolveContext): Resolved | Asked {
    const parent = this.#ownFile(context.parentURL);
    if (parent === undefined) return { specifier, context };
    if (Object.hasOwn(this.#host.provided, specifier)) {
      return { url: PROVIDED_SCHEME + specifier, format: "module", shortCircuit: true };
    }
    const instead = insteadOf(specifier);
    if (instead !== undefined) throw new Error(`${parent} imports "${specifier}". ${instead}`);
    const file = this.#host.file(specifier, dirname(parent), TYPESCRIPT.test(parent));
    if (file === undefined) return { specifier, context: this.#from(specifier, context, parent) };
    const url = pathToFileURL(file).href;
    const isRequired = context.conditions?.includes("require") ?? false;
    if (isInstalled(file) || (isRequired && !TYPESCRIPT.test(file))) {
      return { specifier: isRequired ? file : url, context };
    }
    if (isRequired) return { url, format: "commonjs", shortCircuit: true };
    if (TYPESCRIPT.test(file)) {
      return { url: this.#host.url(file), format: formatOf(file, false), shortCircuit: true };
    }
    // Node knows best what kind of module another file is.
    return { specifier: this.#host.url(file), context };
  }

  /** What Node resolved, as a version of its own where it is the reader's: a `.js` file, a linked package. */
  #versioned(found: Resolved, { conditions }: ResolveContext): Resolved {
    const file = this.#ownFile(found.url);
    if (file === undefined || found.url.includes("?") || conditions?.includes("require")) {
      return found;
    }
    const format = TYPESCRIPT.test(file) ? "module" : found.format;
    return { ...found, url: this.#host.url(file), format };
  }

  /**
   * Where a package is looked for that a file of the reader's own imports: beside the kernel when it is not installed.
   * Node is not asked for it in vain, since Node 20 would never find it later.
   * @throws Error when it is nowhere
   */
  #from(specifier: string, context: ResolveContext, parent: string): ResolveContext {
    const name = packageName(specifier);
    if (name === null || isAvailable(specifier, dirname(parent))) return context;
    if (isAvailable(specifier, dirname(fileURLToPath(this.#host.kernelUrl)))) {
      return { ...context, parentURL: this.#host.kernelUrl };
    }
    const error = new Error(`Cannot find package '${name}' imported from ${parent}`);
    throw Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
  }

  /** The path of an address that is the reader's own file: no installed package's, nothing of Node's or the kernel's. */
  #ownFile(url: string | undefined): string | undefined {
    if (!url?.startsWith("file:")) return undefined;
    const path = fileURLToPath(url);
    return isInstalled(path, this.#ours) ? undefined : path;
  }

  #load(url: string, { conditions, importAttributes }: LoadContext): Loaded | undefined {
    if (url.startsWith(PROVIDED_SCHEME)) {
      const name = url.slice(PROVIDED_SCHEME.length);
      return module(providedSource(name, this.#host.provided[name] ?? []));
    }
    const file = this.#ownFile(url);
    if (file === undefined) return undefined;
    if (file.endsWith(".json")) {
      const isPlain = importAttributes?.type === "json" || conditions?.includes("require");
      if (isPlain) return undefined;
      return module(jsonSource(readFileSync(file, "utf8"), file));
    }
    if (!TYPESCRIPT.test(file)) return undefined;
    const format = formatOf(file, conditions?.includes("require") ?? false);
    const kind = format === "module" ? "esm" : "cjs";
    return { ...module(emitTypeScript(file, this.#host.emitOptions(), kind)), format };
  }
}

/** A file that `require` asks for is no ES module: as that it could not be loaded anew when it is edited. */
function formatOf(file: string, isRequired: boolean): "module" | "commonjs" {
  return isRequired || file.endsWith(".cts") ? "commonjs" : "module";
}

function module(source: string): Loaded {
  return { format: "module", source, shortCircuit: true };
}

function providedSource(name: string, names: readonly string[]): string {
  const lines = names
    .filter((one) => one !== "default")
    .map((one) => `export const ${one} = provided[${JSON.stringify(one)}];`);
  return `const provided = globalThis[Symbol.for("${PROVIDED_KEY}")].get(${JSON.stringify(name)});
export default provided.default;\n${lines.join("\n")}\n`;
}

/** JSON as a module, for an import without attributes: TypeScript lets its properties be imported by name. */
function jsonSource(text: string, file: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`${file} is no JSON: ${(error as Error).message}`);
  }
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const named = keys
    .filter((key) => key !== "default" && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key))
    .map((key, i) => `const n${i} = value[${JSON.stringify(key)}]; export { n${i} as ${key} };`);
  return `const value = JSON.parse(${JSON.stringify(text)});\nexport default value;\n${Array.isArray(value) ? "" : named.join("\n")}`;
}
