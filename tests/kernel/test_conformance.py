"""The samples of jupyter_kernel_test, the suite that Jupyter gives to authors of kernels."""

import jupyter_kernel_test
from session import KERNEL  # noqa: F401 (makes the kernelspec known)


class ConvlabKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "convlab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('to stderr')"
    code_generate_error = "throw new Error('on purpose')"
    code_execute_result = [
        {"code": "1 + 1", "result": "2"},
        {"code": "[1, 2].map((x) => x * 2)", "result": "[ 2, 4 ]"},
        {"code": "true && 6 * 7", "result": "42"},
    ]
    code_display_data = [
        {
            "code": "import * as tslab from 'tslab'; tslab.display.html('<b>bold</b>')",
            "mime": "text/html",
        },
        {"code": "import { display } from 'convlab/kernel'; await display({ 'text/latex': '$x$' }, { raw: true })", "mime": "text/latex"},
        {"code": "tslab.display.png(new Uint8Array([137, 80]))", "mime": "image/png"},
    ]
    # There is nothing to see here in the pager that the output below the cell does not show as well: a TypeScript
    # expression has no form for it, as IPython's `name?` is, and payloads are deprecated since protocol 5.0.
    code_page_something = ""
    code_clear_output = "import { clearOutput } from 'convlab/kernel'; console.log('old'); clearOutput()"
    code_inspect_sample = "Math.max"
    # Matches the first sample of `code_execute_result` only.
    code_history_pattern = "1 + ?"
    supported_history_operations = ("tail", "range", "search")
    completion_samples = [
        {"text": "Math.hyp", "matches": {"hypot"}},
        {"text": "const zebra = { one: 1, two: 2 }; zebra.t", "matches": {"two"}},
        {"text": "'text'.toUpp", "matches": {"toUpperCase"}},
        {"text": "[1, 2].flatM", "matches": {"flatMap"}},
        {"text": "function wombat() {}\nwomb", "matches": {"wombat"}},
        {"text": "({ key: { nested: 1 } }).key.nes", "matches": {"nested"}},
        {"text": "import * as fs from 'node:fs'; fs.readFileS", "matches": {"readFileSync"}},
        {"text": "const ", "matches": set()},
    ]
    complete_code_samples = [
        "1 + 1",
        "const a: number = 1",
        "function f() {\n  return 1\n}",
        "await Promise.resolve(1)",
        "import * as fs from 'node:fs'",
        "for (const x of [1]) { x }",
        "class A<T> { constructor(private x: T) {} }",
        "// a comment",
        "",
    ]
    incomplete_code_samples = [
        "function f() {",
        "const a = [1,",
        "`a template",
        "f(1,",
        "/* a comment",
        "if (true) {\n  1",
        "const a = {",
        "1 +",
    ]
    invalid_code_samples = ["const = 1", "function ()}", "1 2", "import 1 from 'x'", "let x = )"]


class ConvlabWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "convlab"
    support_iopub_welcome = True


del jupyter_kernel_test
