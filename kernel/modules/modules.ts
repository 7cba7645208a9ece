/** `import` and `require` of a cell: looked up from the notebook's folder, then from the kernel's own. */
import { readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import { insteadOf } from "../cell/foreign.js";
import { isInstalled, isPath } from "../project/local-files.js";
import { Project } from "../project/project.js";
import { showChildOutput } from "../run/child-output.js";
import { importedFile, isAvailable, packageName } from "../types/packages.js";
import { emitTypeScript } from "./emit-file.js";
import { type Importer, type ImportOptions, importerIn, type Namespace } from "./importer.js";
import { LocalGraph } from "./local-graph.js";
import { isMissingPackage, missingFile, missingPackage, readableImportError } from "./missing.js";
import { wholeNamespace } from "./namespace.js";
import { LocalImports } from "./typescript-files.js";

export type { Namespace } from "./importer.js";

export class Modules {
  readonly #folder: string;
  /** Modules that the kernel itself provides, by name. */
  readonly #provided: Map<string, Namespace>;
  readonly #importFromFolder: Importer;
  readonly #importFromKernel: Importer;
  readonly #requireFromFolder: NodeJS.Require;
  readonly #requireFromKernel: NodeJS.Require;
  readonly #project: Project;
  readonly #graph: LocalGraph;
  readonly #local: LocalImports;
  readonly require: NodeJS.Require;

  constructor(folder: string, kernelFolder: string, provided: Map<string, Namespace>) {
    this.#folder = folder;
    this.#provided = provided;
    this.#importFromFolder = importerIn(folder);
    this.#importFromKernel = importerIn(kernelFolder);
    this.#requireFromFolder = createRequire(join(folder, "cell.cjs"));
    this.#requireFromKernel = createRequire(join(kernelFolder, "kernel.cjs"));
    this.#project = new Project(folder);
    this.#graph = new LocalGraph(this.#project, dirname(kernelFolder));
    this.#local = new LocalImports(folder, kernelFolder, this.#project, this.#graph, provided);
    this.require = this.#requirer();
  }

  /** What `import.meta` answers in a cell. */
  meta(): Record<string, unknown> {
    const filename = join(this.#folder, "cell.ts");
    return {
      url: pathToFileURL(filename).href,
      filename,
      dirname: this.#folder,
      resolve: (specifier: string) => {
        const file = this.#graph.file(specifier, this.#folder);
        if (file !== undefined) return pathToFileURL(file).href;
        if (isPath(specifier)) return new URL(specifier, pathToFileURL(filename)).href;
        if (isBuiltin(specifier)) return `node:${specifier.replace(/^node:/, "")}`;
        // `require` goes by other conditions than `import` does.
        const found = importedFile(specifier, this.#folder) ?? this.require.resolve(specifier);
        return isAbsolute(found) ? pathToFileURL(found).href : found;
      },
    };
  }

  /**
   * Imports an ES module, a CommonJS module, JSON, or a local TypeScript file.
   * @throws Error that names the command when a package is not installed
   */
  async import(specifier: unknown, options: ImportOptions = {}): Promise<Namespace> {
    showChildOutput();
    const name = String(specifier);
    const provided = this.#provided.get(name);
    if (provided !== undefined) return provided;
    if (insteadOf(name) !== undefined) throw missingPackage(name, this.#folder);
    this.#graph.refresh();
    const file = this.#graph.file(name, this.#folder);
    try {
      if (file !== undefined) return this.#whole(await this.#importFile(file, options));
      if (isPath(name)) return await this.#importAddress(name, options);
      return this.#whole(await this.#importPackage(name, options));
    } catch (error) {
      throw readableImportError(error, this.#folder);
    }
  }

  async #importFile(file: string, options: ImportOptions): Promise<Namespace> {
    // Read anew each time: an edited file shows its new content.
    if (file.endsWith(".json")) return { default: readJson(file) };
    if (isInstalled(file)) return this.#importFromFolder(pathToFileURL(file).href, options);
    if (this.#graph.needsHooks(file)) this.#local.prepare(file);
    this.#forgetStale(file);
    try {
      const namespace = await this.#importFromFolder(this.#graph.url(file), options);
      this.#graph.succeeded(file);
      return namespace;
    } catch (error) {
      this.#graph.failed(file);
      throw error;
    }
  }

  /** A path that is no file, unless it ends in a query. */
  #importAddress(specifier: string, options: ImportOptions): Promise<Namespace> {
    if (!specifier.includes("?")) throw missingFile(specifier, this.#folder);
    const url = new URL(specifier, pathToFileURL(join(this.#folder, "cell.ts")));
    return this.#importFromFolder(url.href, options);
  }

  async #importPackage(name: string, options: ImportOptions): Promise<Namespace> {
    // Node 20 never again finds a package that it once looked for in vain.
    if (isFound(name, this.#folder)) {
      const entry = this.#graph.linked(name, this.#folder);
      if (entry !== undefined) this.#local.prepare(entry);
      return this.#importFromFolder(name, options);
    }
    try {
      return await this.#importFromKernel(name, options);
    } catch (error) {
      throw isMissingPackage(error, name) ? missingPackage(name, this.#folder) : error;
    }
  }

  #whole(namespace: Namespace): Namespace {
    return wholeNamespace(namespace, (exports) =>
      Object.values(this.#requireFromFolder.cache).some((module) => module?.exports === exports),
    );
  }

  /** CommonJS modules are kept by path: those that have changed must go, and those that use them. */
  #forgetStale(file: string): void {
    for (const one of this.#graph.stale(file)) delete this.#requireFromFolder.cache[one];
  }

  #requirer(): NodeJS.Require {
    const require = (name: string): unknown => {
      showChildOutput();
      const provided = this.#provided.get(name);
      if (provided !== undefined) return provided;
      if (insteadOf(name) !== undefined) throw missingPackage(name, this.#folder);
      this.#graph.refresh();
      const file = this.#graph.file(name, this.#folder);
      if (file !== undefined && !isInstalled(file)) return this.#requireFile(file);
      if (file === undefined && isPath(name)) throw missingFile(name, this.#folder);
      return this.#inTurn(name, (from) => from(name));
    };
    const resolve = (name: string, options?: { paths?: string[] }): string =>
      this.#graph.file(name, this.#folder) ??
      this.#inTurn(name, (from) => from.resolve(name, options));
    const { cache, extensions, resolve: ofNode } = this.#requireFromFolder;
    return Object.assign(require, {
      resolve: Object.assign(resolve, { paths: ofNode.paths }),
      cache,
      extensions,
      main: undefined,
    });
  }

  #requireFile(file: string): unknown {
    if (this.#graph.needsHooks(file)) {
      this.#local.prepare(file);
      this.#requireTypeScript();
    }
    this.#forgetStale(file);
    const exports = this.#requireFromFolder(file) as unknown;
    this.#graph.succeeded(file);
    return exports;
  }

  /** Before Node 22.15 `require` asks no hooks: a TypeScript file becomes a CommonJS module by its ending. */
  #requireTypeScript(): void {
    const { extensions } = this.#requireFromFolder;
    for (const extension of [".ts", ".tsx", ".mts", ".cts"]) {
      extensions[extension] = (module, filename) => {
        const { require } = module;
        module.require = (name: string) =>
          require.call(module, this.#graph.file(name, dirname(filename)) ?? name);
        const code = emitTypeScript(filename, this.#project.emitOptions, "cjs");
        (module as unknown as Compiling)._compile(code, filename);
      };
    }
  }

  /** Asks from the notebook's folder, then from the kernel's. */
  #inTurn<T>(name: string, ask: (from: NodeJS.Require) => T): T {
    if (isFound(name, this.#folder)) return ask(this.#requireFromFolder);
    try {
      return ask(this.#requireFromKernel);
    } catch (error) {
      throw isMissingPackage(error, name) ? missingPackage(name, this.#folder) : error;
    }
  }
}

/** Whether to ask Node from this folder: not for a package that it would not find. */
function isFound(specifier: string, folder: string): boolean {
  return packageName(specifier) === null || isAvailable(specifier, folder);
}

/** A module of Node's that is being loaded, with the method that is not in its types. */
interface Compiling {
  _compile(code: string, file: string): void;
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
