/** Declarations of a cell's top level, as assignments to boxes. */
import type * as t from "@babel/types";
import { boundIdentifiers, hoistedVars } from "./bindings.js";
import { BOX_PREFIX } from "./boxes.js";
import type { Edits } from "./edits.js";
import { isImport } from "./imports.js";
import { isFunction, isTypeOnly, type Node, walk } from "./tree.js";

/**
 * Rewrites a statement of the top level: what it declares is assigned to boxes instead.
 *
 * @param functions collects the function declarations, which are put into their boxes before anything runs
 * @param helpers variables that stay what they are
 */
export function declarationsToBoxes(
  node: Node,
  edits: Edits,
  functions: string[],
  helpers: ReadonlySet<string>,
): void {
  if (isTypeOnly(node)) return;
  if (isImport(node)) return edits.blank(node.start, node.end, ";");
  switch (node.type) {
    case "ExportNamedDeclaration":
      edits.blank(node.start, (node.declaration as Node).start);
      return declarationsToBoxes(node.declaration as Node, edits, functions, helpers);
    case "ExportDefaultDeclaration": {
      const inner = node.declaration as Node;
      if (isTypeOnly(inner)) return edits.blank(node.start, inner.start);
      const isNamed =
        (inner.type === "FunctionDeclaration" || inner.type === "ClassDeclaration") &&
        inner.id != null;
      edits.blank(node.start, inner.start);
      if (isNamed) return declarationsToBoxes(inner, edits, functions, helpers);
      edits.insert(inner.start, "(");
      edits.insert(inner.end, ");");
      return;
    }
    case "FunctionDeclaration":
      if (node.id) functions.push(node.id.name);
      return;
    case "ClassDeclaration":
      edits.insert(node.start, `${BOX_PREFIX}${node.id!.name}.v=`);
      edits.insert(node.end, ";");
      return;
    case "VariableDeclaration":
      if (!isHelper(node, helpers)) rewriteVariables(node, edits);
      return;
    default: {
      const declarations = hoistedVars(node);
      const heads = declarations.length > 0 ? headsOfLoops(node) : undefined;
      for (const declaration of declarations) {
        if (!isHelper(declaration, helpers))
          rewriteVariables(declaration, edits, heads?.has(declaration));
      }
    }
  }
}

function isHelper({ declarations }: t.VariableDeclaration, helpers: ReadonlySet<string>): boolean {
  return declarations
    .flatMap(({ id }) => boundIdentifiers(id))
    .every(({ name }) => helpers.has(name));
}

/** The names that `var` declares, in blocks and loops too: they exist, empty, from the start of the cell. */
export function varNames(program: t.Program, helpers: ReadonlySet<string>): Set<string> {
  const names = program.body
    .flatMap(hoistedVars)
    .flatMap(({ declarations }) => declarations)
    .flatMap(({ id }) => boundIdentifiers(id))
    .map(({ name }) => name);
  return new Set(names.filter((name) => !helpers.has(name)));
}

/** The declarations in the heads of `for … in` and `for … of`. */
function headsOfLoops(node: Node): Set<t.Node> {
  const heads = new Set<t.Node>();
  walk(node, (inner) => {
    if (inner.type === "ForInStatement" || inner.type === "ForOfStatement") heads.add(inner.left);
    return !isFunction(inner);
  });
  return heads;
}

/** `const a = 1, { b } = o` becomes `ꞌa.v = 1, ({ b: ꞌb.v } = o)`; the names themselves are rewritten as references. */
function rewriteVariables(node: t.VariableDeclaration, edits: Edits, isHead = false): void {
  const first = node.declarations[0]!.id as Node;
  edits.replace(node.start!, first.start, "");
  if (isHead) return;
  for (const { id, init, end } of node.declarations) {
    if (id.type !== "Identifier") {
      edits.insert(id.start!, "(");
      edits.insert(end!, ")");
    } else if (!init && node.kind !== "var") edits.insert(id.end!, "=undefined");
  }
}
