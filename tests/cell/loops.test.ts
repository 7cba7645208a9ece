/** Loops with variables of their own must not be told from loops without. */
import { runInThisContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BOX_PREFIX } from "../../kernel/cell/boxes.js";
import { compile } from "../../kernel/cell/compile.js";
import { SharedNames } from "../../kernel/cell/names.js";
import { Notebook } from "./notebook.js";

const NAMES = ["a", "b", "c", "d"];
const name = fc.constantFrom(...NAMES);
const number = fc.integer({ min: -3, max: 3 }).map(String);

/** Expressions: sums of names, calls of functions and of an object's accessors, some with effects. */
const operand = fc.oneof(
  { weight: 4, arbitrary: name },
  { weight: 2, arbitrary: number },
  {
    weight: 2,
    arbitrary: fc.constantFrom("f()", "g()", "h(1)", "object.field", "String(object).length"),
  },
  { weight: 1, arbitrary: name.map((n) => `${n}++`) },
  { weight: 1, arbitrary: name.map((n) => `(${n} += 2)`) },
);
const expression = fc
  .tuple(operand, fc.constantFrom("+", "-", "*"), operand)
  .map(([left, operator, right]) => `(${left} ${operator} ${right}) % 97`);

const assignment = fc.oneof(
  fc
    .tuple(name, fc.constantFrom("=", "+=", "-=", "||=", "??="), expression)
    .map((all) => all.join(" ")),
  fc.tuple(name, name).map(([x, y]) => `;[${x}, ${y}] = [${y}, ${x}]`),
  fc.tuple(name, expression).map(([x, value]) => `;({ ${x} } = { ${x}: ${value} })`),
  fc.tuple(name, expression).map(([x, value]) => `object.field = ${value}; ${x}--`),
  expression.map((value) => `later.push(() => ${value})`),
);

const block: fc.Arbitrary<string> = fc
  .array(assignment, { minLength: 1, maxLength: 3 })
  .map((lines) => `{ ${lines.join("\n")} }`);

const loop = fc.oneof(
  block.map((body) => `for (let i = 0; i < 4; i++) ${body}`),
  fc
    .tuple(name, block)
    .map(
      ([x, body]) =>
        `for (${x} = 0; ${x} < 3; ${x} += 1 + Math.abs(${x})) ${body.replace("{", "{ if (turns++ > 50) break;")}`,
    ),
  fc.tuple(name, block).map(([x, body]) => `for (${x} of [3, 1, 2]) ${body}`),
  fc.tuple(name, block).map(([x, body]) => `for (let ${x} of [1, 2]) ${body}`),
  fc
    .tuple(block, block)
    .map(
      ([one, two]) =>
        `outer: while (turns++ < 60) { ${one} for (const k in { x: 1, y: 2 }) { if (turns % 3 === 0) continue outer; ${two} } if (turns % 4 === 0) break }`,
    ),
  block.map((body) => `do ${body} while (turns++ < 40 && a < 20)`),
  fc
    .tuple(name, block)
    .map(
      ([x, body]) =>
        `try { for (let i = 0; i < 5; i++) { ${body} if (i === 3) throw new Error('stop') } } catch { ${x}++ }`,
    ),
  block.map(
    (body) => `for (let i = 0; i < 2; i++) { const own = () => a + i; later.push(own); ${body} }`,
  ),
);

/** Functions that read names, change them, or do neither. */
const body = fc.oneof(
  fc.constant("return 1"),
  name.map((n) => `return ${n} % 7`),
  fc.tuple(name, name).map(([x, y]) => `${x} = ${y} - 1; return ${x} % 5`),
);
const functions = fc
  .tuple(body, body, body, body, body)
  .map(([f, g, h, get, set]) =>
    [
      `function f(): number { ${f} }`,
      `const g = (): number => { ${g} };`,
      `function h(x: number): number { { ${h} } }`,
      `const object = { get field(): number { ${get} }, set field(value: number) { void value; ${set} }, toString() { return 'abc' } };`,
    ].join("\n"),
  );

const program = fc.record({
  functions,
  functionsFirst: fc.boolean(),
  cells: fc.array(fc.array(fc.oneof(loop, assignment), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  }),
});

const BEGIN = `let a = 1, b = 2, c = 3, d = 4, turns = 0; const later: (() => number)[] = [];`;
const END = `[a, b, c, d, turns, later.length, ...later.slice(0, 20).map((one) => one())]`;

test("cells end with the values of the plain program", async () => {
  await fc.assert(
    fc.asyncProperty(program, async ({ functions, functionsFirst, cells }) => {
      const texts = cells.map((lines) => lines.map((line) => `${line};`).join("\n"));
      const sources = functionsFirst
        ? [BEGIN, functions, ...texts, END]
        : [`${BEGIN}\n${functions}\n${texts[0]}`, ...texts.slice(1), END];
      expect(await new Notebook().all(...sources)).toEqual(plain(sources));
    }),
    { numRuns: 200 },
  );
});

/** All cells as one program. */
function plain(sources: string[]): unknown {
  const text = sources
    .join("\n")
    .replaceAll(/: number\b(?! \})/g, "")
    .replaceAll(": (() => number)[]", "");
  const at = text.lastIndexOf(END);
  return runInThisContext(`(function () { "use strict"; ${text.slice(0, at)} return ${END} })()`);
}

/** What a loop does with the name `n`, given an earlier cell's text. */
async function access(earlier: string, cell: string): Promise<"own" | "box"> {
  const names = new SharedNames((one) => one in globalThis);
  const lowering = () => Promise.reject(new Error("no lowering"));
  const first = await compile(earlier, names, lowering);
  names.remember(first.usedInFunctions);
  names.keep(first.declared);
  const { code } = await compile(cell, names, lowering);
  return /(const|let) [^;]*\bn=/.test(code.replaceAll(BOX_PREFIX, "")) ? "own" : "box";
}

test.each([
  ["own", "let n = 0", "for (;;) n++"],
  ["own", "", "let n = 0; for (;;) n++"],
  ["own", "", "var n; do { n = 1 } while (n)"],
  ["own", "", "for (var n = 0; n < 3; n++);"],
  ["own", "let n = 0", "if (true) { while (n < 3) n++ }"],
  ["own", "let n = 0", "while (n) { for (;;) { n++; console.log(n) } await 1 }"],
  ["own", "const n = [1]; function f() { return n }", "for (const x of n) f()"],
  ["own", "function n() {}", "for (;;) n()"],
  ["own", "class n {}", "for (;;) new n()"],
  // Somebody else may look, or change it.
  ["box", "let n = 0; const f = () => n", "for (;;) n++"],
  ["box", "let n = 0; const f = () => { n = 1 }", "for (;;) f(n)"],
  ["box", "const o = { get p() { return n } }; let n = 0", "for (;;) n++"],
  ["box", "class C { static p = n; } let n = 0", "for (;;) n++"],
  ["box", "let n = 0", "for (;;) setTimeout(() => n++)"],
  ["box", "import n from 'm'", "for (;;) n()"],
  ["box", "let n = 0", "for (;;) { n++; await 1 }"],
  ["box", "let n = 0", "for await (n of []) ;"],
  // It may have no value yet.
  ["box", "", "for (;;) n++; let n = 0"],
  ["box", "", "for (;;) n++"],
])("a loop has its %s: %s; %s", async (expected, earlier, cell) => {
  expect(await access(earlier, cell)).toBe(expected);
});

test("a loop that fails leaves what it has reached", async () => {
  const notebook = new Notebook();
  await notebook.run("let n = 0");
  await expect(notebook.run("for (;;) if (++n === 5) throw new Error('five')")).rejects.toThrow(
    "five",
  );
  expect(await notebook.run("n")).toBe(5);
});
