/**
 * Earlier cells as modules. The cells whose types still count lie in a few documents, the blocks, and the next cell
 * in one of its own. Every document imports every block whole, so that the server's program keeps its shape from cell
 * to cell and only one text changes: an answer then takes a fifth of the time.
 */
import type { Program } from "@babel/types";
import { type DeclaredName, declaredNames, exportedNames } from "../cell/declarations.js";
import { firstLineAsComment } from "../cell/plain-forms.js";
import { Block, type Entry, header, sameUses } from "./block.js";
import { SENTINELS } from "./completion.js";
import { type ServerHint, withTypes } from "./inferred.js";
import { mentionedNames } from "./mentions.js";
import { narrowable } from "./narrowing.js";

/** A document that the server knows, never on disk. */
export interface Document {
  readonly name: string;
  readonly text: string;
}

/** The document that holds the cell to be checked. */
export const CURRENT = "convlab$cell.ts";

/** The document that holds a cell which is still being written, for questions about it. */
export const QUERY = "convlab$query.ts";

/** A cell made ready for checking, and for becoming part of the chain. */
export interface Draft {
  /** The header line, the cell, the footer that exports what it declares. */
  readonly text: string;
  readonly entry: Entry;
  readonly program: Program;
}

const FIRST_BLOCKS = 2;
/** How long a block may grow, for each block that there is: a long notebook needs few, and a short one short ones. */
const SHARE = 1 << 13;

export class Chain {
  /** The latest declaration of each name. */
  readonly #live = new Map<string, { declared: DeclaredName; entry: Entry }>();
  readonly #homes = new WeakMap<Entry, Block>();
  readonly #homeOf = (entry: Entry): Block | undefined => this.#homes.get(entry);
  #blocks = Chain.#newBlocks(0, FIRST_BLOCKS);

  static #newBlocks(from: number, to: number): Block[] {
    return Array.from({ length: to - from }, (_, i) => new Block(from + i + 1));
  }

  /** What declared a live name. */
  kindOf(name: string): string | undefined {
    return this.#live.get(name)?.declared.kind;
  }

  /** The names of all documents of the program, which the configuration lists. */
  files(): string[] {
    return [...this.#blocks.map((block) => block.name), CURRENT, QUERY];
  }

  /** The names that a cell sees from earlier ones. */
  *liveNames(): Iterable<DeclaredName> {
    for (const { declared } of this.#live.values()) yield declared;
  }

  /** Some live names that begin with a word, in whatever case: at most `limit`. */
  namesThatBegin(word: string, limit: number): string[] {
    const wanted = word.toLowerCase();
    const found: string[] = [];
    for (const name of this.#live.keys()) {
      if (found.length >= limit) break;
      if (name.toLowerCase().startsWith(wanted)) found.push(name);
    }
    return found;
  }

  /** The documents of earlier cells. */
  documents(): Document[] {
    return this.#blocks.map((block) => ({
      name: block.name,
      text: block.text(this.#blocks, this.#homeOf),
    }));
  }

  /** The document of the next cell while there is none. */
  empty(): Document {
    return { name: CURRENT, text: `${header(this.#blocks, [])}\nexport {};\n` };
  }

  /** A cell between header and footer; the header brings those live names that the cell speaks of. */
  draft(source: string, program: Program): Draft {
    const names = declaredNames(program);
    const own = new Set(names.map(({ name }) => name));
    const uses = new Map<string, Entry>();
    const globals = new Set<string>();
    for (const name of mentionedNames(program)) {
      if (own.has(name)) continue;
      const live = this.#live.get(name);
      if (live === undefined) globals.add(name);
      else uses.set(name, live.entry);
    }
    const exported = exportedNames(program);
    for (const declared of names) {
      const live = this.#live.get(declared.name);
      if (live === undefined || exported.has(declared.name)) continue;
      if (complement(declared, live.declared)) uses.set(declared.name, live.entry);
    }
    const mayNarrow = narrowable(program);
    const augmented = augmentedModules(program);
    const entry: Entry = {
      source,
      text: firstLineAsComment(source),
      uses,
      globals,
      names: new Map(names.map((one) => [one.name, one])),
      exports: names.map(({ name }) => name).filter((name) => !exported.has(name)),
      narrowable: new Set([...own].filter((name) => mayNarrow.has(name))),
      hasDefault: program.body.some(({ type }) => type === "ExportDefaultDeclaration"),
      augments: augmented.length > 0 || changesGlobals(program),
      augmented,
    };
    const alone = new Block(0);
    alone.add(entry);
    return { text: alone.text(this.#blocks, this.#homeOf), entry, program };
  }

  /** Writes the types that the server inferred into a cell that is part of the chain. */
  settle({ entry, program }: Draft, hints: readonly ServerHint[]): void {
    const home = this.#homes.get(entry);
    if (home === undefined) return;
    const means = (name: string): boolean => this.#live.has(name) || home.means(name);
    const { text, globals } = withTypes(entry.source, program, hints, means);
    if (text === entry.text) return;
    entry.text = text;
    for (const name of globals) entry.globals.add(name);
    home.changed();
  }

  /**
   * A cell that is still being written, so that its text may break off: only the header, and no footer.
   * @param names what the header brings, as far as earlier cells declared it
   */
  question(source: string, names: Iterable<string>): Document {
    const foreign = [...names].flatMap((name) => {
      const entry = this.#live.get(name)?.entry;
      const home = entry && this.#homes.get(entry);
      return entry && home ? [{ name, entry, home }] : [];
    });
    // Without the empty statement, a word on the first line would be taken for a part of the last import.
    return { name: QUERY, text: `${header(this.#blocks, foreign)} ${SENTINELS};\n${source}` };
  }

  /**
   * Makes a cell that has run part of the chain; says whether that changed anything.
   * @param reached those of its values that exist; types exist without running
   */
  commit({ entry }: Draft, reached?: readonly string[]): boolean {
    const names = [...entry.names.values()].filter(
      ({ name, ambient }) => ambient || reached === undefined || reached.includes(name),
    );
    if (names.length === 0 && !entry.augments) return false;
    if (this.#standing(entry)) return false;
    let replaced = entry.augments;
    for (const declared of names) {
      const { name } = declared;
      const live = this.#live.get(name);
      replaced ||= live !== undefined;
      if (live !== undefined && this.#takesValue(live.entry, declared)) {
        // The type that speaks of this value stays, and means the new one.
        live.entry.uses.set(name, entry);
        this.#homes.get(live.entry)?.changed();
      } else {
        const space = entry.uses.has(name) ? "both" : declared.space;
        this.#live.set(name, { declared: { ...declared, space }, entry });
      }
    }
    if (replaced) this.#sweep(entry);
    const home =
      this.#blocks.find((one) => one.accepts(entry, SHARE * this.#blocks.length)) ??
      this.#newBlock();
    home.add(entry);
    this.#homes.set(entry, home);
    return true;
  }

  /** Whether a cell's type of that name goes with a value of an earlier cell, which is now declared anew. */
  #takesValue({ names, uses }: Entry, { name, space, kind }: DeclaredName): boolean {
    return (
      space === "value" && kind !== "import" && names.get(name)?.space === "type" && uses.has(name)
    );
  }

  /** Whether the same cell, with the same meaning, is the one that its names stand for already. */
  #standing({ source, names, uses }: Entry): boolean {
    const [first] = names.keys();
    const earlier = first === undefined ? undefined : this.#live.get(first)?.entry;
    if (earlier === undefined || earlier.source !== source || !sameUses(earlier.uses, uses)) {
      return false;
    }
    return [...names.keys()].every((name) => this.#live.get(name)?.entry === earlier);
  }

  /** Forgets all cells: their values were lost. */
  clear(): void {
    this.#live.clear();
    for (const block of this.#blocks) block.keep(() => false);
  }

  /** Drops the cells whose names are all declared anew and which no other cell that counts refers to. */
  #sweep(fresh: Entry): void {
    const needed = new Set<Entry>([fresh]);
    for (const { entry } of this.#live.values()) needed.add(entry);
    for (const block of this.#blocks) {
      for (const entry of block.entries) {
        // A cell that changes global types counts for ever, but run again unchanged it takes its own place.
        if (entry.augments && entry.source !== fresh.source) needed.add(entry);
      }
    }
    // A set keeps what is added while it is walked: this reaches everything that is used in turn.
    for (const entry of needed) for (const used of entry.uses.values()) needed.add(used);
    for (const block of this.#blocks) block.keep((entry) => needed.has(entry));
  }

  /** Twice as many blocks, since every new one changes the shape of the program; the first of the new ones. */
  #newBlock(): Block {
    const count = this.#blocks.length;
    const added = Chain.#newBlocks(count, 2 * count);
    this.#blocks = [...this.#blocks, ...added];
    return added[0] as Block;
  }
}

/** The modules that a cell adds declarations to. */
function augmentedModules(program: Program): string[] {
  return program.body.flatMap((statement) =>
    statement.type === "TSModuleDeclaration" && statement.id.type === "StringLiteral"
      ? [statement.id.value]
      : [],
  );
}

/** Whether a cell changes what exists everywhere: by `declare global`, or an import for its effect. */
function changesGlobals(program: Program): boolean {
  return program.body.some(
    (statement) =>
      (statement.type === "ImportDeclaration" && statement.specifiers.length === 0) ||
      (statement.type === "TSModuleDeclaration" && statement.kind === "global"),
  );
}

/** Whether a declaration leaves what the name meant before in the other space: `const Size = …`, then `type Size = …`. */
function complement(declared: DeclaredName, before: DeclaredName): boolean {
  if (declared.kind === "import") return false;
  if (declared.space === "type") return before.space !== "type";
  return declared.space === "value" && before.space === "type" && before.kind !== "import";
}
