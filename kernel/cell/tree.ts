/** Walking Babel's syntax tree: the children of a node, and questions asked in several places. */
import type * as t from "@babel/types";

export type Node = t.Node & { start: number; end: number };

/** Where an identifier's own text ends: before `?` and an annotation; it may be written with escapes. */
export function nameEnd(source: string, { name, start }: t.Identifier): number {
  if (source.startsWith(name, start!)) return start! + name.length;
  const written = /(?:\\u(?:\{[^}]*\}|.{4})|[\p{ID_Continue}$])+/uy;
  written.lastIndex = start!;
  return start! + (written.exec(source)?.[0].length ?? name.length);
}

/** The direct children of a node, in the order of its fields (nearly that of the text). */
export function children(node: t.Node): Node[] {
  const found: Node[] = [];
  // Places and notes on the text are objects too, but have no type; comments are not attached.
  for (const value of Object.values(node) as unknown[]) {
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) found.push(item);
    } else if (isNode(value)) found.push(value);
  }
  return found;
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { type?: unknown }).type === "string"
  );
}

/** Every node below (and with) `node` for which `enter` does not answer `false`; each before what is below it. */
export function walk(node: t.Node, enter: (node: Node) => boolean | undefined): void {
  // No recursion: a long chain of calls is as deep as it is long.
  const open = [node as Node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (enter(next) !== false) for (const child of children(next).reverse()) open.push(child);
  }
}

/** Functions and methods: what has parameters, a body and a `this` or at least a scope of its own. */
export function isFunction(node: t.Node): node is t.Function {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ObjectMethod":
    case "ClassMethod":
    case "ClassPrivateMethod":
      return true;
    default:
      return false;
  }
}

/** A loop statement, its labels included. */
export function isLoop(node: t.Node): boolean {
  switch (node.type) {
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      return true;
    case "LabeledStatement":
      return isLoop(node.body);
    default:
      return false;
  }
}

/** Whether a stretch of code awaits outside any function of its own. */
export function awaits(node: t.Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (found || isFunction(inner)) return false;
    if (inner.type === "AwaitExpression" || (inner.type === "ForOfStatement" && inner.await))
      found = true;
    return true;
  });
  return found;
}

/** A statement that exists for the types alone and emits nothing. */
export function isTypeOnly(node: t.Node): boolean {
  switch (node.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSDeclareFunction":
      return true;
    case "ImportDeclaration":
      return node.importKind === "type" || node.importKind === "typeof";
    case "ExportNamedDeclaration":
      return (
        node.exportKind === "type" || (node.declaration != null && isTypeOnly(node.declaration))
      );
    case "TSModuleDeclaration":
      return node.declare === true || !hasValues(node);
    case "VariableDeclaration":
    case "ClassDeclaration":
    case "FunctionDeclaration":
    case "TSEnumDeclaration":
      return node.declare === true;
    default:
      return false;
  }
}

/** Whether a namespace holds anything that exists at run time. */
export function hasValues(namespace: t.TSModuleDeclaration): boolean {
  const body = namespace.body as t.Node;
  if (body.type === "TSModuleDeclaration") return hasValues(body);
  if (body.type !== "TSModuleBlock") return false;
  return body.body.some((statement) => !isTypeOnly(statement));
}
