"""Declarations, redeclaration, values, top-level await."""

from session import KernelCase


class Cells(KernelCase):
    def test_declarations_persist(self):
        self.ok("let count = 1; const list = [1]; var old = 'v'; function twice(x: number) { return 2 * x }")
        self.ok(
            "class Counter { constructor(public n = 0) {} up() { return ++this.n } }\n"
            "enum Colour { Red = 3 }\ninterface Point { x: number }\ntype Pair = [number, number];\n"
            "namespace Space { export const inner = 'in' }"
        )
        self.ok("count += 1; list.push(twice(count)); old += '!'")
        self.assertEqual(self.value("[count, ...list]"), "[ 2, 1, 4 ]")
        self.assertEqual(self.value("old"), "'v!'")
        self.assertEqual(self.value("const counter = new Counter(4); counter.up()"), "5")
        self.assertEqual(self.value("Colour.Red + Space.inner.length"), "5")
        self.assertEqual(self.value("const point: Point = { x: 7 }; const pair: Pair = [1, 2]; point.x + pair[1]"), "9")

    def test_any_name_can_be_declared_anew(self):
        for code, value in [
            ("const again = 1", "1"),
            ("const again = 2", "2"),
            ("let again = 'text'", "'text'"),
            ("var again = true", "true"),
        ]:
            self.ok(code)
            self.assertEqual(self.value("again"), value)
        self.ok("function again() { return 'f' }")
        self.assertEqual(self.value("again()"), "'f'")
        self.ok("class again { field = 9 }")
        self.assertEqual(self.value("new again().field"), "9")
        self.ok("enum again { A = 11 }")
        self.assertEqual(self.value("again.A + 0"), "11")

    def test_functions_see_what_is_assigned_later(self):
        self.ok("let shared = 1; const readShared = () => shared")
        self.ok("shared = 5")
        self.assertEqual(self.value("readShared()"), "5")

    def test_destructuring(self):
        self.ok("const { a, b: [c, ...d], ...rest } = { a: 1, b: [2, 3, 4], e: 5 }")
        self.assertEqual(self.value("[a, c, ...d, rest.e]"), "[ 1, 2, 3, 4, 5 ]")

    def test_top_level_await(self):
        self.assertEqual(self.value("const slow = await new Promise<number>((r) => setTimeout(() => r(42), 20)); slow"), "42")
        self.assertEqual(self.value("slow + (await Promise.resolve(1))"), "43")
        self.ok("let total = 0; for await (const x of [Promise.resolve(1), 2]) total += x")
        self.assertEqual(self.value("total"), "3")

    def test_a_last_value_that_is_a_promise_is_not_lost(self):
        self.assertIsNotNone(self.ok("Promise.resolve(5)").text)

    def test_the_last_value(self):
        self.assertEqual(self.value("1 + 1"), "2")
        self.assertEqual(self.value("'a'; 'b'"), "'b'")
        self.assertEqual(self.value("({ a: 1 })"), "{ a: 1 }")
        self.assertEqual(self.value("null"), "null")
        self.assertIsNone(self.value("undefined"))
        self.assertIsNone(self.value("const nothing = 1"))
        self.assertIsNone(self.value(""))
        self.assertIsNone(self.value("// a comment"))
        self.assertIn("Map", self.value("new Map([['k', 1]])"))

    def test_counts_and_input(self):
        first = self.ok("'count me'")
        second = self.ok("'and me'")
        self.assertEqual(second.reply["execution_count"], first.reply["execution_count"] + 1)
        self.assertEqual(second.of("execute_input")[0]["code"], "'and me'")
        self.assertEqual(
            second.of("execute_input")[0]["execution_count"], second.reply["execution_count"]
        )
        self.assertEqual(
            second.kinds, ["status", "execute_input", "execute_result", "status"]
        )

    def test_silent_cells_publish_no_input_and_no_result(self):
        before = self.ok("'before'").reply["execution_count"]
        silent = self.ok("globalThis.process.version", silent=True)
        self.assertEqual(silent.kinds, ["status", "status"])
        self.assertEqual(self.ok("'after'").reply["execution_count"], before + 1)

    def test_queued_cells_run_in_order(self):
        requests = [self.session.start(f"console.log({i})") for i in range(20)]
        self.assertEqual([self.session.wait(r).stdout for r in requests], [f"{i}\n" for i in range(20)])

    def test_cells_queued_behind_an_error_are_aborted(self):
        slow = self.session.start("await new Promise((r) => setTimeout(r, 200)); throw new Error('stop')")
        queued = self.session.start("console.log('must not run')")
        self.assertEqual(self.session.wait(slow).status, "error")
        result = self.session.wait(queued)
        self.assertEqual((result.status, result.stdout), ("aborted", ""))
        self.ok("'runs again'")

    def test_export_is_accepted(self):
        self.ok("export const exported = 3; export default function main() { return exported }")
        self.assertEqual(self.value("main()"), "3")

    def test_loops_and_closures(self):
        self.assertEqual(self.value("const fs2: (() => number)[] = []; for (let i = 0; i < 3; i++) fs2.push(() => i); fs2.map((f) => f())"), "[ 0, 1, 2 ]")

    def test_unicode(self):
        self.ok("const 합성곱 = '값 😀'")
        self.assertEqual(self.value("합성곱"), "'값 😀'")


class Language(KernelCase):
    """What TypeScript allows in a module, checked and run; `tests/cell` holds the long list."""

    def test_one_cell_of_everything(self):
        self.ok(
            "const log: string[] = []\n"
            "function note(value: unknown, context: { kind: string; name: string | symbol }): void { log.push(`${context.kind} ${String(context.name)}`) }\n"
            "const enum Level { Low = 1, High = Low << 2 }\n"
            "enum Tone { Red = 'r', Blue = 'b' }\n"
            "namespace Geo.Flat { export const side = 3; export type Point = [number, number] }\n"
            "abstract class Shape<const T = string> { abstract area(): number; constructor(protected readonly tag: T) {} }\n"
            "class Square extends Shape<'sq'> {\n"
            "  static #made = 0\n  static { Square.#made = 1 }\n"
            "  @note accessor side = Geo.Flat.side\n"
            "  constructor() { super('sq'); Square.#made++ }\n"
            "  @note override area(): number { return this.side ** 2 }\n"
            "  static get made() { return Square.#made }\n}\n"
            "function over(a: string): string\nfunction over(a: number): number\nfunction over(a: string | number) { return a }\n"
            "async function* slow(): AsyncGenerator<number> { yield 1; yield 2 }\n"
            "const table = { a: 1, b: [2] } satisfies Record<string, number | number[]>\n"
            "function isText(x: unknown): x is string { return typeof x === 'string' }"
        )
        self.assertEqual(self.value("log"), "[ 'accessor side', 'method area' ]")
        self.assertEqual(self.value("const level: Level = Level.High; level"), "4")
        self.assertEqual(self.value("[Tone.Red, Geo.Flat.side, over(2), over('x'), isText(3)].join()"), "'r,3,2,x,false'")
        self.assertEqual(self.value("const square = new Square(); square.side = 4; [square.area(), Square.made]"), "[ 16, 2 ]")
        self.assertEqual(self.value("const flat: Geo.Flat.Point = [1, 2]; flat[1] + table.b[0]"), "4")
        self.assertEqual(self.value("let all = 0; outer: for await (const x of slow()) { for (;;) { all += x; continue outer } } all"), "3")

    def test_using(self):
        self.ok("const gone: string[] = []; class Res implements Disposable { constructor(readonly n: string) {} [Symbol.dispose](): void { gone.push(this.n) } }")
        self.assertEqual(self.value("using a = new Res('a'); using b = new Res('b'); gone.length"), "0")
        self.assertEqual(self.value("gone"), "[ 'b', 'a' ]")
        self.ok("await using c = { async [Symbol.asyncDispose]() { gone.push('c') } }")
        self.assertEqual(self.value("gone.at(-1)"), "'c'")

    def test_decorated_classes_of_two_cells_stay_apart(self):
        self.ok("const plus = (n: number) => (v: undefined, c: ClassFieldDecoratorContext) => (x: number) => x + n")
        self.ok("class One { @plus(1) n = 0 }")
        self.ok("class Two { @plus(2) n = 0 }")
        self.assertEqual(self.value("[new One().n, new Two().n]"), "[ 1, 2 ]")

    def test_function_hoisting(self):
        self.assertEqual(self.value("const early = twice2(3)\nfunction twice2(n: number): number { return n < 1 ? 0 : 2 + again2(n - 1) }\nlet between = 1\nfunction again2(n: number): number { return twice2(n) }\nearly"), "6")

    def test_imports_in_any_position(self):
        self.assertEqual(
            self.value(
                "const glued = join('a', 'b')\nimport { join } from 'node:path'\nimport type { Stats } from 'node:fs'\n"
                "import { type Dirent, existsSync } from 'node:fs'\nimport 'node:os'\nlet stats: Stats | Dirent | undefined\n[glued, existsSync('/')]"
            ),
            "[ 'a/b', true ]",
        )
        self.assertEqual(self.value("import path = require('node:path'); path.sep"), "'/'")

    def test_exports_in_every_form(self):
        self.ok("export const e1 = 1; export { e1 as other }; export default class Main { v = 3 }\nexport * from 'node:fs/promises'; export enum E2 { A = 4 }; export namespace E3 { export const x = 5 }; export type E4 = number; export interface E5 { a: E4 }")
        self.assertEqual(self.value("const e5: E5 = { a: new Main().v }; e1 + e5.a + E2.A + E3.x"), "13")
        self.ok("export default { a: 1 }")

    def test_a_failed_cell_leaves_nothing(self):
        self.ok("const keep = 1; enum Keep { A = 'a' } type KeepType = number; class KeepClass { a = 1 }")
        self.fails("const keep = 'two'; enum Keep { B = 'b' } type KeepType = string; class KeepClass { b = 2 }; const half = 1; class Half {} interface HalfType { a: 1 }\nthrow new Error('no')")
        # The types are the earlier ones again, and so are the values.
        self.assertEqual(self.value("const asNumber: number = keep; const asType: KeepType = 3; [asNumber, Keep.A, new KeepClass().a, asType]"), "[ 1, 'a', 1, 3 ]")
        self.assertIn("half", self.fails("half").error["evalue"])
        self.assertIn("Half", self.fails("new Half()").error["evalue"])
        self.assertIn("HalfType", self.fails("let h: HalfType").error["evalue"])

    def test_redeclaring_across_kinds(self):
        for declare, show, value in [
            ("import { sep as it } from 'node:path'", "it", "'/'"),
            ("class it { v = 1 }", "new it().v", "1"),
            ("namespace it { export const n = 2 }", "it.n", "2"),
            ("enum it { A = 3 }", "it.A as number", "3"),
            ("function it() { return 4 }", "it()", "4"),
            ("const enum it { B = 5 }", "it.B as number", "5"),
            ("let it = 6", "it", "6"),
            ("const [{ it = 7 }] = [{} as { it?: number }]", "it", "7"),
            ("import * as it from 'node:path'", "it.sep", "'/'"),
        ]:
            self.ok(declare)
            self.assertEqual(self.value(show), value, declare)
        self.ok("type it = 'now a type'")
        self.ok("const typed: it = 'now a type'")

    def test_text_of_every_kind(self):
        # A script's first line is no error of type either.
        self.assertEqual(self.value("#!/usr/bin/env node\nconst shebang = 1\nshebang"), "1")
        self.assertEqual(self.value("\ufeffconst bom = 2\r\nbom\r\n"), "2")
        self.assertEqual(self.value("const 상자 = class { 값 = 3 }; new 상자().값 // 끝"), "3")
        self.assertEqual(self.value("'use strict'\nlet type = 1, of = 2, async = 3, get = 4, from = 5\ntype + of + async + get + from;"), "15")

    def test_cells_that_are_too_deep_or_very_long(self):
        for deep in ["(" * 10_000 + "1" + ")" * 10_000, "[" * 10_000 + "]" * 10_000, "1" + "+1" * 50_000]:
            self.assertIn("nested too deeply", self.fails(deep).error["evalue"])
        self.assertEqual(self.value("let long = 0\n" + "long += 1 // count\n" * 55_000 + "long"), "55000")
