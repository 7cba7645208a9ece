/** Earlier cells as modules: which names are live, and the document in which the next cell is checked. */
import type { Program } from "@babel/types";
import { type DeclaredName, declaredNames, exportedNames } from "../cell/declarations.js";

/** A document that the server knows, never on disk. */
export interface Document {
  readonly name: string;
  readonly text: string;
}

/** The name of the document that holds the cell to be checked. */
export const CURRENT = "convlab$cell.ts";

interface Committed extends Document {
  readonly id: number;
  /** The cells that its header imports from. */
  readonly uses: readonly number[];
}

/** A cell made ready for checking, and for becoming part of the chain. */
export interface Draft {
  /** The header line, the cell, the footer that exports what it declares. */
  readonly text: string;
  readonly names: readonly DeclaredName[];
  readonly uses: readonly number[];
  /** Changes types beyond its own names: `declare global`, an import for its effect. */
  readonly augments: boolean;
}

const word = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;

export class Chain {
  readonly #live = new Map<string, { declared: DeclaredName; cell: number }>();
  readonly #cells = new Map<number, Committed>();
  readonly #augmenting = new Set<number>();
  #next = 1;

  /** What declared a live name. */
  kindOf(name: string): string | undefined {
    return this.#live.get(name)?.declared.kind;
  }

  /** The documents of earlier cells that still count. */
  documents(): Document[] {
    return [...this.#cells.values()];
  }

  /**
   * A cell between header and footer. The header imports those live names that occur in the cell's text, so that the
   * program stays as small as what the cell depends on.
   */
  draft(source: string, program: Program): Draft {
    const names = declaredNames(program);
    const own = new Set(names.map(({ name }) => name));
    const imports = new Map<number, string[]>();
    const variables: string[] = [];
    for (const cell of this.#augmenting) imports.set(cell, []);
    for (const [used] of source.matchAll(word)) {
      const live = this.#live.get(used);
      if (live === undefined || own.has(used)) continue;
      own.add(used);
      const list = imports.get(live.cell) ?? [];
      imports.set(live.cell, list);
      // An import can't be assigned to, a variable of an earlier cell can.
      if (live.declared.assignable)
        variables.push(`${used}: typeof import("./convlab$${live.cell}").${used}`);
      else list.push(used);
    }
    const header = [...imports]
      .filter(([cell, list]) => list.length > 0 || this.#augmenting.has(cell))
      .map(([cell, list]) =>
        list.length > 0
          ? `import { ${list.join(", ")} } from "./convlab$${cell}";`
          : `import "./convlab$${cell}";`,
      );
    if (variables.length > 0) header.push(`declare let ${variables.join(", ")};`);
    const exported = exportedNames(program);
    const footer = names.map(({ name }) => name).filter((name) => !exported.has(name));
    return {
      text: `${header.join(" ")}\n${source}\nexport { ${footer.join(", ")} };\n`,
      names,
      uses: [...imports.keys()],
      augments: augments(program),
    };
  }

  /** Makes a cell that has run part of the chain: its document, and those that nobody needs any more. */
  commit(draft: Draft): { added: Document | null; removed: Document[] } {
    if (draft.names.length === 0 && !draft.augments) return { added: null, removed: [] };
    const id = this.#next++;
    const added = { id, name: `convlab$${id}.ts`, text: draft.text, uses: draft.uses };
    if (draft.augments) {
      // Run again unchanged, it takes the place of its former self.
      for (const former of this.#augmenting) {
        if (this.#cells.get(former)?.text === draft.text) this.#augmenting.delete(former);
      }
      this.#augmenting.add(id);
    }
    this.#cells.set(id, added);
    for (const declared of draft.names) this.#live.set(declared.name, { declared, cell: id });
    return { added, removed: this.#sweep() };
  }

  /** Forgets everything: the state of the cells was lost. */
  clear(): Document[] {
    const removed = this.documents();
    this.#live.clear();
    this.#cells.clear();
    this.#augmenting.clear();
    return removed;
  }

  #sweep(): Document[] {
    const needed = new Set<number>(this.#augmenting);
    for (const { cell } of this.#live.values()) needed.add(cell);
    // A set keeps what is added while it is walked: this reaches everything that is used in turn.
    for (const id of needed) {
      for (const used of this.#cells.get(id)?.uses ?? []) needed.add(used);
    }
    const removed = [...this.#cells.values()].filter(({ id }) => !needed.has(id));
    for (const { id } of removed) this.#cells.delete(id);
    return removed;
  }
}

function augments(program: Program): boolean {
  return program.body.some(
    (statement) =>
      (statement.type === "ImportDeclaration" && statement.specifiers.length === 0) ||
      (statement.type === "TSModuleDeclaration" &&
        (statement.kind === "global" || statement.id.type === "StringLiteral")),
  );
}
