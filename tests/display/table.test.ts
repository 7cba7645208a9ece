import { Console } from "node:console";
import { Writable } from "node:stream";
import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { showTables, tableBundle } from "../../kernel/display/table.js";

/** What Node's own console.table prints. */
function printed(data: unknown, columns?: string[]): string {
  let text = "";
  const stdout = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  new Console({ stdout, colorMode: false }).table(data, columns);
  return text;
}

/** Node 20 centres what Node 22 puts to the left; a frame's lines are as wide. */
const unpadded = (text: string) =>
  text
    .replace(/ +/g, " ")
    .replace(/[┌├└].*/g, "")
    .trim();

const bundle = (data: unknown, columns?: string[]) =>
  tableBundle(data, columns, inspect) as Record<string, string>;

const TABLES: [unknown, string[]?][] = [
  [
    [
      { a: 1, b: "x" },
      { a: 2, c: true },
    ],
  ],
  [
    [
      { a: 1, b: "x" },
      { a: 2, b: "y" },
    ],
    ["b"],
  ],
  [
    [{ a: 1 }, 5],
    ["a", "none"],
  ],
  [
    [
      [1, 2],
      [3, 4, 5],
    ],
  ],
  [["apples", "pears"]],
  [[1, { a: 2 }, null, undefined, () => 1]],
  [{ first: { x: 1 }, second: { x: 2 } }],
  [{ a: 1, b: "two" }],
  [
    new Map<unknown, unknown>([
      ["k", { deep: { er: 1 } }],
      [{ o: 1 }, [1, 2, 3, 4, 5]],
    ]),
  ],
  [new Set(["a", { b: 1 }])],
  [[{ o: { a: 1 }, big: { a: 1, b: 2, c: 3 }, l: [1, 2, 3, 4] }]],
  [[{ name: "합성곱" }, { name: "😀" }]],
  [new Float32Array([1, 2])],
  [[Object.create({ inherited: 1 })]],
  [[{ Values: 3 }, 4]],
];

test.each(TABLES)("the text is Node's: %#", (data, columns) => {
  expect(unpadded(bundle(data, columns)["text/plain"]!)).toBe(unpadded(printed(data, columns)));
});

test("the text is Node's for any records", () => {
  const value = fc.oneof(
    fc.integer(),
    fc.stringMatching(/^[a-z]{0,5}$/),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.integer(), { maxLength: 5 }),
  );
  const rows = fc.array(fc.oneof(value, fc.dictionary(fc.constantFrom("a", "b", "c"), value)), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(rows, (data) => {
      expect(unpadded(bundle(data)["text/plain"]!)).toBe(unpadded(printed(data)));
    }),
  );
});

test("the frame fits what it holds", () => {
  expect(bundle([{ n: "합성곱", x: 10 }])["text/plain"]).toBe(
    [
      "┌─────────┬──────────┬────┐",
      "│ (index) │ n        │ x  │",
      "├─────────┼──────────┼────┤",
      "│ 0       │ '합성곱' │ 10 │",
      "└─────────┴──────────┴────┘",
    ].join("\n"),
  );
});

test("the page's table is escaped, text without quotes, numbers at the right", () => {
  const html = bundle([{ "<k>": "<i>x</i>", n: 1 }])["text/html"]!;
  expect(html).toContain('<th scope="col" style="text-align:left">&lt;k&gt;</th>');
  expect(html).toContain('<td style="text-align:left">&lt;i&gt;x&lt;/i&gt;</td>');
  expect(html).toContain('<th scope="col" style="text-align:right">n</th>');
  expect(html).toContain('<td style="text-align:right">1</td>');
});

test.each([
  [5],
  ["text"],
  [null],
  [undefined],
  [[]],
  [{}],
  [new Map()],
  [new Map([[1, 2]]).entries()],
  [new Set([1]).values()],
])("Node's own table is asked for %j", (data) => {
  expect(tableBundle(data, undefined, inspect)).toBeUndefined();
});

test("columns that are no list are Node's to refuse", () => {
  expect(tableBundle([{ a: 1 }], "a", inspect)).toBeUndefined();
});

test("a huge table is cut, and says so", () => {
  const long = bundle(Array.from({ length: 300_000 }, (_, i) => ({ i, j: i })));
  expect(long["text/plain"]).toMatch(/… and 293,\d+ more rows$/);
  expect(long["text/html"]!.length).toBeLessThan(2_000_000);
  const wide = bundle(Array.from({ length: 3 }, () => Array.from({ length: 10_000 }, (_, i) => i)));
  expect(wide["text/plain"]).toMatch(/more columns$/);
  expect(wide["text/html"]!.length).toBeLessThan(2_000_000);
  const map = bundle(new Map(Array.from({ length: 1e6 }, (_, i) => [i, i])));
  expect(map["text/plain"]).toMatch(/… and 99\d,\d+ more rows$/);
});

test("a console shows tables, and prints what is none", () => {
  const printed: unknown[] = [];
  const shown: unknown[] = [];
  const console = { table: (...args: unknown[]) => void printed.push(args) };
  showTables(console, (one) => shown.push(one), inspect);
  console.table([{ a: 1 }], ["a"]);
  console.table("text", ["a"]);
  expect(shown).toEqual([bundle([{ a: 1 }], ["a"])]);
  expect(printed).toEqual([["text", ["a"]]]);
});
