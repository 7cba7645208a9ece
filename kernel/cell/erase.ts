/**
 * Erases types by blanking them, so that every remaining character keeps its line and column.
 *
 * Covers what TypeScript calls erasable syntax; what needs real emit (enums, namespaces, decorators, `using`) is recognised by `needsLowering` and rewritten before this (see `lower.ts`).
 */
import type * as t from "@babel/types";
import type { Edits } from "./edits.js";
import { writeParameterProperties } from "./parameter-properties.js";
import { withinStack } from "./parse.js";
import { children, isTypeOnly, type Node, nameEnd } from "./tree.js";

/** Blanks every type below `node`. Imports and exports at the top level are left to the transform. */
export function eraseTypes(node: t.Node, edits: Edits): void {
  const eraser = new Eraser(edits);
  withinStack(
    () => eraser.reached ?? node,
    () => eraser.visit(node as Node),
  );
}

class Eraser {
  readonly #edits: Edits;
  readonly #source: string;
  /** The node visited last. */
  reached: Node | undefined;

  constructor(edits: Edits) {
    this.#edits = edits;
    this.#source = edits.source;
  }

  visit(node: Node): void {
    this.reached = node;
    if (isTypeOnly(node)) {
      // The semicolon keeps the statement before from running on into the one after.
      this.#edits.blank(node.start, node.end, ";");
      return;
    }
    switch (node.type) {
      case "TSTypeAnnotation":
      case "TSTypeParameterInstantiation":
      case "TSTypeParameterDeclaration":
        this.#edits.blank(node.start, node.end);
        return;
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSNonNullExpression": {
        const inner = node.expression as Node;
        this.#edits.blank(this.#afterParentheses(inner.end), node.end);
        this.visit(inner);
        return;
      }
      case "TSTypeAssertion": {
        const type = node.typeAnnotation as Node;
        // Behind `return`, a line end where the type was would end the statement.
        this.#edits.join(node.start, this.#source.indexOf(">", type.end) + 1);
        this.visit(node.expression as Node);
        return;
      }
      case "TSParameterProperty":
        this.#edits.blank(node.start, node.parameter.start!);
        this.visit(node.parameter as Node);
        return;
      case "TSDeclareMethod":
      case "TSIndexSignature":
        this.#edits.blank(node.start, node.end, ";");
        return;
      case "Identifier":
        // In a binding, the identifier's text reaches over `?`, `!` and its annotation.
        if (node.typeAnnotation || node.optional)
          this.#edits.blank(nameEnd(this.#source, node), node.end);
        return;
      case "VariableDeclarator":
        if (node.definite && node.id.type === "Identifier") {
          this.#edits.blank(nameEnd(this.#source, node.id), node.id.end!);
          if (node.init) this.visit(node.init as Node);
          return;
        }
        break;
      case "ClassProperty":
      case "ClassPrivateProperty":
      case "ClassMethod":
      case "ClassPrivateMethod":
        if (this.#member(node)) return;
        break;
      case "ClassDeclaration":
      case "ClassExpression":
        this.#classHead(node);
        writeParameterProperties(node, this.#edits);
        break;
      case "ArrowFunctionExpression":
        this.#arrowTypes(node);
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ObjectMethod":
        this.#thisParameter(node);
        break;
    }
    for (const child of children(node)) this.visit(child);
  }

  /** Modifiers, `?` and `!` of a class member; true when the whole member is gone. */
  #member(
    node: t.ClassProperty | t.ClassPrivateProperty | t.ClassMethod | t.ClassPrivateMethod,
  ): boolean {
    const member = node as typeof node & {
      declare?: boolean;
      abstract?: boolean | null;
      computed?: boolean;
    };
    if (member.declare || member.abstract) {
      this.#edits.blank(node.start!, node.end!, ";");
      return true;
    }
    const isField = node.type === "ClassProperty" || node.type === "ClassPrivateProperty";
    const key = node.key as Node;
    const head = this.#source.slice(node.start!, key.start);
    for (const word of head.matchAll(/\/\*[\s\S]*?\*\/|\/\/.*|\[|[\w$]+/g)) {
      if (word[0] === "[") break;
      if (!/^(public|private|protected|readonly|override)$/.test(word[0])) continue;
      const start = node.start! + word.index;
      // At the member's start a semicolon keeps `a = 1 <newline> private ["b"]` from becoming `a = 1["b"]`.
      this.#edits.blank(start, start + word[0].length, start === node.start ? ";" : "");
    }
    const flags = node as { optional?: boolean | null; definite?: boolean | null };
    if (flags.optional || flags.definite) {
      const mark = this.#source.slice(key.end).search(/[?!]/);
      this.#edits.blank(key.end + mark, key.end + mark + 1);
    }
    // Without its type a field would run on into the member behind it: `get?: T`, `x = 1 as T`.
    if (isField && this.#source[node.end! - 1] !== ";") this.#edits.insert(node.end!, ";");
    if (node.type === "ClassMethod" || node.type === "ClassPrivateMethod")
      this.#thisParameter(node);
    return false;
  }

  /** `abstract` before a class and `implements …` behind its name. */
  #classHead(node: t.ClassDeclaration | t.ClassExpression): void {
    if ((node as { abstract?: boolean | null }).abstract) {
      const start = this.#source.indexOf("abstract", node.start!);
      this.#edits.blank(start, start + "abstract".length);
    }
    const heritage = node.implements as Node[] | null | undefined;
    if (!heritage?.length) return;
    const before = [node.id, node.typeParameters, node.superClass, node.superTypeParameters]
      .map((part) => (part as Node | null | undefined)?.end ?? 0)
      .reduce((a, b) => Math.max(a, b), node.start!);
    const keyword = this.#source.indexOf("implements", before);
    this.#edits.blank(keyword, heritage.at(-1)!.end);
    node.implements = null;
  }

  /** No line end may stand behind `async`, nor before `=>`: `async <⏎T⏎>(x): {⏎}⏎ => …`. */
  #arrowTypes(node: t.ArrowFunctionExpression): void {
    const types = node.typeParameters as Node | null | undefined;
    const type = node.returnType as Node | null | undefined;
    if (types) {
      const space = /^\s*/.exec(this.#source.slice(types.end))![0].length;
      this.#edits.join(types.start, types.end + space);
    }
    if (type) {
      const space = /\s*$/.exec(this.#source.slice(node.start!, type.start))![0].length;
      this.#edits.join(type.start - space, type.end);
    }
    node.typeParameters = null;
    node.returnType = null;
  }

  /** The parameter named `this` is a type alone. */
  #thisParameter(node: t.Function): void {
    const first = node.params[0] as Node | undefined;
    if (first?.type !== "Identifier" || first.name !== "this") return;
    const next = node.params[1] as Node | undefined;
    const comma = /^\s*,?/.exec(this.#source.slice(first.end))![0].length;
    this.#edits.blank(first.start, next ? next.start : first.end + comma);
    node.params.shift();
  }

  /** The place behind an expression and the parentheses that close around it. */
  #afterParentheses(end: number): number {
    let at = end;
    for (;;) {
      const space = /^(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*/.exec(this.#source.slice(at))![0].length;
      if (this.#source[at + space] !== ")") return at;
      at += space + 1;
    }
  }
}
