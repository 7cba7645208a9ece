/**
 * Finds the names of a cell that mean something outside their function or block: the names that a cell shares with
 * the cells before and after it.
 */
import type * as t from "@babel/types";
import { assignedIdentifiers, boundIdentifiers, hoistedVars } from "./bindings.js";
import { withinStack } from "./parse.js";
import { awaits, children, isFunction, isLoop, isTypeOnly, type Node } from "./tree.js";
import { isTypeSyntax } from "./type-syntax.js";

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
  /** Whether it gives the name a new value. */
  assigns: boolean;
  /** Whether a function or a class holds it, so that it may be reached at any later time. */
  captured: boolean;
  /** The outermost loop around it that runs to its end without waiting; none where a function holds the use. */
  loop: Node | undefined;
}

/** The names a scope declares, and the scope around it. */
class Scope {
  readonly names = new Set<string>();
  constructor(readonly outer?: Scope) {}
  has(name: string): boolean {
    return this.names.has(name) || (this.outer?.has(name) ?? false);
  }
}

/**
 * All uses of names that no function, block or class of the cell declares by itself. Types are not looked at.
 * @throws CellSyntaxError when the cell is nested too deeply
 */
export function freeReferences(program: t.Program): Reference[] {
  const finder = new Finder();
  const top = new Scope();
  withinStack(
    () => finder.reached ?? program,
    () => {
      for (const statement of program.body) finder.visit(statement as Node, top);
    },
  );
  return finder.found;
}

class Finder {
  readonly found: Reference[] = [];
  /** The node visited last. */
  reached: Node | undefined;
  readonly #assigned = new Set<t.Identifier>();
  #captured = false;
  #loop: Node | undefined;

  visit(node: Node, scope: Scope): void {
    if (isTypeOnly(node) || isTypeSyntax(node)) return;
    this.reached = node;
    const outer = { captured: this.#captured, loop: this.#loop };
    if (isFunction(node) || node.type.startsWith("Class")) {
      this.#captured = true;
      this.#loop = undefined;
    } else if (!this.#captured && this.#loop === undefined && isLoop(node) && !awaits(node)) {
      this.#loop = node;
    }
    for (const identifier of assignedIdentifiers(node)) this.#assigned.add(identifier);
    this.#visit(node, scope);
    this.#captured = outer.captured;
    this.#loop = outer.loop;
  }

  #visit(node: Node, scope: Scope): void {
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
    if (scope.has(node.name)) return;
    const assigns = this.#assigned.has(node);
    this.found.push({ node, role, assigns, captured: this.#captured, loop: this.#loop });
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
    for (const parameter of node.params) this.visit(parameter as Node, scope);
    // Defaults of parameters do not see the variables of the body.
    const body = new Scope(scope);
    for (const declaration of hoistedVars(node.body)) declareVariables(body, declaration);
    this.visit(node.body as Node, body);
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
    for (const child of children(node)) {
      // What a `switch` looks at lies outside its block.
      const isOutside = node.type === "SwitchStatement" && child === node.discriminant;
      this.visit(child, isOutside ? outer : scope);
    }
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
