/** Several earlier cells in one document: the fewer documents, the sooner the server answers. */
import type { DeclaredName } from "../cell/declarations.js";

/** A cell that has run, or is about to. */
export interface Entry {
  readonly source: string;
  /** The source, perhaps with types that were inferred: what later cells see. */
  text: string;
  readonly names: ReadonlyMap<string, DeclaredName>;
  /** The names of earlier cells that it speaks of, and where they were declared. */
  readonly uses: ReadonlyMap<string, Entry>;
  /** The other names that it speaks of: globals. */
  readonly globals: Set<string>;
  /** Those of its names that it does not export itself. */
  readonly exports: readonly string[];
  /** Those of its variables that may have a narrower type further down in one document than in another. */
  readonly narrowable: ReadonlySet<string>;
  readonly hasDefault: boolean;
  /** Changes types beyond its own names: `declare global`, an import for its effect. */
  readonly augments: boolean;
}

/** Whether two cells speak of the same names of the same cells. */
export function sameUses(a: Entry["uses"], b: Entry["uses"]): boolean {
  return a.size === b.size && [...a].every(([name, entry]) => b.get(name) === entry);
}

/** A block takes no more cells once its text is this long: it is read anew with every cell that it takes. */
const FULL = 1 << 14;

export class Block {
  /** The name of its namespace, and of its file without `.ts`. */
  readonly module: string;
  readonly #entries: Entry[] = [];
  /** How long the cells' texts are together. */
  #length = 0;
  /** The document and the imports that it was made with, until the cells change. */
  #made: { imports: string; text: string } | undefined;

  constructor(number: number) {
    this.module = `convlab$${number}`;
  }

  get name(): string {
    return `${this.module}.ts`;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    this.#length += entry.text.length;
    this.#made = undefined;
  }

  /** To be called when the text of one of its cells has changed. */
  changed(): void {
    this.#length = this.#entries.reduce((sum, { text }) => sum + text.length, 0);
    this.#made = undefined;
  }

  /** Whether a name means something here that is no global. */
  means(name: string): boolean {
    return this.#entries.some(({ names, uses }) => names.has(name) || uses.has(name));
  }

  keep(needed: (entry: Entry) => boolean): void {
    const kept = this.#entries.filter(needed);
    if (kept.length === this.#entries.length) return;
    this.#entries.splice(0, Infinity, ...kept);
    this.changed();
  }

  /** Whether every name means here, after the cell is added, what it meant where it was checked. */
  accepts(entry: Entry): boolean {
    if (this.#entries.length === 0) return true;
    if (this.#length + entry.source.length > FULL) return false;
    for (const other of this.#entries) {
      if (entry.hasDefault && other.hasDefault) return false;
      for (const name of entry.names.keys()) {
        if (other.names.has(name) || other.uses.has(name) || other.globals.has(name)) return false;
      }
      for (const name of entry.globals) {
        if (other.names.has(name) || other.uses.has(name)) return false;
      }
      for (const [name, declaredIn] of entry.uses) {
        if (other.names.has(name) && (other !== declaredIn || other.narrowable.has(name))) {
          return false;
        }
        const meant = other.uses.get(name);
        if (other.globals.has(name) || (meant !== undefined && meant !== declaredIn)) return false;
      }
    }
    return true;
  }

  /**
   * The document: on its first line the imports and the names from other blocks, then cells and their exports.
   * @param imports brings the namespaces of all blocks
   * @param homeOf says in which block a cell lies
   */
  text(imports: string, homeOf: (entry: Entry) => Block | undefined): string {
    if (this.#made?.imports !== imports)
      this.#made = { imports, text: this.#make(imports, homeOf) };
    return this.#made.text;
  }

  #make(imports: string, homeOf: (entry: Entry) => Block | undefined): string {
    const aliases = new Map<string, string>();
    for (const { uses } of this.#entries) {
      for (const [name, entry] of uses) {
        const home = homeOf(entry);
        if (home !== this && home !== undefined) aliases.set(name, alias(name, entry, home));
      }
    }
    const cells = this.#entries.map(
      ({ text, exports }) => `${text}\nexport { ${exports.join(", ")} };\n`,
    );
    return `${[imports, ...aliases.values()].join(" ")}\n${cells.join("") || "export {};\n"}`;
  }
}

/** An import can't be assigned to, a variable of an earlier cell can. */
export function alias(name: string, entry: Entry, { module }: Block): string {
  return entry.names.get(name)?.assignable
    ? `declare let ${name}: typeof ${module}.${name};`
    : `import ${name} = ${module}.${name};`;
}
