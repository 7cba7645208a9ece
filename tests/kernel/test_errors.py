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
