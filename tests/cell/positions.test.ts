/** Where an error was thrown, in the reader's lines, whatever the construct around it became. */
import { Script } from "node:vm";
import { expect, test } from "vitest";
import { PROVIDED } from "../../kernel/cell/boxes.js";
import { compile } from "../../kernel/cell/compile.js";
import { SharedNames } from "../../kernel/cell/names.js";
import { lowerWithEsbuild } from "../../kernel/run/lower.js";
import { Scope } from "../../kernel/run/scope.js";

/** The text between the marks `«` and `»` is where the error must be said to come from. */
async function thrownAt(marked: string): Promise<{ wanted: string; found: string }> {
  const before = marked.slice(0, marked.indexOf("«")).split("\n");
  const source = marked.replace(/[«»]/g, "");
  const names = new SharedNames((name) => name in globalThis);
  const { code, boxes, declared, sourcePosition } = await compile(source, names, lowerWithEsbuild);
  const scope = new Scope();
  scope.declare(declared);
  const run = new Script(code, { filename: "the-cell" }).runInThisContext();
  try {
    await run(
      () => Promise.reject(new Error("none")),
      {},
      ...PROVIDED,
      ...boxes.map((name) => scope.box(name)),
      (value: unknown) => value,
    );
  } catch (error) {
    const frame = /the-cell:(\d+):(\d+)/.exec((error as Error).stack!)!;
    const { line, column } = sourcePosition({ line: Number(frame[1]), column: Number(frame[2]) });
    return {
      wanted: `${before.length}:${before.at(-1)!.length + 1}`,
      found: `${line}:${column}`,
    };
  }
  throw new Error("nothing was thrown");
}

const boom = "const boom = (): never => { throw «new Error('boom') }";
const cells: Record<string, string> = {
  "a statement": "const a = 1\n\n  throw «new Error('x')»",
  "a call of a name that is none": "let f: any\n\nconst b = 2; «f(b)»",
  "a function of the cell": `const a: number = 1\n${boom}\nboom()`,
  "behind types":
    "const f = (a: Map<string, number>, b?: string): void => { throw «new Error(b as string)» }; f(new Map())",
  "behind types over lines":
    "const f = (\n  a: {\n    b: number\n  },\n): {\n  c: number\n} => { throw «new Error('x')» }\nf({ b: 1 })",
  "a loop with its own variables":
    "let n = 0\nlet k = 1; for (;;) { n += k; if (n > 3) throw «new Error('x')» }",
  "a parameter property":
    "class A { constructor(private a = 1, public b: number = «nothing.x») {} }\ndeclare const nothing: any\nnew A()",
  "a constructor with parameter properties":
    "class A {\n  constructor(private a = 1) {\n    throw «new Error('x')»\n  }\n}\nnew A()",
  "an enum's value": "enum E { A = 1 }\nenum F {\n  B = (() => { throw «new Error('x')» })(),\n}",
  "behind an enum": "enum E { A = 1, B }\nconst a: E = E.A\nif (a) throw «new Error('x')»",
  "a namespace": "namespace N {\n  export const a = 1\n  throw «new Error('x')»\n}".replace(
    "  throw",
    "  if (a) throw",
  ),
  "a function of a namespace":
    "namespace N {\n  export function f(a: number): void {\n    if (a) throw «new Error('x')»\n  }\n}\nN.f(1)",
  "a decorator":
    "function d(v: unknown, c: object) {\n  throw «new Error('x')»\n}\nclass A {\n  @d m() {}\n}",
  "a decorated method":
    "const d = (v: unknown, c: object): void => {}\nclass A {\n  @d m(a: number): void {\n    throw «new Error('x')»\n  }\n}\nnew A().m(1)",
  "an accessor":
    "class A {\n  accessor a = 1\n  accessor b = (() => { throw «new Error('x')» })()\n}\nnew A()",
  "behind using":
    "using r = { [Symbol.dispose]() {} }\nconst a: number = 1\nthrow «new Error('x')»",
  "a disposal": "using r = {\n  [Symbol.dispose](): void {\n    throw «new Error('x')»\n  },\n}",
  "await using":
    "await using r = { async [Symbol.asyncDispose]() {} }\nawait null\nthrow «new Error('x')»",
  "behind an alias": "enum E { A }\nimport Alias = E\nif (Alias.A === 0) throw «new Error('x')»",
  "behind a #! line": "#!/usr/bin/env node\nthrow «new Error('x')»",
  "behind CRLF": "const a = 1\r\nenum E { A }\r\nthrow «new Error('x')»",
  "behind letters of two units": "enum E { A }\nconst 𝒳 = '😀'; if (𝒳) throw «new Error('x')»",
  "a class field":
    "class A {\n  private readonly a: number = (() => { throw «new Error('x')» })()\n}\nnew A()",
  "a static block":
    "class A {\n  static readonly a?: number\n  static {\n    throw «new Error('x')»\n  }\n}",
  "an overloaded function":
    "function f(a: string): void\nfunction f(a: number): void\nfunction f(a: unknown): void {\n  throw «new Error('x')»\n}\nf(1)",
  "an async generator":
    "async function* g(): AsyncGenerator<number> {\n  yield 1\n  throw «new Error('x')»\n}\nfor await (const x of g()) ;",
};

for (const [name, text] of Object.entries(cells)) {
  test(`an error in ${name} has its place`, async () => {
    const { wanted, found } = await thrownAt(text);
    expect(found).toBe(wanted);
  });
}
