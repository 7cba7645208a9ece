"""Type errors are reported before anything runs."""

import re
import time

import psutil
from session import KernelCase

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def name_of(process: psutil.Process) -> str | None:
    """None when it has ended meanwhile."""
    try:
        return process.name()
    except psutil.NoSuchProcess:
        return None


class Types(KernelCase):
    def test_an_error_stops_the_cell_before_it_runs(self):
        result = self.fails("console.log('must not run');\nconst n: number = 'text';")
        self.assertEqual(result.stdout, "")
        text = ANSI.sub("", "\n".join(result.error["traceback"]))
        self.assertIn("Type 'string' is not assignable to type 'number'.", text)
        self.assertRegex(text, r"line 2, column 7")
        self.assertIn("2322", text)

    def test_every_error_is_reported(self):
        text = ANSI.sub("", "\n".join(self.fails("const a: number = '';\n\nconst b: string = 1;").error["traceback"]))
        self.assertRegex(text, r"line 1, column 7")
        self.assertRegex(text, r"line 3, column 7")

    def test_ts_nocheck(self):
        self.assertEqual(self.value("// @ts-nocheck\nconst wrong: number = 'runs all the same'; wrong"), "'runs all the same'")
        self.ok("const later: number = wrong")
        self.fails("const checked: number = 'again'")

    def test_types_cross_cells(self):
        self.ok("interface Layer { units: number }\nlet layer: Layer = { units: 3 }")
        self.assertIn("2322", str(self.fails("layer = { units: '3' }").error))
        self.assertIn("2551", str(self.fails("layer.unit").error))
        self.ok("layer = { units: 4 }")

    def test_an_unknown_name(self):
        self.assertIn("Cannot find name 'unknownName'", self.fails("unknownName + 1").error["evalue"])

    def test_names_of_a_cell_with_type_errors_are_not_declared(self):
        self.fails("const notThere: number = ''")
        self.assertIn("notThere", self.fails("notThere").error["evalue"])

    def test_what_is_missing_comes_with_the_command_that_gets_it(self):
        for code, wanted in [
            ("import { x } from 'not-installed-x'", "`npm install not-installed-x`"),
            ("import _ from 'npm:lodash@4'", "`npm install lodash@4`"),
            ("import { join } from 'jsr:@std/path'", "`npx jsr add @std/path`"),
            ("await Deno.readTextFile('x')", 'use `readFile(path, "utf8")` of "node:fs/promises"'),
        ]:
            self.assertIn(wanted, self.fails(code).error["evalue"])

    def test_names_that_are_not_used_are_no_findings(self):
        result = self.ok("import { basename } from 'node:path'; function idle(unused: number) { const inner = 1; return }")
        self.assertEqual((result.stdout, result.stderr), ("", ""))

    def test_a_local_file_is_checked_against(self):
        self.session.write("typed.ts", "export function area(r: number): number { return r * r }\n")
        self.assertIn("2345", str(self.fails("import { area } from './typed.ts'; area('2')").error))
        self.assertEqual(self.value("import { area } from './typed.ts'; area(2)"), "4")

    def test_the_server_can_fetch_nothing(self):
        """Left alone, TypeScript 7 runs `npm install types-registry@latest` within the first second."""
        self.ok("import { join } from 'node:path'")
        server = self.session.language_server()
        self.assertEqual(server.environ()["PATH"], "")
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            # Go forks itself once to see what the system can do; that child is no other program.
            programs = [name_of(child) for child in server.children(recursive=True)]
            self.assertEqual([name for name in programs if name not in ("tsc", None)], [])
            time.sleep(0.02)

    def test_a_killed_server_comes_back(self):
        self.ok("const before = 1")
        server = self.session.language_server()
        server.kill()
        self.assertIn("2322", str(self.fails("const s: string = before").error))
        self.ok("const after: number = before")
