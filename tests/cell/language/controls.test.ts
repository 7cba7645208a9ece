// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are the texts of cells
import { testCases } from "./cases.js";

testCases([
  [
    "labels over loops and blocks",
    [
      "const log: string[] = []; outer: for (const a of [1, 2, 3]) { inner: for (const b of [1, 2, 3]) { if (b === 2) continue outer; if (a === 3) break outer; log.push(`${a}${b}`) } } block: { log.push('in'); if (log.length) break block; log.push('never') } one: two: for (;;) break one",
      "log",
    ],
    ["11", "21", "in"],
  ],
  ["a label named as a shared name", ["let a = 1; a: for (;;) { a++; break a }", "a"], 2],
  [
    "what a switch looks at lies outside its block",
    ["const x = 1; let r = 0; switch (x) { case 1: let x = 5; r = x }", "[r, x]"],
    [5, 1],
  ],
  [
    "switch",
    [
      "let r = ''; switch (3 as number) { case 1: r += 'a'; default: r += 'd'; case 2: { const r2 = 'x'; r += r2 } break; case 4: let z = 1; r += z }",
      "r",
    ],
    "dx",
  ],
  [
    "try, catch, finally",
    [
      "let r: unknown[] = []; try { try { throw new Error('e') } catch { r.push('c'); throw 1 } finally { r.push('f') } } catch (x) { r.push(x) }",
      "r",
    ],
    ["c", "f", 1],
  ],
  [
    "for in, of, over var and let",
    [
      "const keys: string[] = []; for (const k in { a: 1, b: 2 }) keys.push(k); for (var v of new Set([1])) ; let w; for (w of 'xy') ;",
      "[keys, v, w]",
    ],
    [["a", "b"], 1, "y"],
  ],
  [
    "comma, void, in, delete, instanceof",
    [
      "const o: any = { a: 1, b: 2 }; let n = (1, 2); delete o.a",
      "[n, 'a' in o, o instanceof Object, void 0]",
    ],
    [2, false, true, undefined],
  ],
  [
    "logical assignment",
    [
      "let a: number | null = null, b = 0, c = 1; a ??= 5; b ||= 6; c &&= 7; const o = { p: null as number | null }; o.p ??= 8",
      "[a, b, c, o.p]",
    ],
    [5, 6, 7, 8],
  ],
  [
    "bigint, numeric separators, exponent",
    ["let big = 10n ** 20n; big++; const m = 1_000_000", "[big, m, 2 ** 3 ** 2, 0xff, 0b11, 0o17]"],
    [100000000000000000001n, 1000000, 512, 255, 3, 15],
  ],
  [
    "regular expressions",
    [
      "const r = /(?<year>\\d{4})/dgimsuy; const v = /[\\p{L}--[a-z]]/v; const q = 'a/b'.split(/\\//)",
      "[r.flags, r.exec('2020')!.groups!.year, v.test('A'), q]",
    ],
    ["dgimsuy", "2020", true, ["a", "b"]],
  ],
  [
    "templates",
    [
      "const x = 1; const t = `a${`b${x}`}c\\n${x + 1}`; const raw = String.raw`\\${x}`",
      "[t, raw]",
    ],
    ["ab1c\n2", "\\${x}"],
  ],
  ["an if at the end of a cell has no value", ["let x = 1; if (x) x = 2"], undefined],
  ["a do-while without a semicolon", ["let n = 0; do n++; while (n < 3) n += 10", "n"], 13],
]);
