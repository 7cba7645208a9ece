/**
 * Loops at function speed.
 *
 * A shared name is a field of its box, which V8 reads and writes anew on every turn of a loop. So a loop outside any
 * function gets variables of its own: filled before it starts, put back into the boxes when it ends. That is safe
 * only while nobody else can look: for a name that no function of any cell speaks of or, if the loop only reads it,
 * that no function assigns to; and for a loop that does not wait.
 */
import type * as t from "@babel/types";
import { boundIdentifiers } from "./bindings.js";
import { BOX_PREFIX } from "./boxes.js";
import type { Edits } from "./edits.js";
import type { Surroundings, UseInFunctions } from "./names.js";
import type { Reference } from "./references.js";
import type { Node } from "./tree.js";

/** The names that are a loop's own while it runs, and whether it assigns to each. */
type OwnNames = ReadonlyMap<string, boolean>;

/** What functions and classes do with the names that they do not declare themselves. */
export function usesInFunctions(references: readonly Reference[]): Map<string, UseInFunctions> {
  const uses = new Map<string, UseInFunctions>();
  for (const { node, captured, assigns } of references) {
    if (!captured) continue;
    if (assigns) uses.set(node.name, "assigns");
    else if (!uses.has(node.name)) uses.set(node.name, "reads");
  }
  return uses;
}

export class LocalLoops {
  readonly #loops = new Map<Node, OwnNames>();

  /**
   * @param declared the names that the cell declares
   * @param used what the cell's own functions do with names
   */
  constructor(
    program: t.Program,
    references: readonly Reference[],
    declared: Iterable<string>,
    used: ReadonlyMap<string, UseInFunctions>,
    surroundings: Surroundings,
  ) {
    const filled = whereFilled(program, declared);
    const assignedIn = new Map<Node, Map<string, boolean>>();
    for (const { node, assigns, loop } of references) {
      if (loop === undefined) continue;
      const names = assignedIn.get(loop) ?? new Map<string, boolean>();
      assignedIn.set(loop, names.set(node.name, assigns || names.get(node.name) === true));
    }
    for (const [loop, names] of assignedIn) {
      const own = [...names].filter(([name, assigned]) => {
        const hasValue =
          surroundings.isShared(name) || (filled.get(name) ?? Infinity) <= loop.start;
        // `for (async of …)` is no JavaScript.
        if (!hasValue || name === "async") return false;
        const uses = [
          used.get(name),
          surroundings.usedInFunctions ? surroundings.usedInFunctions(name) : "assigns",
        ];
        return !uses.includes("assigns") && !(assigned && uses.includes("reads"));
      });
      if (own.length > 0) this.#loops.set(loop, new Map(own));
    }
  }

  /** Whether a use means the loop's own variable: its text stays as it is. */
  isLocal({ node, loop }: Reference): boolean {
    return loop !== undefined && this.#loops.get(loop)?.has(node.name) === true;
  }

  /** Wraps each loop. Must come after all other insertions at the ends of statements. */
  apply(edits: Edits): void {
    let index = 0;
    for (const [loop, names] of this.#loops) {
      const variables = [...names.keys()].map((name) => `${name}=${BOX_PREFIX}${name}.v`);
      const assigned = assignedNames(names);
      if (assigned.length === 0) {
        edits.insert(loop.start, `{const ${variables.join(",")};`);
        edits.insert(loop.end, "}");
      } else {
        // The last variable tells, when the loop is cut short, that the ones before it are filled.
        edits.insert(loop.start, `{let ${[...variables, `${marker(index)}=0`].join(",")};try{`);
        // Read there, so that V8 keeps it to the end: what nothing reads any more can't be asked for.
        edits.insert(loop.end, `}finally{if(!${marker(index)}){${putBack(assigned)}}}}`);
      }
      index++;
    }
  }

  /**
   * What to evaluate inside the running cell before it is ended by force, which runs no `finally`: it puts the values
   * that the loop has reached into the boxes. Empty when there are none.
   */
  rescue(): string {
    return [...this.#loops.values()]
      .map((names, index) => ({ assigned: assignedNames(names), index }))
      .filter(({ assigned }) => assigned.length > 0)
      .map(({ assigned, index }) => `try{${marker(index)};${putBack(assigned)}}catch{}`)
      .join("");
  }
}

/** From which offset on each declared name has a value: functions, imports and `var` from the start. */
function whereFilled(program: t.Program, declared: Iterable<string>): Map<string, number> {
  const filled = new Map([...declared].map((name) => [name, 0]));
  for (const statement of program.body) {
    const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (inner?.type === "ClassDeclaration" && inner.id) filled.set(inner.id.name, inner.end!);
    if (inner?.type !== "VariableDeclaration" || inner.kind === "var") continue;
    for (const { id } of inner.declarations)
      for (const { name } of boundIdentifiers(id)) filled.set(name, inner.end!);
  }
  return filled;
}

function assignedNames(names: OwnNames): string[] {
  return [...names].filter(([, assigned]) => assigned).map(([name]) => name);
}

function putBack(names: readonly string[]): string {
  return names.map((name) => `${BOX_PREFIX}${name}.v=${name};`).join("");
}

/** A variable that exists in one loop only; no name can begin with a digit, so it can't meet a box. */
function marker(loop: number): string {
  return `${BOX_PREFIX}${loop}`;
}
