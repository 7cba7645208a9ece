"""Errors at run time: name, message, lines of the cell, no frames of the kernel."""

import re
import time

from session import KernelCase

ANSI = re.compile(r"\x1b\[[0-9;]*m")
OURS = re.compile(r"main\.cjs|worker\.cjs|node:internal|node:vm|convlab\$|dist/kernel")


class Errors(KernelCase):
    def traceback(self, code: str) -> str:
        result = self.fails(code)
        text = ANSI.sub("", "\n".join(result.error["traceback"]))
        self.assertNotRegex(text, OURS)
        return text

    def test_name_and_message(self):
        result = self.fails("throw new RangeError('too far')")
        self.assertEqual((result.error["ename"], result.error["evalue"]), ("RangeError", "too far"))
        self.assertIn("RangeError: too far", ANSI.sub("", "\n".join(result.error["traceback"])))

    def test_the_line_is_that_of_the_cell(self):
        text = self.traceback("interface Gone { a: number }\n\nconst fine: Gone = { a: 1 };\nthrow new Error('line 4')")
        self.assertRegex(text, r"\b4\b")
        self.assertIn("throw new Error('line 4')", text)

    def test_frames_of_functions_in_this_and_earlier_cells(self):
        self.ok("type N = number;\nfunction inner(x: N): never {\n  throw new Error('inside')\n}")
        text = self.traceback("// one\nfunction outer() {\n  inner(1);\n}\nouter();")
        self.assertRegex(text, r"at inner .*line 3, column 9")
        self.assertRegex(text, r"at outer .*line 3, column 3")
        self.assertRegex(text, r"line 5, column 1")

    def test_lines_where_types_are_not_just_erased(self):
        text = self.traceback("enum Level { Low, High }\nnamespace N {\n  export const a = 1;\n}\nclass P {\n  constructor(private x: number) {\n    if (x === Level.High) throw new Error('seven')\n  }\n}\n\nnew P(Level.High);")
        self.assertRegex(text, r"at new P .*line 7, column 33")
        self.assertRegex(text, r"line 11, column 1")

    def test_errors_after_an_await(self):
        text = self.traceback("await null;\n\nawait Promise.reject(new TypeError('third'))")
        self.assertIn("TypeError: third", text)
        self.assertRegex(text, r"line 3, column 22")

    def test_syntax_errors_have_line_and_column(self):
        result = self.fails("const a = 1;\nconst b = = 2;")
        self.assertEqual(result.error["ename"], "SyntaxError")
        text = ANSI.sub("", "\n".join(result.error["traceback"]))
        self.assertRegex(text, r"line 2, column 11")

    def test_what_is_not_an_error_can_be_thrown(self):
        self.assertIn("just text", self.traceback("throw 'just text'"))
        self.traceback("throw null")
        self.traceback("throw undefined")
        self.traceback("throw { code: 5 }")
        self.traceback("throw Object.create(null)")

    def test_causes_are_shown(self):
        text = self.traceback("throw new Error('outer', { cause: new Error('the cause') })")
        self.assertIn("the cause", text)

    def test_deep_recursion(self):
        result = self.fails("const forever = (): number => 1 + forever(); forever()")
        self.assertEqual(result.error["ename"], "RangeError")

    def test_a_failed_cell_leaves_earlier_names_and_none_half_declared(self):
        self.ok("let kept = 'kept'")
        self.fails("const kept = 1; const half = 2; throw new Error('x')")
        self.assertEqual(self.value("kept"), "'kept'")
        self.fails("half")

    def test_an_error_later_is_told_and_the_kernel_goes_on(self):
        result = self.ok("setTimeout(() => { throw new Error('in a timer') }, 1); await new Promise((r) => setTimeout(r, 100))")
        told = result.stderr + "".join(str(e) for e in result.of("error"))
        self.assertIn("in a timer", told)
        result = self.ok("Promise.reject(new Error('nobody caught')); await new Promise((r) => setTimeout(r, 50))")
        self.assertIn("nobody caught", result.stderr + "".join(str(e) for e in result.of("error")))
        self.assertEqual(self.value("1 + 1"), "2")


class StrangeErrors(KernelCase):
    """What is thrown may be anything: the cell ends, and its error is short."""

    def shown(self, code: str) -> tuple[dict, str]:
        error = self.fails(f"// @ts-nocheck\n{code}").error
        self.assertLess(len(str(error)), 100_000)
        text = ANSI.sub("", "\n".join(error["traceback"]))
        self.assertNotRegex(text, OURS)
        self.assertEqual(self.value("1 + 1"), "2")
        return error, text

    def test_what_is_no_error(self):
        for code, told in (
            ("throw null", "null"),
            ("throw undefined", "undefined"),
            ("throw Symbol('s')", "Symbol(s)"),
            ("throw 'x'.repeat(100_000_000)", "characters"),
            ("throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 }, has() { throw 3 } })", "{}"),
            ("throw new Proxy(new Error('inside'), {})", "Error: inside"),
            ("const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy", "<Revoked Proxy>"),
            ("throw Object.create(new Proxy({}, { getPrototypeOf() { throw 1 }, get() { throw 1 } }))", ""),
        ):
            with self.subTest(code):
                self.assertIn(told, self.shown(code)[0]["evalue"])

    def test_errors_that_resist(self):
        error, _ = self.shown("throw new (class extends Error { get name() { throw 1 } get message() { throw 2 } get stack() { throw 3 } })()")
        self.assertIn("could not be read", error["evalue"])
        for part in ("{ name: { a: 1 } }", "{ message: Symbol('s') }", "{ stack: 42 }", "{ stack: Symbol() }", "{ cause: { get message() { throw 1 } } }"):
            with self.subTest(part):
                self.shown(f"throw Object.assign(new Error('x'), {part})")
        self.shown("const circle = new Error('round'); circle.cause = circle; throw circle")
        self.shown("throw new AggregateError(Array.from({ length: 100_000 }, (_, i) => new Error(`no ${i}`)), 'many')")

    def test_a_message_of_100_MB(self):
        error, text = self.shown("\nthrow new Error('x'.repeat(100_000_000))")
        self.assertIn("(100,000,000 characters)", error["evalue"])
        self.assertIn("line 3, column 7", text)

    def test_a_recursion_is_one_line(self):
        _, text = self.shown("function down() {\n  down();\n}\ndown()")
        self.assertIn("RangeError", text)
        self.assertRegex(text, r"at down \(cell \[\d+\], line 3, column 3\), \d+ times")
        self.assertLess(len(text.splitlines()), 10)

    def test_a_stack_of_thousands_of_frames(self):
        limit = self.value("Error.stackTraceLimit")
        _, text = self.shown("Error.stackTraceLimit = 1e6;\nfunction g(n) { if (n === 0) throw new Error('deep'); return n % 2 ? g(n - 1) : h(n - 1) }\nfunction h(n) { return g(n) }\ng(5000)")
        self.assertLess(len(text.splitlines()), 30)
        self.ok(f"Error.stackTraceLimit = {limit}; 1")

    def test_the_user_s_own_prepareStackTrace(self):
        for prepare in ("() => { throw 1 }", "() => ({})", "(error, sites) => sites", "42"):
            with self.subTest(prepare):
                _, text = self.shown(f"Error.prepareStackTrace = {prepare};\nthrow new Error('x')")
                self.assertRegex(text, r"cell \[\d+\], line 3, column 7")
        self.ok("// @ts-nocheck\nError.prepareStackTrace = undefined; 1")

    def test_no_stack_at_all(self):
        limit = self.value("Error.stackTraceLimit")
        self.assertIn("without", self.shown("Error.stackTraceLimit = 0; throw new Error('without')")[1])
        self.assertEqual(self.ok("console.log('printed')").stdout, "printed\n")
        self.ok(f"Error.stackTraceLimit = {limit}; 1")


class StrangeValues(KernelCase):
    def test_values_that_resist_or_are_too_long(self):
        for code in (
            "({ get x() { throw new Error('no') }, a: 1 })",
            "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no') } })",
            "const { proxy: gone, revoke } = Proxy.revocable({}, {}); revoke(); gone",
            "new Proxy({}, { ownKeys() { throw 1 }, get() { throw 2 }, getOwnPropertyDescriptor() { throw 3 } })",
            "const circle: any = {}; circle.self = circle; circle.list = [circle, circle]; circle",
            "'x'.repeat(100_000_000)",
            "Array.from({ length: 300_000 }, (_, i) => ({ i, text: 'x'.repeat(100) }))",
            "let deep: any = {}; for (let i = 0; i < 100_000; i++) deep = { deep }; deep",
        ):
            with self.subTest(code):
                result = self.ok(f"// @ts-nocheck\n{code}")
                self.assertIsNotNone(result.text)
                self.assertLess(len(str(result.of("execute_result")[0])), 300_000)

    def test_a_megabyte_of_source(self):
        self.assertEqual(self.value(f"const long = '{'x' * 1_000_000}'; long.length"), "1000000")
        lines = "\n".join(f"const wide_{i} = {i} + {i};" for i in range(30_000))
        self.ok(f"// @ts-nocheck\n{lines}", timeout=120)
        self.assertEqual(self.value("// @ts-nocheck\nwide_29999", timeout=60), "59998")

    def test_reading_standard_input_never_blocks(self):
        self.ok("process.stdin.read()")
        self.ok("import { readFileSync } from 'node:fs';\nreadFileSync(0, 'utf8')")
        self.ok("for await (const piece of process.stdin) console.log(String(piece))")


class ProcessEnd(KernelCase):
    def test_process_exit_ends_the_cell_not_the_kernel(self):
        self.ok("const lost = 1")
        result = self.fails("process.exit(3)")
        self.assertRegex(result.error["evalue"], "(?i)lost")
        self.assertEqual(self.value("1 + 1"), "2")
        # The checker must forget what the values forgot.
        self.assertIn("lost", self.fails("lost").error["evalue"])

    def test_a_timer_that_ends_the_process_between_cells(self):
        self.ok("const forgotten = 1; setTimeout(() => process.exit(0), 50)")
        time.sleep(1)
        self.assertIn("Cannot find name 'forgotten'", self.fails("forgotten").error["evalue"])
        self.assertEqual(self.value("const forgotten = 2; forgotten"), "2")


class PrintedErrors(KernelCase):
    """An error that is printed or is a cell's value shows the reader's places, like one that is thrown."""

    def held(self, text: str) -> None:
        self.assertRegex(text, r"cell \[\d+\], line 2, column 12")
        self.assertNotIn("worker.cjs", text)
        self.assertNotIn("node:internal", text)

    def test_as_a_value(self):
        self.held(self.value("const lead = 1;\nconst it = new Error('a value');\nit"))

    def test_printed(self):
        self.held(self.ok("const first = 1;\nconst it = new Error('x'); console.error(it)").stderr)


class FailedImports(KernelCase):
    def test_a_local_typescript_file_with_a_syntax_error(self):
        self.session.write("bad.ts", "export const a = 1\nexport const b = ;\n")
        error = self.fails("// @ts-nocheck\nimport { b } from './bad.ts'").error
        self.assertEqual(error["ename"], "SyntaxError")
        self.assertRegex(error["evalue"], r"bad\.ts, line 2, column \d+")
        text = "\n".join(error["traceback"])
        self.assertNotIn("esbuild", text)
        self.assertRegex(text, r"cell \[\d+\], line 2, column 19")

    def test_json_that_is_none(self):
        self.session.write("bad.json", '{"a": ')
        error = self.fails("// @ts-nocheck\nimport bad from './bad.json'").error
        self.assertIn("bad.json is no JSON", error["evalue"])
        self.assertRegex("\n".join(error["traceback"]), r"cell \[\d+\], line 2, column 17")
