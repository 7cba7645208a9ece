/**
 * The `tsconfig.json` under which cells are checked: a document that the server sees, never a file. It repeats what the
 * reader's own says, which it hides where both lie in one folder.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { aliasTargets } from "../project/aliases.js";
import { Project } from "../project/project.js";
import type { Document } from "./chain.js";
import {
  moduleFolders,
  ownPackage,
  packageFolder,
  packageName,
  typesPackage,
  typeTargets,
} from "./packages.js";

export class Configuration {
  readonly #folder: string;
  readonly #home: string;
  readonly #project: Project;
  readonly #paths = new Map<string, string[]>();
  readonly #seen = new Set<string>();

  /**
   * @param folder where the notebook lies
   * @param home a folder of the kernel: packages that the notebook hasn't are those that a module there would find
   */
  constructor(folder: string, home: string) {
    this.#folder = folder;
    this.#home = home;
    this.#project = new Project(folder);
    this.#project.refresh();
    this.#paths.set("convlab/kernel", this.#declarations("kernel-module.d.ts"));
  }

  /**
   * Whether what has no type is an error. Otherwise such findings are to be left out: the option stays on, since
   * without it `const a = []` would be `never[]` and nothing could be pushed.
   */
  get reportsImplicitAny(): boolean {
    return this.#project.reportsImplicitAny;
  }

  /** What the reader's `tsconfig.json` says to esbuild. */
  get emitOptions(): Readonly<Record<string, unknown>> {
    return this.#project.emitOptions;
  }

  /** The paths, without ending, that a specifier means by the reader's `tsconfig.json`. */
  readonly aliasTargets = (specifier: string): string[] =>
    aliasTargets(specifier, this.#project.paths);

  /** What is wrong with the reader's `tsconfig.json`, to be shown to them; each problem once. */
  takeProblem(): string | undefined {
    return this.#project.takeProblem();
  }

  /**
   * Makes specifiers resolve that the notebook's own packages don't, and reads an edited `tsconfig.json`; says whether
   * the document changed.
   */
  admit(specifiers: Iterable<string>): boolean {
    const edited = this.#project.refresh();
    const before = this.#paths.size;
    for (const specifier of specifiers) {
      if (this.#seen.has(specifier)) continue;
      const name = packageName(specifier);
      // A package may be installed later: only what is settled is remembered.
      if (name === null || this.#installed(name)) continue;
      const targets = this.#targets(specifier, name);
      if (targets.length === 0) continue;
      this.#seen.add(specifier);
      this.#paths.set(specifier, targets);
    }
    return edited || this.#paths.size > before;
  }

  /** @param files the documents that make up the program */
  document(files: readonly string[]): Document {
    const own = this.#project.options;
    const { strict = true, strictNullChecks = strict } = own;
    const list = (name: string): string[] => (own[name] as string[] | undefined) ?? [];
    const config = {
      compilerOptions: {
        lib: ["esnext"],
        // A `.tsx` file can be imported.
        jsx: "preserve",
        strict: true,
        ...own,
        noImplicitAny: this.reportsImplicitAny || strictNullChecks,
        target: "esnext",
        module: "preserve",
        moduleResolution: "bundler",
        customConditions: ["node", ...list("customConditions")],
        allowImportingTsExtensions: true,
        resolveJsonModule: true,
        allowJs: true,
        noEmit: true,
        skipLibCheck: true,
        types: [...new Set(["node", ...list("types")])],
        typeRoots: [...list("typeRoots"), ...this.#typeRoots()],
        paths: { ...Object.fromEntries(this.#paths), ...this.#project.paths },
      },
      files: [...this.#declarations("globals.d.ts"), ...files],
    };
    return { name: "tsconfig.json", text: JSON.stringify(config) };
  }

  #typeRoots(): string[] {
    const folders = [...moduleFolders(this.#folder), ...moduleFolders(this.#home)];
    const roots = folders.map((folder) => join(folder, "@types"));
    return [...new Set(roots)].filter((root) => existsSync(root));
  }

  #installed(name: string): boolean {
    return [name, typesPackage(name)].some((one) => packageFolder(one, this.#folder) !== null);
  }

  #targets(specifier: string, name: string): string[] {
    const own = ownPackage(this.#home);
    const folder = own?.name === name ? own.folder : packageFolder(name, this.#home);
    const targets = folder === null ? [] : typeTargets(specifier, name, folder);
    const types = packageFolder(typesPackage(name), this.#home);
    // First, since the server takes the first that leads anywhere, if only to JavaScript.
    if (types !== null) targets.unshift(join(types, specifier.slice(name.length)));
    // The kernel itself is the package `tslab`.
    if (specifier === "tslab" && targets.length === 0) {
      targets.push(...this.#declarations("tslab.d.ts"));
    }
    return targets;
  }

  /** A file of declarations of the kernel's own, beside the bundle or in the sources. */
  #declarations(name: string): string[] {
    const places = [join(this.#home, "types", name), join(this.#home, name)];
    return places.filter((file) => existsSync(file));
  }
}
