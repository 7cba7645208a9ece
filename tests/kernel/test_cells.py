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
