/**
 * A notebook as one TypeScript module. Cells share one scope in which any name can be declared anew; a module has no
 * such thing, so a cell that declares a name anew opens a block that lasts to the end, where its own names hide the
 * earlier ones. What may stand in no block (`import`, `declare global`) goes to the top.
 */
import type * as t from "@babel/types";
import { declaredNames } from "./declarations.js";
import { Edits } from "./edits.js";
import { CellSyntaxError, parse } from "./parse.js";
import { exportedAs, type Imported, importedNames } from "./script-names.js";
import { isUnchecked } from "./unchecked.js";

/** A cell as a notebook file holds it. */
export interface NotebookCell {
  cell_type: string;
  /** Some files hold a list of lines. */
  source: string | string[];
}

/** The text of a `.ts` file with a notebook's cells in order; Markdown becomes comments. */
export function notebookScript(cells: readonly NotebookCell[]): string {
  const script = new Script();
  for (const { cell_type: type, source } of cells) {
    const text = typeof source === "string" ? source : source.join("");
    if (text.trim() === "") continue;
    if (type === "code") script.code(text);
    else if (type === "markdown") script.comment(text);
  }
  return script.text();
}

class Script {
  /** What goes before everything else. */
  readonly #top: string[] = [];
  readonly #body: string[] = [];
  /** What each name stands for so far: the key of an import, or a cell. */
  readonly #meanings = new Map<string, string>();
  readonly #exported = new Set<string>();
  #blocks = 0;
  #aliases = 0;
  #isModule = false;
  #unchecked = false;

  comment(text: string): void {
    this.#body.push(text.trimEnd().replace(/^/gm, "// ").replace(/ +$/gm, ""));
  }

  code(source: string): void {
    if (isUnchecked(source)) this.#unchecked = true;
    let program: t.Program;
    try {
      ({ program } = parse(source));
    } catch (error) {
      if (!(error instanceof CellSyntaxError)) throw error;
      const { line, column, message } = error;
      return this.comment(
        `This cell is no TypeScript (line ${line}, column ${column}: ${message})\n${source}`,
      );
    }
    const imports = importedNames(program, source);
    const known = imports.filter(({ local, key }) =>
      [key, key.replace(/^type /, "")].includes(this.#meanings.get(local) ?? ""),
    );
    const repeated = new Set(known.map(({ local }) => local));
    const names = declaredNames(program).map(({ name }) => name);
    const anew = names.filter((name) => !repeated.has(name) && this.#meanings.has(name));
    if (anew.length > 0) {
      this.#body.push(`{ // declared anew: ${anew.join(", ")}`);
      this.#blocks++;
    }
    const edits = new Edits(source);
    if (source.startsWith("#!")) edits.replace(0, 2, "//");
    for (const statement of program.body) {
      if (statement.type === "ImportDeclaration")
        this.#import(statement, edits, imports, repeated, anew);
      else this.#statement(statement, edits, new Set(anew));
    }
    const keys = new Map(imports.map(({ local, key }) => [local, key]));
    for (const name of names) {
      if (!repeated.has(name)) this.#meanings.set(name, keys.get(name) ?? "a cell");
    }
    const { code } = edits.apply();
    if (code.trim() !== "") this.#body.push(code.replace(/^(?:[ \t]*\n)+/, "").trimEnd());
  }

  text(): string {
    const head = this.#unchecked ? ["// @ts-nocheck"] : [];
    const end = this.#blocks > 0 ? ["}".repeat(this.#blocks)] : [];
    const mark = this.#isModule ? [] : ["export {};"];
    const top = this.#top.length > 0 ? [this.#top.join("\n")] : [];
    return `${[...head, ...top, ...this.#body, ...end, ...mark].join("\n\n")}\n`;
  }

  /** Keeps an import where it stands while that is the top level; drops what was imported before. */
  #import(
    statement: t.ImportDeclaration,
    edits: Edits,
    imports: readonly Imported[],
    repeated: ReadonlySet<string>,
    anew: readonly string[],
  ): void {
    const { start, end } = statement as { start: number; end: number };
    const locals = new Set(statement.specifiers.map(({ local }) => local.name));
    const brought = imports.filter(({ local }) => locals.has(local));
    const isSame = brought.every(({ local }) => !repeated.has(local) && !anew.includes(local));
    if (this.#blocks === 0 && isSame) {
      this.#isModule = true;
      return this.#close(statement, edits);
    }
    if (brought.length === 0) this.#hoist(edits.source.slice(start, end));
    const here: string[] = [];
    for (const one of brought) {
      if (repeated.has(one.local)) continue;
      const isTaken = anew.includes(one.local);
      const local = isTaken ? `${one.local}$${++this.#aliases}` : one.local;
      this.#hoist(`import ${one.clause(local)} from ${one.from};`);
      if (isTaken) here.push(`${one.isType ? "type" : "const"} ${one.local} = ${local};`);
    }
    edits.replace(start, end, here.join(" "));
  }

  #statement(statement: t.Statement, edits: Edits, anew: ReadonlySet<string>): void {
    const { start, end } = statement as { start: number; end: number };
    const inBlock = this.#blocks > 0;
    switch (statement.type) {
      case "ExportDefaultDeclaration": {
        if (!inBlock && !this.#exported.has("default")) {
          this.#exported.add("default");
          this.#isModule = true;
          return this.#close(statement, edits);
        }
        const { declaration } = statement;
        const isNamed = "id" in declaration && declaration.id != null;
        edits.replace(start, declaration.start!, isNamed ? "" : "void ");
        if (!isNamed) this.#close(statement, edits);
        return;
      }
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration": {
        const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : null;
        const exports = exportedAs(statement);
        const isNew = exports.every((name) => !this.#exported.has(name));
        if (!inBlock && isNew && anew.size === 0) {
          for (const name of exports) this.#exported.add(name);
          this.#isModule = true;
          return this.#close(statement, edits);
        }
        if (inner != null) {
          edits.replace(start, inner.start!, "");
          return this.#statement(inner, edits, anew);
        }
        // Its module may do something when it is loaded.
        if (statement.source != null)
          this.#hoist(
            `import ${edits.source.slice(statement.source.start!, statement.source.end!)};`,
          );
        return edits.replace(start, end, "");
      }
      case "TSModuleDeclaration":
        if (inBlock) this.#module(statement, edits, anew);
        return;
      case "TSImportEqualsDeclaration":
        if (!inBlock)
          this.#isModule ||= statement.moduleReference.type === "TSExternalModuleReference";
        else if (statement.moduleReference.type === "TSExternalModuleReference") {
          this.#hoist(edits.source.slice(start, end));
          edits.replace(start, end, "");
        } else edits.replace(start, start + "import".length, "const");
        return this.#close(statement, edits);
      case "ForStatement":
        return this.#head(statement, statement.init, edits, anew);
      case "ForInStatement":
      case "ForOfStatement":
        return this.#head(statement, statement.left, edits, anew);
      case "VariableDeclaration":
        if (inBlock && statement.declare) this.#ambient(statement, edits);
        // A `var` belongs to no block: it would meet the earlier name that it declares anew.
        else if (statement.kind === "var" && anew.size > 0) replaceVar(statement, edits, "let");
        return this.#close(statement, edits);
      default:
        return this.#close(statement, edits);
    }
  }

  /** The `var` in a loop's head can be used after the loop. */
  #head(
    loop: t.Statement,
    head: t.Node | null | undefined,
    edits: Edits,
    anew: ReadonlySet<string>,
  ): void {
    if (head?.type !== "VariableDeclaration" || head.kind !== "var" || anew.size === 0) return;
    const alone = { type: "Program", body: [head] } as unknown as t.Program;
    const names = declaredNames(alone).map(({ name }) => name);
    edits.insert(loop.start!, `let ${names.join(", ")}; `);
    replaceVar(head, edits, "");
  }

  /** `declare` may stand in no block: what it speaks of is a global. */
  #ambient(statement: t.VariableDeclaration, edits: Edits): void {
    edits.replace(statement.start!, statement.declarations[0]!.start!, "const ");
    for (const { id } of statement.declarations) {
      if (id.type !== "Identifier") continue;
      const type = id.typeAnnotation == null ? ": any" : textOf(id.typeAnnotation, edits);
      edits.replace(
        id.start!,
        id.end!,
        `${id.name} = (globalThis as any).${id.name} as${type.slice(1)}`,
      );
    }
  }

  /** A namespace may stand in no block either. */
  #module(statement: t.TSModuleDeclaration, edits: Edits, anew: ReadonlySet<string>): void {
    const { start, end, id } = statement as { start: number; end: number } & t.TSModuleDeclaration;
    const name = id.type === "Identifier" && statement.kind !== "global" ? id.name : undefined;
    if (name === undefined || !anew.has(name)) {
      this.#hoist(textOf(statement, edits));
      return edits.replace(start, end, "");
    }
    const alias = `${name}$${++this.#aliases}`;
    const text = textOf(statement, edits);
    this.#hoist(text.slice(0, id.start! - start) + alias + text.slice(id.end! - start));
    edits.replace(start, end, `const ${name} = ${alias};`);
  }

  /** Ends a statement, so that the next cell can't go on with it: `f` and `(x)` are no call. */
  #close(statement: t.Statement, edits: Edits): void {
    const isOpen =
      /^(Expression|Return|Throw|DoWhile|Debugger)Statement$|^VariableDeclaration$|^Import|^Export(All|Default)|^TSImportEquals|^TSTypeAlias/;
    const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : null;
    const isList = statement.type === "ExportNamedDeclaration" && inner == null;
    if (!isList && !isOpen.test((inner ?? statement).type)) return;
    const isDeclared =
      statement.type === "ExportDefaultDeclaration" &&
      /^(Function|Class|TS)\w*Declaration$/.test(statement.declaration.type);
    if (isDeclared || edits.source[statement.end! - 1] === ";") return;
    edits.insert(statement.end!, ";");
  }

  #hoist(text: string): void {
    if (text.startsWith("import")) this.#isModule = true;
    if (!this.#top.includes(text)) this.#top.push(text);
  }
}

function replaceVar(statement: t.VariableDeclaration, edits: Edits, keyword: string): void {
  edits.replace(statement.start!, statement.start! + "var".length, keyword);
}

function textOf({ start, end }: t.Node, edits: Edits): string {
  return edits.source.slice(start!, end!);
}
