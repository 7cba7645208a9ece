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
 */
export function declarationsToBoxes(node: Node, edits: Edits, functions: string[]): void {
  if (isTypeOnly(node)) return;
  if (isImport(node)) return edits.blank(node.start, node.end, ";");
  switch (node.type) {
    case "ExportNamedDeclaration":
      edits.blank(node.start, (node.declaration as Node).start);
      return declarationsToBoxes(node.declaration as Node, edits, functions);
    case "ExportDefaultDeclaration": {
      const inner = node.declaration as Node;
      const isNamed =
        (inner.type === "FunctionDeclaration" || inner.type === "ClassDeclaration") &&
        inner.id != null;
      edits.blank(node.start, inner.start);
      if (isNamed) return declarationsToBoxes(inner, edits, functions);
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
      return rewriteVariables(node, edits, "statement");
    default:
      for (const declaration of hoistedVars(node))
        rewriteVariables(declaration, edits, placeOf(declaration, node));
  }
}

/** Where a declaration stands: on the top level, in the head of a `for … in/of`, or elsewhere in a block. */
type Place = "statement" | "each" | "block";

function placeOf(declaration: t.VariableDeclaration, within: Node): Place {
  let place: Place = "block";
  walk(within, (node) => {
    const isHead = node.type === "ForInStatement" || node.type === "ForOfStatement";
    if (isHead && node.left === declaration) place = "each";
    return !isFunction(node);
  });
  return place;
}

/** The names that `var` declares inside blocks and loops of the top level. */
export function nestedVars(program: t.Program): string[] {
  return program.body
    .filter((statement) => statement.type !== "VariableDeclaration" && !isImport(statement))
    .filter((statement) => statement.type !== "ExportNamedDeclaration")
    .flatMap(hoistedVars)
    .flatMap(({ declarations }) => declarations)
    .flatMap(({ id }) => boundIdentifiers(id))
    .map(({ name }) => name)
    .filter((name, at, all) => all.indexOf(name) === at);
}

/** `const a = 1, { b } = o` becomes `ꞌa.v = 1, ({ b: ꞌb.v } = o)`; the names themselves are rewritten as references. */
function rewriteVariables(node: t.VariableDeclaration, edits: Edits, place: Place): void {
  const first = node.declarations[0]!.id as Node;
  edits.replace(node.start!, first.start, "");
  for (const { id, init } of node.declarations) {
    if (place === "each") continue;
    if (id.type !== "Identifier") {
      edits.insert(id.start!, "(");
      edits.insert(init!.end! + closingParentheses(edits.source, init as Node), ")");
    } else if (!init) {
      // A `var` in a block was emptied at the start of the cell, and leaves alone what it holds by now.
      if (place === "statement") edits.insert(id.end!, "=undefined");
    } else if (isAnonymous(init)) {
      // A property's initialiser names the function as the declaration would have.
      edits.insert(init.start!, `({${id.name}:`);
      edits.insert(init.end!, `}).${id.name}`);
    }
  }
}

/** How far behind an expression the parentheses around it close. */
function closingParentheses(source: string, init: Node): number {
  const opened = init.extra?.parenthesized === true;
  if (!opened) return 0;
  const between = source.slice(init.end);
  return /^(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*(?:\)(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*)*/
    .exec(between)![0]
    .trimEnd().length;
}

/** Functions and classes that take their name from what they are assigned to. */
function isAnonymous(init: t.Expression): boolean {
  if (init.extra?.parenthesized) return false;
  return (
    init.type === "ArrowFunctionExpression" ||
    ((init.type === "FunctionExpression" || init.type === "ClassExpression") && !init.id)
  );
}
