/** Which names a cell leaves behind for later cells. */
import type { Declaration, ImportDeclaration, Node, Program, Statement } from "@babel/types";

/** What declared a name; of several declarations that merge, the one that makes the value. */
export type DeclarationKind =
  | "const"
  | "let"
  | "var"
  | "using"
  | "function"
  | "class"
  | "enum"
  | "namespace"
  | "import"
  | "interface"
  | "type";

/** One name at the top level of a cell. */
export interface DeclaredName {
  readonly name: string;
  /** What the name stands for: in expressions, in types, or in both. An import counts as both. */
  readonly space: "value" | "type" | "both";
  readonly kind: DeclarationKind;
  /** Whether a later cell may assign to it (`let`, `var`). */
  readonly assignable: boolean;
  /** Declared with `declare`, or a type: nothing exists at run time. */
  readonly ambient: boolean;
}

/**
 * The names that a cell's top level declares, in order of first appearance, each once. A `var` inside a top-level
 * block or loop counts: it belongs to the module.
 */
export function declaredNames(program: Program): DeclaredName[] {
  const names = new Map<string, DeclaredName>();
  const add = (declared: DeclaredName): void => {
    const earlier = names.get(declared.name);
    names.set(declared.name, earlier === undefined ? declared : merged(earlier, declared));
  };
  for (const statement of program.body) statementNames(statement, add, true);
  return [...names.values()];
}

/** The names that a cell exports itself: a footer must not export them a second time. */
export function exportedNames(program: Program): Set<string> {
  const exported = new Set<string>();
  for (const statement of program.body) {
    if (statement.type === "ExportNamedDeclaration") {
      for (const specifier of statement.specifiers) {
        const to = specifier.exported;
        exported.add(to.type === "StringLiteral" ? to.value : to.name);
      }
      if (statement.declaration) {
        statementNames(statement.declaration, ({ name }) => exported.add(name), true);
      }
    } else if (statement.type === "TSImportEqualsDeclaration" && statement.isExport) {
      exported.add(statement.id.name);
    }
  }
  return exported;
}

type Add = (declared: DeclaredName) => void;

function merged(a: DeclaredName, b: DeclaredName): DeclaredName {
  const value = a.space !== "type" && !a.ambient ? a : b.space !== "type" ? b : a;
  return {
    name: a.name,
    space: a.space === b.space ? a.space : "both",
    kind: value.kind,
    assignable: value.assignable,
    ambient: a.ambient && b.ambient,
  };
}

function statementNames(statement: Statement | Declaration, add: Add, top: boolean): void {
  switch (statement.type) {
    case "VariableDeclaration": {
      if (!top && statement.kind !== "var") return;
      const kind = statement.kind === "await using" ? "using" : statement.kind;
      const ambient = statement.declare === true;
      const assignable = kind === "let" || kind === "var";
      for (const { id } of statement.declarations) {
        patternNames(id, (name) => add({ name, space: "value", kind, assignable, ambient }));
      }
      return;
    }
    case "ExportNamedDeclaration":
      if (statement.declaration) statementNames(statement.declaration, add, top);
      return;
    case "ExportDefaultDeclaration": {
      const { declaration } = statement;
      if (
        declaration.type === "FunctionDeclaration" ||
        declaration.type === "ClassDeclaration" ||
        declaration.type === "TSDeclareFunction"
      ) {
        statementNames(declaration, add, top);
      } else if ((declaration as Node).type === "TSInterfaceDeclaration") {
        statementNames(declaration as unknown as Statement, add, top);
      }
      return;
    }
    case "ImportDeclaration":
      importNames(statement, add);
      return;
  }
  if (top) namedDeclaration(statement, add);
  for (const inner of innerStatements(statement)) statementNames(inner, add, false);
}

function namedDeclaration(statement: Statement | Declaration, add: Add): void {
  const fixed = {
    assignable: false,
    ambient: "declare" in statement && statement.declare === true,
  };
  switch (statement.type) {
    case "FunctionDeclaration":
      if (statement.id)
        add({ name: statement.id.name, space: "value", kind: "function", ...fixed });
      return;
    case "TSDeclareFunction":
      // An overload's signature: its implementation follows and makes it real.
      if (statement.id) {
        add({
          name: statement.id.name,
          space: "value",
          kind: "function",
          assignable: false,
          ambient: true,
        });
      }
      return;
    case "ClassDeclaration":
      if (statement.id) add({ name: statement.id.name, space: "both", kind: "class", ...fixed });
      return;
    case "TSEnumDeclaration":
      add({ name: statement.id.name, space: "both", kind: "enum", ...fixed });
      return;
    case "TSInterfaceDeclaration":
      add({ name: statement.id.name, space: "type", kind: "interface", ...fixed, ambient: true });
      return;
    case "TSTypeAliasDeclaration":
      add({ name: statement.id.name, space: "type", kind: "type", ...fixed, ambient: true });
      return;
    case "TSImportEqualsDeclaration": {
      const ambient = statement.importKind === "type";
      add({
        name: statement.id.name,
        space: ambient ? "type" : "both",
        kind: "import",
        assignable: false,
        ambient,
      });
      return;
    }
    case "TSModuleDeclaration": {
      // `declare module "x"` and `declare global` name nothing of their own.
      if (statement.id.type === "StringLiteral" || statement.kind === "global") return;
      const real = hasValues(statement.body);
      add({
        name: (statement.id as { name: string }).name,
        space: real ? "both" : "type",
        kind: "namespace",
        assignable: false,
        ambient: fixed.ambient || !real,
      });
    }
  }
}

/** TypeScript makes an object only of a namespace that holds more than types. */
function hasValues(body: Node): boolean {
  if (body.type === "TSModuleDeclaration") return hasValues(body.body);
  if (body.type !== "TSModuleBlock") return false;
  return body.body.some((statement) => {
    const inner =
      statement.type === "ExportNamedDeclaration" && statement.declaration
        ? statement.declaration
        : statement;
    if (inner.type === "TSInterfaceDeclaration" || inner.type === "TSTypeAliasDeclaration") {
      return false;
    }
    return inner.type !== "TSModuleDeclaration" || hasValues(inner.body);
  });
}

function importNames(statement: ImportDeclaration, add: Add): void {
  for (const specifier of statement.specifiers) {
    const ambient =
      statement.importKind === "type" ||
      (specifier.type === "ImportSpecifier" && specifier.importKind === "type");
    add({
      name: specifier.local.name,
      space: ambient ? "type" : "both",
      kind: "import",
      assignable: false,
      ambient,
    });
  }
}

function patternNames(pattern: Node, add: (name: string) => void): void {
  switch (pattern.type) {
    case "Identifier":
      add(pattern.name);
      return;
    case "ObjectPattern":
      for (const property of pattern.properties) {
        patternNames(property.type === "RestElement" ? property.argument : property.value, add);
      }
      return;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element) patternNames(element, add);
      return;
    case "AssignmentPattern":
      patternNames(pattern.left, add);
      return;
    case "RestElement":
      patternNames(pattern.argument, add);
  }
}

/** The statements inside a statement in which a `var` still belongs to the module. */
function innerStatements(statement: Statement | Declaration): Statement[] {
  switch (statement.type) {
    case "BlockStatement":
      return statement.body;
    case "IfStatement":
      return statement.alternate
        ? [statement.consequent, statement.alternate]
        : [statement.consequent];
    case "ForStatement":
      return statement.init?.type === "VariableDeclaration"
        ? [statement.init, statement.body]
        : [statement.body];
    case "ForInStatement":
    case "ForOfStatement":
      return statement.left.type === "VariableDeclaration"
        ? [statement.left, statement.body]
        : [statement.body];
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
      return [statement.body];
    case "TryStatement":
      return [
        statement.block,
        ...(statement.handler ? [statement.handler.body] : []),
        ...(statement.finalizer ? [statement.finalizer] : []),
      ];
    case "SwitchStatement":
      return statement.cases.flatMap((one) => one.consequent);
    default:
      return [];
  }
}
