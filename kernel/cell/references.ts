/**
 * Finds the names of a cell that mean something outside their function or block: the names that a cell shares with
 * the cells before and after it.
 */
import type * as t from "@babel/types";
import { children, isFunction, isTypeOnly, type Node } from "./tree.js";

/** One use of a shared name, and how it stands in the text. */
export interface Reference {
  node: t.Identifier & { start: number; end: number };
  /**
   * - `shorthand`: `{ a }`, in an object or a pattern, has to become `{ a: … }`
   * - `callee`: `a(…)`, where a plain property access would pass a `this`
   * - `typeof`: may name what does not exist
   * - `plain`: everything else
   */
  role: "plain" | "callee" | "shorthand" | "typeof";
}

/** The names a scope declares, and the scope around it. */
class Scope {
  readonly names = new Set<string>();
  constructor(readonly outer?: Scope) {}
  has(name: string): boolean {
    return this.names.has(name) || (this.outer?.has(name) ?? false);
  }
}

/** All uses of names that no function, block or class of the cell declares by itself. Types are not looked at. */
export function freeReferences(program: t.Program): Reference[] {
  const finder = new Finder();
  const top = new Scope();
  for (const statement of program.body) finder.visit(statement as Node, top);
  return finder.found;
}

/** The identifiers that a binding pattern declares. */
export function boundIdentifiers(pattern: t.Node | null | undefined): t.Identifier[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern];
    case "AssignmentPattern":
      return boundIdentifiers(pattern.left);
    case "RestElement":
      return boundIdentifiers(pattern.argument);
    case "ArrayPattern":
      return pattern.elements.flatMap(boundIdentifiers);
    case "ObjectPattern":
      return pattern.properties.flatMap((p) =>
        boundIdentifiers(p.type === "RestElement" ? p.argument : p.value),
      );
    case "TSParameterProperty":
      return boundIdentifiers(pattern.parameter);
    default:
      return [];
  }
}

/** Names declared by `var` in the same function, however deep in its blocks. */
export function hoistedVars(node: t.Node): t.VariableDeclaration[] {
  if (isFunction(node) || isTypeOnly(node) || node.type.startsWith("Class")) return [];
  const own = node.type === "VariableDeclaration" && node.kind === "var" ? [node] : [];
  return own.concat(...[...children(node)].map(hoistedVars));
}

class Finder {
  readonly found: Reference[] = [];

  visit(node: Node, scope: Scope): void {
    if (isTypeOnly(node) || isTypeSyntax(node)) return;
    if (isFunction(node)) return this.#function(node, scope);
    switch (node.type) {
      case "Identifier":
        return this.#use(node, scope, "plain");
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "MetaProperty":
      case "PrivateName":
      case "BreakStatement":
      case "ContinueStatement":
        return;
      case "ExportNamedDeclaration":
        if (node.declaration) this.visit(node.declaration as Node, scope);
        return;
      case "LabeledStatement":
        return this.visit(node.body as Node, scope);
      case "MemberExpression":
      case "OptionalMemberExpression":
        this.visit(node.object as Node, scope);
        if (node.computed) this.visit(node.property as Node, scope);
        return;
      case "CallExpression":
      case "OptionalCallExpression":
        return this.#call(node.callee as Node, node.arguments as Node[], scope);
      case "TaggedTemplateExpression":
        return this.#call(node.tag as Node, [node.quasi as Node], scope);
      case "UnaryExpression":
        if (node.operator === "typeof" && node.argument.type === "Identifier") {
          return this.#use(node.argument as Node & t.Identifier, scope, "typeof");
        }
        return this.visit(node.argument as Node, scope);
      case "ObjectProperty":
        if (node.computed) this.visit(node.key as Node, scope);
        if (node.shorthand) return this.#shorthand(node, scope);
        return this.visit(node.value as Node, scope);
      case "ClassProperty":
      case "ClassPrivateProperty":
        if ("computed" in node && node.computed) this.visit(node.key as Node, scope);
        if (node.value) this.visit(node.value as Node, scope);
        return;
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#class(node, scope);
      case "BlockStatement":
      case "StaticBlock":
      case "SwitchStatement":
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
      case "CatchClause":
        return this.#block(node, scope);
    }
    for (const child of children(node)) this.visit(child, scope);
  }

  #use(node: Node & t.Identifier, scope: Scope, role: Reference["role"]): void {
    if (!scope.has(node.name)) this.found.push({ node, role });
  }

  #call(callee: Node, operands: Node[], scope: Scope): void {
    if (callee.type === "Identifier") this.#use(callee, scope, "callee");
    else this.visit(callee, scope);
    for (const operand of operands) this.visit(operand, scope);
  }

  #shorthand(property: t.ObjectProperty, scope: Scope): void {
    const value = property.value as Node;
    if (value.type === "Identifier") return this.#use(value, scope, "shorthand");
    if (value.type === "AssignmentPattern") {
      this.#use(value.left as Node & t.Identifier, scope, "shorthand");
      this.visit(value.right as Node, scope);
    }
  }

  #function(node: t.Function, outer: Scope): void {
    // A method's computed name is looked up outside; a declared function's name belongs to the outer scope.
    if ((node.type === "ObjectMethod" || node.type === "ClassMethod") && node.computed) {
      this.visit(node.key as Node, outer);
    }
    const scope = new Scope(outer);
    if (node.type === "FunctionExpression" && node.id) scope.names.add(node.id.name);
    if (node.type !== "ArrowFunctionExpression") scope.names.add("arguments");
    for (const parameter of node.params) declare(scope, boundIdentifiers(parameter));
    for (const declaration of hoistedVars(node.body)) declareVariables(scope, declaration);
    for (const parameter of node.params) this.visit(parameter as Node, scope);
    this.visit(node.body as Node, scope);
  }

  #class(node: t.Class, outer: Scope): void {
    const scope = new Scope(outer);
    if (node.id) scope.names.add(node.id.name);
    if (node.superClass) this.visit(node.superClass as Node, scope);
    this.visit(node.body as Node, scope);
  }

  #block(node: Node, outer: Scope): void {
    const scope = new Scope(outer);
    if (node.type === "CatchClause") declare(scope, boundIdentifiers(node.param));
    if (node.type === "StaticBlock")
      for (const d of node.body.flatMap(hoistedVars)) declareVariables(scope, d);
    for (const statement of blockStatements(node)) {
      if (statement.type === "VariableDeclaration" && statement.kind !== "var")
        declareVariables(scope, statement);
      if (
        (statement.type === "ClassDeclaration" || statement.type === "FunctionDeclaration") &&
        statement.id
      ) {
        scope.names.add(statement.id.name);
      }
    }
    for (const child of children(node)) this.visit(child, scope);
  }
}

/** The statements whose declarations belong to the block itself. */
function blockStatements(node: Node): t.Node[] {
  switch (node.type) {
    case "BlockStatement":
    case "StaticBlock":
      return node.body;
    case "SwitchStatement":
      return node.cases.flatMap((one) => one.consequent);
    case "ForStatement":
      return node.init ? [node.init] : [];
    case "ForInStatement":
    case "ForOfStatement":
      return [node.left];
    default:
      return [];
  }
}

function declareVariables(scope: Scope, declaration: t.VariableDeclaration): void {
  for (const { id } of declaration.declarations) declare(scope, boundIdentifiers(id));
}

function declare(scope: Scope, identifiers: t.Identifier[]): void {
  for (const { name } of identifiers) scope.names.add(name);
}

/** Annotations, type parameters and arguments: never values. Expressions such as `a as T` are not among them. */
function isTypeSyntax(node: Node): boolean {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "TSInstantiationExpression":
    case "TSParameterProperty":
    case "TSEnumDeclaration":
    case "TSModuleDeclaration":
    case "TSModuleBlock":
    case "TSExportAssignment":
      return false;
    default:
      return node.type.startsWith("TS");
  }
}
