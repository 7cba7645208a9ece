/** What the package exports, followed from `src/index.ts` to the files where it is declared, with its docstrings. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "@babel/parser";
import type { Declaration, Statement } from "@babel/types";

/** A function or class that can be imported, under the name by which a reader calls it, such as `image.load`. */
export interface PublicFunction {
  readonly name: string;
  readonly file: string;
  readonly docstring: string;
  readonly isClass: boolean;
}

/** Where a name of a module comes from: a declaration, or a module as namespace. */
type Origin = { file: string; local: string } | { namespace: string };

interface Module {
  readonly exports: Map<string, Origin>;
  /** Functions and classes that are declared here, with the comment above them. */
  readonly declared: Map<string, { comment: string; isClass: boolean }>;
}

const modules = new Map<string, Module>();

function moduleAt(file: string): Module {
  const known = modules.get(file);
  if (known) return known;
  const found: Module = { exports: new Map(), declared: new Map() };
  modules.set(file, found);
  const source = readFileSync(file, "utf8");
  const { program } = parse(source, { sourceType: "module", plugins: ["typescript"] });
  for (const statement of program.body) readStatement(statement, file, found);
  return found;
}

function readStatement(statement: Statement, file: string, { exports, declared }: Module): void {
  const from = (source: { value: string }): string =>
    join(dirname(file), source.value.replace(/\.js$/, ".ts"));
  if (statement.type === "ExportAllDeclaration") {
    for (const [name, origin] of moduleAt(from(statement.source)).exports)
      exports.set(name, origin);
  }
  if (statement.type !== "ExportNamedDeclaration") return;
  for (const specifier of statement.specifiers) {
    const exported = specifier.exported as { name: string };
    if (specifier.type === "ExportNamespaceSpecifier") {
      exports.set(exported.name, { namespace: from(statement.source!) });
    } else if (specifier.type === "ExportSpecifier") {
      const local = specifier.local.name;
      const origin = statement.source
        ? (moduleAt(from(statement.source)).exports.get(local) ?? { file, local })
        : { file, local };
      exports.set(exported.name, origin);
    }
  }
  const { declaration } = statement;
  if (!declaration) return;
  for (const local of declaredNames(declaration)) {
    exports.set(local, { file, local });
    if (isCallable(declaration)) {
      const comment = statement.leadingComments?.at(-1);
      // The signatures of an overloaded function stand above it, and the first of them says the most.
      const first = declared.get(local)?.comment;
      declared.set(local, {
        comment: first || (comment?.type === "CommentBlock" ? comment.value : ""),
        isClass: declaration.type === "ClassDeclaration",
      });
    }
  }
}

function isCallable(declaration: Declaration): boolean {
  if (declaration.type === "VariableDeclaration") {
    return declaration.declarations.some(({ init }) => init?.type === "ArrowFunctionExpression");
  }
  return (
    declaration.type === "FunctionDeclaration" ||
    declaration.type === "TSDeclareFunction" ||
    declaration.type === "ClassDeclaration"
  );
}

function declaredNames(declaration: Declaration): string[] {
  if (declaration.type === "VariableDeclaration") {
    return declaration.declarations.flatMap(({ id }) => (id.type === "Identifier" ? id.name : []));
  }
  const { id } = declaration as { id?: { name?: string } | null };
  return id?.name ? [id.name] : [];
}

function collect(file: string, prefix: string, into: Map<string, PublicFunction>): void {
  for (const [name, origin] of moduleAt(file).exports) {
    if ("namespace" in origin) {
      collect(origin.namespace, `${prefix}${name}.`, into);
      continue;
    }
    const declared = moduleAt(origin.file).declared.get(origin.local);
    if (declared === undefined) continue; // a type or a constant
    const { comment, isClass } = declared;
    const docstring = comment.replace(/^\s*\*( |$)/gm, "").trim();
    const fullName = `${prefix}${name}`;
    into.set(fullName, { name: fullName, file: origin.file, docstring, isClass });
  }
}

const entry = join(import.meta.dirname, "../../src/index.ts");

/** Every function and class that `import … from "convlab"` reaches. One in two namespaces has both names. */
export function publicFunctions(): PublicFunction[] {
  const found = new Map<string, PublicFunction>();
  collect(entry, "", found);
  return [...found.values()];
}

/** Every name that a cell may import from `convlab`, types too. */
export function exportedNames(): string[] {
  return [...moduleAt(entry).exports.keys()];
}
