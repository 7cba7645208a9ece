/** `import` and `require` of a cell: looked up from the notebook's folder, then from the kernel's own. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { constants, Script } from "node:vm";
import { importTypeScriptFiles } from "./typescript-files.js";

export type Namespace = Record<string, unknown>;
type ImportOptions = { with?: Record<string, string> };

export class Modules {
  readonly #folder: string;
  readonly #kernelFolder: string;
  /** Modules that the kernel itself provides, by name. */
  readonly #provided: Map<string, Namespace>;
  readonly #importFromFolder: (specifier: string, options?: ImportOptions) => Promise<Namespace>;
  readonly #importFromKernel: (specifier: string, options?: ImportOptions) => Promise<Namespace>;
  readonly require: NodeJS.Require;

  constructor(folder: string, kernelFolder: string, provided: Map<string, Namespace>) {
    this.#folder = folder;
    this.#kernelFolder = kernelFolder;
    this.#provided = provided;
    this.#importFromFolder = importerIn(folder);
    this.#importFromKernel = importerIn(kernelFolder);
    this.require = this.#requirer();
  }

  /** What `import.meta` answers in a cell. */
  meta(): Record<string, unknown> {
    const filename = join(this.#folder, "cell.ts");
    const require = createRequire(filename);
    return {
      url: pathToFileURL(filename).href,
      filename,
      dirname: this.#folder,
      resolve: (specifier: string) => {
        if (specifier.startsWith(".")) return new URL(specifier, pathToFileURL(filename)).href;
        const found = require.resolve(specifier);
        return isAbsolute(found) ? pathToFileURL(found).href : found;
      },
    };
  }

  /**
   * Imports an ES module, a CommonJS module, JSON, or a local TypeScript file.
   * @throws Error that names the command when a package is not installed
   */
  async import(specifier: unknown, options: ImportOptions = {}): Promise<Namespace> {
    const name = String(specifier);
    const provided = this.#provided.get(name);
    if (provided !== undefined) return provided;
    const file = this.#localFile(name);
    if (file !== undefined) return this.#importFile(file, options);
    try {
      return await this.#importFromFolder(name, options);
    } catch (error) {
      if (!isMissingPackage(error, name)) throw error;
    }
    try {
      return await this.#importFromKernel(name, options);
    } catch (error) {
      if (!isMissingPackage(error, name)) throw error;
      throw missingPackage(name, this.#folder);
    }
  }

  async #importFile(file: string, options: ImportOptions): Promise<Namespace> {
    const extension = extname(file);
    // Read anew each time: an edited file shows its new content.
    if (extension === ".json") return { default: readJson(file) };
    // `./a` and `./a.js` may mean a.ts.
    if (/^\.[cm]?tsx?$/.test(extension) || !existsSync(file))
      await importTypeScriptFiles(this.#kernelFolder);
    return this.#importFromFolder(pathToFileURL(file).href, options);
  }

  /** The path of a relative, absolute or `file:` specifier; a package's name gives none. */
  #localFile(specifier: string): string | undefined {
    if (specifier.startsWith("file:")) return fileURLToPath(specifier);
    if (/^\.\.?($|[/\\])/.test(specifier)) return resolve(this.#folder, specifier);
    return isAbsolute(specifier) ? specifier : undefined;
  }

  #requirer(): NodeJS.Require {
    const fromFolder = createRequire(join(this.#folder, "cell.cjs"));
    const fromKernel = createRequire(join(this.#kernelFolder, "kernel.cjs"));
    const require = (name: string): unknown => {
      const provided = this.#provided.get(name);
      if (provided !== undefined) return provided;
      try {
        return fromFolder(name);
      } catch (error) {
        if (!isMissingPackage(error, name)) throw error;
      }
      try {
        return fromKernel(name);
      } catch (error) {
        if (!isMissingPackage(error, name)) throw error;
        throw missingPackage(name, this.#folder);
      }
    };
    return Object.assign(require, {
      resolve: fromFolder.resolve,
      cache: fromFolder.cache,
      extensions: fromFolder.extensions,
      main: undefined,
    });
  }
}

/** @throws SyntaxError that names the file */
function readJson(file: string): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`${file} is no JSON: ${(error as Error).message}`);
  }
}

/** Node calls this way of importing experimental; that is our concern, not the reader's. */
function withoutWarning<T>(work: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (String(warning).includes("USE_MAIN_CONTEXT_DEFAULT_LOADER")) return;
    (emitWarning as (...all: unknown[]) => void).call(process, warning, ...rest);
  };
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** An `import()` that looks packages up from a folder: V8 asks Node with the name of the script that it stands in. */
function importerIn(
  folder: string,
): (specifier: string, options?: ImportOptions) => Promise<Namespace> {
  const script = new Script("(specifier, options) => import(specifier, options)", {
    filename: join(folder, "import-of-a-cell.mjs"),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const load = script.runInThisContext() as ReturnType<typeof importerIn>;
  return (specifier, options) => withoutWarning(() => load(specifier, options));
}

/** Whether this very package is what could not be found, not something that it needs in its turn. */
function isMissingPackage(error: unknown, specifier: string): boolean {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  if (isLocal(specifier)) return false;
  if (code === "ERR_MODULE_NOT_FOUND")
    return message?.includes(`'${packageName(specifier)}'`) ?? false;
  return (
    code === "MODULE_NOT_FOUND" &&
    (message?.startsWith(`Cannot find module '${specifier}'`) ?? false)
  );
}

function missingPackage(specifier: string, folder: string): Error {
  const scheme = /^(npm|jsr|https?):/.exec(specifier)?.[1];
  if (scheme === "npm") {
    const name = packageName(specifier.slice("npm:".length).replace(/(?<=.)@[^/]*/, ""));
    return new Error(
      `This kernel writes no "npm:": run \`npm install ${name}\`, then import "${name}".`,
    );
  }
  const name = packageName(specifier);
  const error = new Error(
    `Cannot find the package "${name}" from ${folder}. Run \`npm install ${name}\` there, then run this cell again.`,
  );
  return Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function isLocal(specifier: string): boolean {
  return specifier.startsWith(".") || specifier.startsWith("file:") || isAbsolute(specifier);
}
