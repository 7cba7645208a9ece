/** Several earlier cells in one document: the fewer documents, the sooner the server answers. */
import type { DeclaredName } from "../cell/declarations.js";

/** A cell that has run, or is about to. */
export interface Entry {
  readonly source: string;
  /** The source, perhaps with types that were inferred: what later cells see. */
  text: string;
  readonly names: ReadonlyMap<string, DeclaredName>;
  /**
   * The names of earlier cells that it speaks of, and where they were declared. Among them may be one of its own: a type
   * of the name of an earlier value, or the other way round.
   */
  readonly uses: Map<string, Entry>;
  /** The other names that it speaks of: globals. */
  readonly globals: Set<string>;
  /** The modules that it adds declarations to: they must be part of the program. */
  readonly augmented: readonly string[];
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

export class Block {
  /** The name of its namespace, and of its file without `.ts`. */
  readonly module: string;
  readonly #entries: Entry[] = [];
  /** How long the cells' texts are together. */
  #length = 0;
  /** The document and the blocks that it was made with, until the cells change. */
  #made: { blocks: readonly Block[]; text: string } | undefined;

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

  /**
   * Whether every name means here, after the cell is added, what it meant where it was checked.
   * @param full a text is to be no longer: it is read anew with every cell that it takes
   */
  accepts(entry: Entry, full: number): boolean {
    if (this.#entries.length === 0) return true;
    if (this.#length + entry.source.length > full) return false;
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
   * @param blocks all blocks: every document imports every one
   * @param homeOf says in which block a cell lies
   */
  text(blocks: readonly Block[], homeOf: (entry: Entry) => Block | undefined): string {
    if (this.#made?.blocks !== blocks) this.#made = { blocks, text: this.#make(blocks, homeOf) };
    return this.#made.text;
  }

  #make(blocks: readonly Block[], homeOf: (entry: Entry) => Block | undefined): string {
    const foreign = this.#entries.flatMap(({ names, uses }) =>
      [...uses].flatMap(([name, entry]) => {
        const home = homeOf(entry);
        const hasType = names.get(name)?.space === "type";
        return home === undefined || home === this ? [] : [{ name, entry, home, hasType }];
      }),
    );
    const cells = this.#entries.map(({ text, exports, augmented }) => {
      const imports = augmented.map((one) => `import type {} from ${JSON.stringify(one)}; `);
      return `${text}\n${imports.join("")}export { ${exports.join(", ")} };\n`;
    });
    return `${header(blocks, foreign)}\n${cells.join("") || "export {};\n"}`;
  }
}

/** A name of an earlier cell, and the block in which that lies. */
export interface ForeignName {
  readonly name: string;
  readonly entry: Entry;
  readonly home: Block;
  /** Whether the document has a type of that name itself, so that only the value is to be brought. */
  readonly hasType?: boolean;
}

/**
 * The first line of a document. Every block is imported, in the same order by all, so that the server's program keeps
 * its shape; but only those that are needed under a name, since the server goes through all that such a name holds.
 */
export function header(blocks: readonly Block[], names: readonly ForeignName[]): string {
  const needed = new Set(names.map(({ home }) => home));
  const imports = blocks.map((block) =>
    needed.has(block)
      ? `import * as ${block.module} from "./${block.module}";`
      : `import "./${block.module}";`,
  );
  const aliases = new Map(names.map((one) => [one.name, alias(one)]));
  return [...imports, ...aliases.values()].join(" ");
}

/** An import can't be assigned to, a variable of an earlier cell can; and it brings a type with the value. */
function alias({ name, entry, home: { module }, hasType }: ForeignName): string {
  const { assignable } = entry.names.get(name) ?? {};
  if (assignable) return `declare let ${name}: typeof ${module}.${name};`;
  if (hasType) return `declare const ${name}: typeof ${module}.${name};`;
  return `import ${name} = ${module}.${name};`;
}
