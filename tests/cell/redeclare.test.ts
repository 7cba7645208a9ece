/** Any name can be declared anew as any kind, and a cell that fails changes nothing. */
import { expect, test } from "vitest";
import { Notebook } from "./notebook.js";

/** How each kind declares `it`, and what shows that `it` is of that kind now; types leave no value. */
const kinds: Record<string, { declare: string; show?: string; value?: unknown }> = {
  const: { declare: "const it = 'const'", show: "it", value: "const" },
  let: { declare: "let it = 'let'", show: "it += '!'", value: "let!" },
  var: { declare: "var it = 'var'", show: "it", value: "var" },
  "var in a loop": { declare: "for (var it = 0; it < 3; it++);", show: "it", value: 3 },
  destructured: { declare: "const [{ it = 5 }] = [{} as { it?: number }]", show: "it", value: 5 },
  using: {
    declare: "using it = { [Symbol.dispose]() {}, n: 1 }",
    show: "it.n",
    value: 1,
  },
  function: { declare: "function it() { return 'function' }", show: "it()", value: "function" },
  generator: { declare: "function* it() { yield 'g' }", show: "[...it()][0]", value: "g" },
  class: { declare: "class it { v = 'class' }", show: "new it().v", value: "class" },
  decorated: {
    declare: "@((c: object) => {}) class it { static n = () => it.name }",
    show: "it.n()",
    value: "it",
  },
  enum: { declare: "enum it { A = 1 }", show: "it[1]", value: "A" },
  "const enum": { declare: "const enum it { A = 'c' }", show: "it.A", value: "c" },
  namespace: { declare: "namespace it { export const n = 'ns' }", show: "it.n", value: "ns" },
  import: { declare: "import { sep as it } from 'node:path'", show: "it", value: "/" },
  "default import": { declare: "import it from 'node:path'", show: "it.sep", value: "/" },
  "whole import": { declare: "import * as it from 'node:path'", show: "it.sep", value: "/" },
  "import =": { declare: "import it = require('m')", show: "it", value: "<required m>" },
  type: { declare: "type it = number; let x1: it | undefined" },
  interface: { declare: "interface it { a: 1 }; let x2: it | undefined" },
  "import type": { declare: "import type it from 'node:path'" },
  "namespace of types": { declare: "namespace it { export type T = 1 }" },
  "declare const": { declare: "declare const it: number" },
};

for (const [first, before] of Object.entries(kinds)) {
  test(`${first}, then every kind, and back`, async () => {
    for (const [second, after] of Object.entries(kinds)) {
      const notebook = new Notebook();
      await notebook.run(before.declare);
      await notebook.run(after.declare);
      const kind = after.show === undefined ? before : after;
      if (kind.show !== undefined) {
        expect(await notebook.run(kind.show), second).toEqual(kind.value);
      }
      await notebook.run(before.declare);
      if (before.show !== undefined) {
        expect(await notebook.run(before.show), `${second} and back`).toEqual(before.value);
      }
    }
  });

  test(`${first}, then a cell that fails with every kind`, async () => {
    for (const [second, after] of Object.entries(kinds)) {
      const notebook = new Notebook();
      await notebook.run(before.declare);
      const failing = `${after.declare}\nconst fresh = 1; function fresh2() {}\nthrow new Error('no')`;
      await expect(notebook.run(failing), second).rejects.toThrow("no");
      if (before.show !== undefined) {
        expect(await notebook.run(before.show), second).toEqual(before.value);
      }
      await expect(notebook.run("fresh"), second).rejects.toThrow("fresh is not defined");
      await expect(notebook.run("fresh2"), second).rejects.toThrow("fresh2 is not defined");
    }
  });
}
