/** Runs cells one after the other as the kernel does, but in this thread: compile, then call with boxes. */
import { runInThisContext } from "node:vm";
import { PROVIDED } from "../../kernel/cell/boxes.js";
import { compile } from "../../kernel/cell/compile.js";
import { SharedNames } from "../../kernel/cell/names.js";
import { lowerWithEsbuild } from "../../kernel/run/lower.js";
import { Scope } from "../../kernel/run/scope.js";

export class Notebook {
  readonly scope = new Scope();
  /** Modules that cells may import, by name; others are Node's. */
  readonly modules: Record<string, Record<string, unknown>> = {};
  readonly #names = new SharedNames((name) => name in globalThis);

  /** The value of the cell's last expression. What the cell throws is thrown, after undoing its declarations. */
  async run(source: string): Promise<unknown> {
    const { code, boxes, declared, imports, usedInFunctions } = await compile(
      source,
      this.#names,
      lowerWithEsbuild,
    );
    this.#names.remember(usedInFunctions);
    const declaring = this.scope.declare(declared);
    const provided = PROVIDED.filter((name) => !declared.includes(name)).map((name) =>
      name === "require" ? (what: string) => `<required ${what}>` : `<${name}>`,
    );
    try {
      for (const { specifier, names, typesOnly } of imports) {
        const namespace = await this.load(specifier).catch((error: unknown) => {
          if (!typesOnly) throw error;
          return () => {
            throw error;
          };
        });
        for (const { imported, local } of names) {
          this.scope.bind(local, () => {
            if (typeof namespace === "function") return namespace();
            return imported === "*" ? namespace : namespace[imported];
          });
        }
      }
      const cell = runInThisContext(code) as (...inputs: unknown[]) => unknown;
      const answer = await cell(
        (specifier: string) => this.load(specifier),
        { url: "file:///notebook/" },
        ...provided,
        ...boxes.map((name) => this.scope.box(name)),
        (value: unknown) => value,
      );
      this.#names.keep(declared);
      return (answer as [unknown] | undefined)?.[0];
    } catch (error) {
      declaring.undo();
      throw error;
    }
  }

  async load(specifier: string): Promise<Record<string, unknown>> {
    return this.modules[specifier] ?? ((await import(specifier)) as Record<string, unknown>);
  }

  /** Runs several cells; answers the last value. */
  async all(...sources: string[]): Promise<unknown> {
    let last: unknown;
    for (const source of sources) last = await this.run(source);
    return last;
  }
}
