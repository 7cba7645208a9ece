/** The `tsconfig.json` under which cells are checked: a document that the server sees, never a file. */
import { existsSync } from "node:fs";
import { join } from "node:path";
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
  readonly #typeRoots: string[];
  readonly #paths = new Map<string, string[]>();
  readonly #seen = new Set<string>();

  /**
   * @param folder where the notebook lies
   * @param home a folder of the kernel: packages that the notebook hasn't are those that a module there would find
   */
  constructor(folder: string, home: string) {
    this.#folder = folder;
    this.#home = home;
    const roots = [...moduleFolders(folder), ...moduleFolders(home)].map((f) => join(f, "@types"));
    this.#typeRoots = [...new Set(roots)].filter((root) => existsSync(root));
  }

  /** Makes specifiers resolve that the notebook's own packages don't; says whether the document changed. */
  admit(specifiers: Iterable<string>): boolean {
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
    return this.#paths.size > before;
  }

  /** @param files the documents that make up the program */
  document(files: readonly string[]): Document {
    const config = {
      compilerOptions: {
        target: "esnext",
        lib: ["esnext"],
        module: "preserve",
        moduleResolution: "bundler",
        customConditions: ["node"],
        allowImportingTsExtensions: true,
        resolveJsonModule: true,
        allowJs: true,
        noEmit: true,
        skipLibCheck: true,
        strict: true,
        types: ["node"],
        typeRoots: this.#typeRoots,
        paths: Object.fromEntries(this.#paths),
      },
      files,
    };
    return { name: "tsconfig.json", text: JSON.stringify(config) };
  }

  #installed(name: string): boolean {
    return [name, typesPackage(name)].some((one) => packageFolder(one, this.#folder) !== null);
  }

  #targets(specifier: string, name: string): string[] {
    const own = ownPackage(this.#home);
    const folder = own?.name === name ? own.folder : packageFolder(name, this.#home);
    const targets = folder === null ? [] : typeTargets(specifier, name, folder);
    const types = packageFolder(typesPackage(name), this.#home);
    if (types !== null) targets.push(join(types, specifier.slice(name.length)));
    // The kernel itself is the package `tslab`.
    if (specifier === "tslab" && targets.length === 0) {
      const declarations = [
        join(this.#home, "types", "tslab.d.ts"),
        join(this.#home, "tslab.d.ts"),
      ];
      targets.push(...declarations.filter((file) => existsSync(file)));
    }
    return targets;
  }
}
