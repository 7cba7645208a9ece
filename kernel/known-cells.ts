/** Cells by the file name that their code runs under: any of them may appear in a later stack. */
import type { Program } from "@babel/types";
import { isFunction, walk } from "./cell/tree.js";
import { CELL_FILE } from "./run/protocol.js";
import type { KnownCell } from "./run/traceback.js";

/** So many cells that hold functions are remembered, and of the others so many. */
const KEPT = 2000;
const KEPT_WITHOUT_FUNCTIONS = 50;

export class KnownCells {
  /** A cell without functions is named by no stack once it has ended. */
  readonly #brief = new Map<string, KnownCell>();
  readonly #lasting = new Map<string, KnownCell>();

  /** Remembers a cell; answers the file name that its code runs under. */
  add(cell: number, known: KnownCell, program: Program): string {
    const file = `${CELL_FILE}${cell}`;
    const lasts = holdsFunction(program);
    const [kept, most] = lasts ? [this.#lasting, KEPT] : [this.#brief, KEPT_WITHOUT_FUNCTIONS];
    kept.set(file, known);
    if (kept.size > most) kept.delete(kept.keys().next().value as string);
    return file;
  }

  readonly find = (file: string): KnownCell | undefined =>
    this.#lasting.get(file) ?? this.#brief.get(file);
}

function holdsFunction(program: Program): boolean {
  let found = false;
  walk(program, (node) => {
    found ||= isFunction(node) || node.type.startsWith("Class");
    return !found;
  });
  return found;
}
