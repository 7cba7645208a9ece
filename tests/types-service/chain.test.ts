import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "../../kernel/cell/parse.js";
import { Chain, CURRENT, QUERY } from "../../kernel/types/chain.js";

/** Runs cells; returns the chain. */
function session(...cells: string[]): Chain {
  const chain = new Chain();
  for (const source of cells) chain.commit(chain.draft(source, parse(source).program));
  return chain;
}

const IMPORTS = /^(import (\* as convlab\$\d+ from )?"\.\/convlab\$\d+"; ?)*/;

/** The documents that hold something, without the line of imports of blocks. */
const blocks = (chain: Chain): string[] =>
  chain
    .documents()
    .map(({ text }) => text.replace(IMPORTS, ""))
    .filter((text) => text.trim() !== "export {};");

const header = (chain: Chain, source: string): string =>
  (chain.draft(source, parse(source).program).text.split("\n")[0] ?? "").replace(IMPORTS, "");

test("a cell's document keeps its lines: header first, exports last", () => {
  const chain = session("const a = 1");
  const { text } = chain.draft("a;\nconst b = a", parse("a;\nconst b = a").program);
  expect(text.split("\n").slice(1)).toEqual(["a;", "const b = a", "export { b };", ""]);
});

test("the header brings what the cell speaks of, and no more", () => {
  const chain = session("const a = 1; let b = 2; interface C { x: 1 }; function d() {}");
  expect(header(chain, "a + b")).toBe("import a = convlab$1.a; declare let b: typeof convlab$1.b;");
  expect(header(chain, "const q: C = null!")).toBe("import C = convlab$1.C;");
  expect(header(chain, "const o = { a: 1 }; o.a; (b: number) => b; 'd'; // d")).toBe("");
  expect(header(chain, "export { a as z }; let t: typeof d")).toBe(
    "import a = convlab$1.a; import d = convlab$1.d;",
  );
  expect(header(chain, "@d class X {}")).toBe("import d = convlab$1.d;");
  expect(header(chain, "const a = 5")).toBe("");
});

test("every document imports every block in the same order, and those under a name that it needs", () => {
  const chain = session("const a = 1");
  const modules = (text: string): string[] =>
    [...text.matchAll(/"\.\/(.*?)"/g)].map(([, m]) => m ?? "");
  const draft = chain.draft("a", parse("a").program).text;
  const texts = [draft, chain.empty().text, ...chain.documents().map(({ text }) => text)];
  for (const text of texts) expect(modules(text)).toEqual(modules(draft));
  expect(draft.match(/import \* as convlab\$\d+/g)).toEqual(["import * as convlab$1"]);
  expect(chain.empty().text).not.toContain("* as");
});

test("cells share a block as long as every name means the same in it", () => {
  expect(blocks(session("const a = 1", "const b = a", "const c = b"))).toHaveLength(1);
  // Declared anew while the older one still counts.
  expect(blocks(session("const a = 1", "const b = a", "const a = 'x'"))).toHaveLength(2);
  // The first cell speaks of the global name, which the second declares.
  expect(blocks(session("const a = performance.now()", "const performance = 1"))).toHaveLength(2);
  expect(blocks(session("let r: Response", "interface Response { own: 1 }"))).toHaveLength(2);
  // The last assignment must not narrow the variable for later cells.
  expect(blocks(session("let a: number | null = null", "const b = a"))).toHaveLength(2);
  expect(blocks(session("let a = 1; let s: string[] = []", "const b = a + s.length"))).toHaveLength(
    1,
  );
  expect(
    blocks(session("export default 1; const a = 1", "export default 2; const b = 1")),
  ).toHaveLength(2);
});

test("a cell that is run again and again leaves one version", () => {
  const cells = Array.from({ length: 50 }, (_, i) => `const a = ${i}; const b = a`);
  expect(blocks(session(...cells))).toEqual(["\nconst a = 49; const b = a\nexport { a, b };\n"]);
});

test("an older version stays while a later cell's types come from it", () => {
  const chain = session("class A { old = 1 }", "const a = new A()", "class A { new = 1 }");
  expect(blocks(chain).join()).toContain("old = 1");
  const again = "const a = new A()";
  chain.commit(chain.draft(again, parse(again).program));
  expect(blocks(chain).join()).not.toContain("old = 1");
});

test("a cell with effects on global types stays, once", () => {
  const chain = session("import 'x'", "declare global { var g: 1 }", "import 'x'", "import 'x'");
  expect(
    blocks(chain)
      .join()
      .match(/import 'x'/g),
  ).toHaveLength(1);
  expect(blocks(chain).join()).toContain("declare global");
});

test("a cell that declares nothing leaves nothing", () => {
  expect(blocks(session("1 + 1", "console.log(2)", "for (const x of [1]) x"))).toEqual([]);
});

test("two blocks are enough for variables that each take the last one's value", () => {
  const cells = Array.from(
    { length: 40 },
    (_, i) => `let v${i}: number | null = ${i ? `v${i - 1}` : 1}`,
  );
  expect(blocks(session(...cells))).toHaveLength(2);
});

test("the files of the program change only when the blocks run out", () => {
  const chain = new Chain();
  expect(chain.files().slice(-2)).toEqual([CURRENT, QUERY]);
  const lists = new Set<string>();
  for (let i = 0; i < 40; i++) {
    // Every version of `a` still counts, since a name has its type from it.
    for (const source of [`const a = ${i}`, `const from${i} = a`]) {
      chain.commit(chain.draft(source, parse(source).program));
      lists.add(chain.files().join());
    }
  }
  expect(blocks(chain)).toHaveLength(40);
  expect(lists.size).toBe(6);
});

test("after clear there is nothing", () => {
  const chain = session("const a = 1");
  chain.clear();
  expect(blocks(chain)).toEqual([]);
  expect(header(chain, "a")).toBe("");
});

test("in any session every live name is in exactly one block, under its latest declaration", () => {
  const name = fc.constantFrom("a", "b", "c", "d");
  const cell = fc.tuple(name, name, fc.constantFrom("const", "let"), fc.nat(999));
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 30 }), (cells) => {
      const chain = new Chain();
      const latest = new Map<string, string>();
      for (const [declared, used, kind, number] of cells) {
        const known = latest.has(used) && used !== declared;
        const source = `${kind} ${declared} = [${number}${known ? `, ${used}` : ""}]`;
        chain.commit(chain.draft(source, parse(source).program));
        latest.set(declared, source);
      }
      for (const [declared, source] of latest) {
        const where = /convlab\$\d+/.exec(header(chain, declared))?.[0];
        const home = chain.documents().find(({ name: file }) => file === `${where}.ts`);
        expect(home?.text).toContain(`\n${source}\n`);
        const declarations = home?.text.match(new RegExp(`^(const|let) ${declared} =`, "gm"));
        expect(declarations).toHaveLength(1);
      }
    }),
  );
});
