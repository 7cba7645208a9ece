"""Real notebooks in the clients that people run them in: nbconvert, nbclient, papermill and jupyter console."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import nbformat
import pexpect
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from session import ROOT  # Importing it also puts the kernel just built where Jupyter looks.

CHAPTER = ROOT / "notebooks" / "04-padding-and-stride.ipynb"
LIMIT = 300  # seconds; a chapter takes a few on a quiet machine

DOUBLED = 'import * as tslab from "tslab";\nconst doubled: number = n * 2;\ntslab.display.html(`<b>${doubled}</b>`);\ndoubled'


def notebook(*sources: str) -> nbformat.NotebookNode:
    """The first cell is the one that papermill takes for the parameters' defaults."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = ["parameters"]
    spec = {"name": "convlab", "display_name": "TypeScript (convlab)", "language": "typescript"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec})


def texts(cell: nbformat.NotebookNode) -> list[str]:
    """Each output of a cell in a few words."""
    shown = []
    for output in cell.outputs:
        data = output.get("data", {})
        kind = output.output_type
        text = output.get("text") or output.get("evalue") or data.get("text/html") or data.get("text/plain") or ""
        shown.append(f"{kind}: {text}")
    return shown


class Scratch(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="convlab clients 합성곱 ")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def save(self, *sources: str) -> Path:
        path = self.folder / "in.ipynb"
        nbformat.write(notebook(*sources), path)
        return path

    def read(self, name: str) -> nbformat.NotebookNode:
        return nbformat.read(self.folder / name, 4)

    def jupyter(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", *arguments], capture_output=True, text=True, timeout=LIMIT, cwd=self.folder
        )

    def convert(self, path: Path, *options: str) -> subprocess.CompletedProcess:
        return self.jupyter(
            *("nbconvert", "--to", "notebook", "--execute", str(path)),
            *("--output-dir", str(self.folder), "--output", "out", *options),
        )


class NbConvert(Scratch):
    def test_a_chapter_runs_and_keeps_its_outputs(self):
        done = self.convert(CHAPTER)
        self.assertEqual(done.returncode, 0, done.stderr)
        kinds = [output.output_type for cell in self.read("out.ipynb").cells for output in cell.get("outputs", [])]
        self.assertIn("execute_result", kinds)
        self.assertNotIn("error", kinds)

    def test_values_text_and_rich_output_are_in_the_notebook(self):
        done = self.convert(self.save("const n = 5;", DOUBLED, 'console.log("out"); console.error("err")'))
        self.assertEqual(done.returncode, 0, done.stderr)
        cells = self.read("out.ipynb").cells
        self.assertEqual(texts(cells[1]), ["display_data: <b>10</b>", "execute_result: 10"])
        self.assertEqual(sorted(texts(cells[2])), ["stream: err\n", "stream: out\n"])
        self.assertEqual([cell.execution_count for cell in cells], [1, 2, 3])

    def test_a_cell_that_fails_ends_the_command_and_is_named(self):
        for code, message in [
            ('throw new RangeError("too far")', "RangeError: too far"),
            ('const s: string = 5;', "Type 'number' is not assignable to type 'string'."),
            ("const = ;", "SyntaxError"),
        ]:
            done = self.convert(self.save("const n = 5;", code, 'console.log("never")'))
            self.assertEqual(done.returncode, 1, code)
            said = re.sub(r"\x1b\[[0-9;]*m", "", done.stderr)
            self.assertIn(code, said)
            self.assertIn(message, said)
            self.assertFalse((self.folder / "out.ipynb").exists())

    def test_errors_that_are_allowed_stand_in_the_notebook(self):
        done = self.convert(self.save("const n = 5;", 'throw new RangeError("too far")', "n + 1"), "--allow-errors")
        self.assertEqual(done.returncode, 0, done.stderr)
        cells = self.read("out.ipynb").cells
        self.assertEqual(texts(cells[1]), ["error: too far"])
        self.assertEqual(texts(cells[2]), ["execute_result: 6"])

    def test_input_says_that_nobody_is_there_to_answer(self):
        done = self.convert(self.save('const who = await input("name? ");'))
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"input|stdin")

    def test_a_cell_that_does_not_end_is_given_up_at_the_time_limit(self):
        done = self.convert(self.save("while (true) {}"), "--ExecutePreprocessor.timeout=3")
        self.assertEqual(done.returncode, 1)
        self.assertIn("CellTimeoutError", done.stderr)


class NbClient(Scratch):
    def test_a_notebook_runs_cell_by_cell(self):
        client = NotebookClient(notebook("const n = 5;", DOUBLED), timeout=LIMIT, kernel_name="convlab")
        ran = client.execute(cwd=str(self.folder))
        self.assertEqual(texts(ran.cells[1]), ["display_data: <b>10</b>", "execute_result: 10"])
        self.assertEqual(ran.metadata.language_info.name, "typescript")

    def test_after_a_timeout_the_interrupt_leaves_the_state(self):
        client = NotebookClient(
            notebook("const n = 5;", "while (true) {}", "n"),
            **{"timeout": 10, "startup_timeout": LIMIT, "interrupt_on_timeout": True, "allow_errors": True},
        )
        ran = client.execute(cwd=str(self.folder))
        self.assertEqual(ran.cells[1].outputs[0].ename, "Interrupted")
        self.assertEqual(texts(ran.cells[2]), ["execute_result: 5"])

    def test_an_error_carries_name_value_and_traceback(self):
        with self.assertRaises(CellExecutionError) as caught:
            NotebookClient(notebook("null!.x")).execute(cwd=str(self.folder))
        self.assertEqual(caught.exception.ename, "TypeCheckError")
        self.assertIn("null!.x", caught.exception.traceback)

    def test_an_updated_display_and_a_cleared_output_end_as_they_should(self):
        ran = NotebookClient(
            notebook(
                'import * as tslab from "tslab";\nconst d = tslab.newDisplay();\nd.html("<i>a</i>");',
                'd.html("<i>b</i>")',
            )
        ).execute(cwd=str(self.folder))
        self.assertEqual(texts(ran.cells[0]), ["display_data: <i>b</i>"])


class Papermill(Scratch):
    def run_papermill(self, path: Path, *options: str) -> subprocess.CompletedProcess:
        return self.jupyter("papermill", str(path), str(self.folder / "out.ipynb"), "-k", "convlab", *options)

    def test_a_chapter_runs(self):
        # In its own folder, where its packages are.
        done = self.run_papermill(CHAPTER, "--cwd", str(CHAPTER.parent))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertFalse(self.read("out.ipynb").metadata.papermill.exception)

    def test_a_cell_that_fails_ends_the_command_and_stands_in_the_output(self):
        done = self.run_papermill(self.save("const n = 5;", 'throw new RangeError("too far")'))
        self.assertEqual(done.returncode, 1)
        self.assertIn("too far", done.stderr)
        outputs = [text for cell in self.read("out.ipynb").cells if cell.cell_type == "code" for text in texts(cell)]
        self.assertIn("error: too far", outputs)

    def test_parameters_are_taken_when_papermill_writes_them_as_csharp(self):
        # Papermill knows no TypeScript; its C# for numbers, strings and booleans (`var n = 7;`) is TypeScript too.
        source = self.save("const n: number = 5;\nconst who = 'nobody';\nconst loud = false;", DOUBLED, "[who, loud]")
        without = self.run_papermill(source, "-p", "n", "7")
        self.assertIn("No parameter translator functions specified", without.stderr)
        done = self.run_papermill(
            source, *("--language", ".net-csharp", "-p", "n", "7", "-p", "who", 'Zoë "합"', "-p", "loud", "True")
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        cells = self.read("out.ipynb").cells
        self.assertIn("injected-parameters", cells[1].metadata.tags)
        self.assertEqual(texts(cells[2])[-1], "execute_result: 14")
        self.assertEqual(texts(cells[3]), ["execute_result: [ 'Zoë \"합\"', true ]"])


@unittest.skipIf(sys.platform == "win32", "pexpect needs a pseudo-terminal of Unix")
class Console(Scratch):
    """`jupyter console` in a terminal, typed into key by key."""

    def setUp(self) -> None:
        super().setUp()
        self.terminal = pexpect.spawn(
            sys.executable,
            ["-m", "jupyter", "console", "--kernel", "convlab"],
            # The terminal of this test does not answer where its cursor is.
            env={**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm"},
            **{"encoding": "utf8", "dimensions": (50, 120), "cwd": str(self.folder)},
        )
        self.addCleanup(self.terminal.close, force=True)
        self.text = ""
        self.prompt(1)

    def see(self, pattern: str, limit: float = 60) -> str:
        """Waits for text on the screen, colours and cursor moves left out; what follows is looked for next."""
        end = time.monotonic() + limit
        while not (found := re.search(pattern, self.text)):
            self.assertLess(time.monotonic(), end, f"{pattern!r} did not come; the screen has {self.text[-2000:]!r}")
            try:
                fresh = self.terminal.read_nonblocking(4096, timeout=0.2)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                self.fail(f"the console ended before {pattern!r} came: {self.text[-2000:]!r}")
            self.text += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r", "", fresh)
        self.text = self.text[found.end() :]
        return found.group()

    def prompt(self, number: int) -> None:
        self.see(rf"In \[{number}\]: ")

    def type(self, keys: str) -> None:
        self.terminal.send(keys)

    def test_values_errors_and_lines_that_are_not_complete_yet(self):
        self.type("const a: number = 20;\r")
        self.prompt(2)
        self.type("a * 2\r")
        self.see(r"Out\[2\]: 40")
        self.prompt(3)
        # An open brace asks for more, indented; the closing one ends the cell.
        self.type("function twice(n: number) {\r")
        self.see(r"\.\.\.: +")
        self.type("return 2 * n;\r")
        self.see(r"\.\.\.: +")
        self.type("}\r")
        self.prompt(4)
        self.type("twice(a)\r")
        self.see(r"Out\[4\]: 40")
        self.prompt(5)
        self.type("twice('a')\r")
        self.see(r"TypeCheckError: line 1, column 7: .*not assignable")
        self.see(r"> 1 \| twice\('a'\)\s+\| +\^\^\^")
        self.prompt(6)

    def test_tab_completes(self):
        self.type("Math.hyp\t")
        self.see(r"Math\.hypot")
        self.type("(3, 4)\r")
        self.see(r"Out\[1\]: 5")
        self.prompt(2)
        self.type("[1].\t")
        self.see(r"\bat +filter +flatMap\b")

    def test_ctrl_c_stops_a_loop_and_keeps_the_variables(self):
        self.type("const kept = 41;\r")
        self.prompt(2)
        self.type("console.log('running'); while (true) {}\r")
        self.see(r"\nrunning")
        self.terminal.sendintr()
        self.see(r"Interrupted: ")
        self.prompt(3)
        self.type("kept + 1\r")
        self.see(r"Out\[3\]: 42")

    def test_input_is_asked_for_in_the_terminal(self):
        self.type("const who = await input('your name? ')\r")
        self.see(r"\nyour name\? ")
        self.type("Ada\r")
        self.prompt(2)
        self.type("who.length\r")
        self.see(r"Out\[2\]: 3")

    def test_it_ends_with_the_kernel_on_ctrl_d(self):
        self.terminal.sendeof()
        self.see(r"exit")
        self.type("y\r")
        self.terminal.expect(pexpect.EOF, timeout=30)


if __name__ == "__main__":
    unittest.main()
