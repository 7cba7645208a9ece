/** Which names a cell leaves behind for later cells. */
import type { Declaration, ImportDeclaration, Node, Program, Statement } from "@babel/types";
import { boundIdentifiers, hoistedVars } from "./bindings.js";
import { hasValues } from "./tree.js";

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
  for (const statement of program.body) statementNames(statement, add);
  return [...names.values()];
}

/** The names of a cell that hold values, imports left out. */
export function valueNames(program: Program): Set<string> {
  const values = declaredNames(program).filter(
    ({ ambient, kind }) => !ambient && kind !== "import",
  );
  return new Set(values.map(({ name }) => name));
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
        statementNames(statement.declaration, ({ name }) => exported.add(name));
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

function statementNames(statement: Statement | Declaration, add: Add): void {
  switch (statement.type) {
    case "VariableDeclaration": {
      const kind = statement.kind === "await using" ? "using" : statement.kind;
      const ambient = statement.declare === true;
      const assignable = kind === "let" || kind === "var";
      for (const { id } of statement.declarations) {
        for (const { name } of boundIdentifiers(id))
          add({ name, space: "value", kind, assignable, ambient });
      }
      return;
    }
    case "ExportNamedDeclaration":
      if (statement.declaration) statementNames(statement.declaration, add);
      return;
    case "ExportDefaultDeclaration": {
      const { declaration } = statement;
      if (
        declaration.type === "FunctionDeclaration" ||
        declaration.type === "ClassDeclaration" ||
        declaration.type === "TSDeclareFunction"
      ) {
        statementNames(declaration, add);
      } else if ((declaration as Node).type === "TSInterfaceDeclaration") {
        statementNames(declaration as unknown as Statement, add);
      }
      return;
    }
    case "ImportDeclaration":
      importNames(statement, add);
      return;
  }
  namedDeclaration(statement, add);
  for (const inner of hoistedVars(statement)) statementNames(inner, add);
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
      const real = hasValues(statement);
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
