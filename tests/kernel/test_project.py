"""The user's project: tsconfig.json in cells and files, in folders of every name."""

import json
import os
import shutil
import tempfile
import time
import unittest
from pathlib import Path

from project_files import package, told
from session import ROOT, KernelCase, Session


class Tsconfig(KernelCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.session.write("src/lib/x.ts", "import { deep } from '@/lib/deep'; export const x: number = deep + 1;")
        cls.session.write("src/lib/deep.ts", "export const deep = 41;")
        cls.session.write("src/special.ts", "export const special = 'exact';")
        cls.session.write("src/data.json", '{"k": 5}')
        cls.configure('{ // as TypeScript writes it\n "compilerOptions": { "paths": { "@/*": ["./src/*"], "special": ["./src/special.ts"], }, "noUnusedLocals": true, "module": "commonjs", "composite": true }, "include": ["src"] }')

    @classmethod
    def configure(cls, text, name="tsconfig.json"):
        cls.session.write(name, text if isinstance(text, str) else json.dumps(text))
        # Two edits within one tick of the file system's clock look like one.
        time.sleep(0.02)

    def test_1_aliases_resolve_in_types_and_at_run_time(self):
        self.assertEqual(self.value("import { x } from '@/lib/x'; import { special } from 'special'; x.toFixed() + special"), "'42exact'")
        self.assertEqual(self.value("(await import('@/lib/x.ts')).x + require('@/lib/deep').deep"), "83")
        self.assertEqual(self.value("import data from '@/data.json'; data.k"), "5")
        self.assertIn("TS2339", told(self.fails("x.foo")))
        self.session.write("src/lib/deep.ts", "export const deep = 99;")
        self.assertEqual(self.value("import { x as x2 } from '@/lib/x'; x2"), "100")
        self.session.write("src/lib/x.ts", "export const x = 'a text now';")
        self.assertEqual(self.value("import { x as x3 } from '@/lib/x'; x3.trim()"), "'a text now'")
        self.assertIn("nowhere", told(self.fails("// @ts-nocheck\nimport '@/nowhere'")))

    def test_2_strictness_is_the_projects(self):
        self.assertEqual(self.value("function loose(a) { return a } loose(1)"), "1")
        self.configure({"compilerOptions": {"strict": True, "noUncheckedIndexedAccess": True}})
        self.assertIn("TS7006", told(self.fails("function tight(a) { return a }")))
        self.assertIn("TS2532", told(self.fails("const list = [1]; list[0].toFixed()")))
        self.configure({"compilerOptions": {"strict": True, "noImplicitAny": False}})
        self.assertEqual(self.value("function tight(a) { return a } const made = []; made.push(tight(1)); made"), "[ 1 ]")
        self.configure({"compilerOptions": {"strict": False}})
        self.assertEqual(self.value("const nothing: string = null; function any1(a) { return a } nothing"), "null")
        self.configure({"compilerOptions": {"exactOptionalPropertyTypes": True}})
        self.assertIn("TS2375", told(self.fails("const exact: { a?: number } = { a: undefined }")))

    def test_3_the_library_is_the_projects(self):
        self.assertIn("Cannot find name 'document'", told(self.fails("document.title")))
        self.configure({"compilerOptions": {"lib": ["es2022", "dom"]}})
        self.assertEqual(self.value("typeof document"), "'undefined'")
        self.ok("let element: HTMLElement | undefined")
        self.assertIn("TS2550", told(self.fails("[1].toSorted()")))

    def test_4_jsx_and_decorators(self):
        self.configure({"compilerOptions": {"jsx": "react", "jsxFactory": "h", "jsxFragmentFactory": "F", "experimentalDecorators": True}})
        self.assertEqual(self.value("const keys: string[] = []; function mark(target: object, key: string) { keys.push(key) } class Marked { @mark a = 1; @mark go() {} } keys.join()"), "'a,go'")
        self.session.write("view.tsx", "const h = (tag: string, props: object | null, ...inside: unknown[]) => ({ tag, ...props, inside });\nexport const view: { tag: string } = <b class='x'>text</b>;\nexport const seen: string[] = [];\nfunction old(target: object, key: string) { seen.push(key) }\nexport class A { @old field = 1 }\ndeclare global { namespace JSX { interface IntrinsicElements { b: { class: string } } } }\n")
        self.assertEqual(self.value("import { view, seen } from './view'; JSON.stringify([view, seen])"), """'[{"tag":"b","class":"x","inside":["text"]},["field"]]'""")
        self.configure({"compilerOptions": {"useDefineForClassFields": False}})
        self.assertEqual(self.value("const set: number[] = []; class Base { set x(v: number) { set.push(v) } } class Derived extends Base {\n// @ts-ignore\nx = 5 }\nnew Derived(); set"), "[ 5 ]")
        self.configure({"compilerOptions": {"jsx": "react-jsx", "jsxImportSource": "tiny"}})
        package(self.session, "tiny", {"package.json": {"name": "tiny", "type": "module", "exports": {"./jsx-runtime": {"types": "./r.d.ts", "default": "./r.js"}}}, "r.js": "export const jsx = (tag, props) => ({ by: 'tiny', tag, props }); export const jsxs = jsx;", "r.d.ts": "export const jsx: any; export namespace JSX { interface IntrinsicElements { [name: string]: any } }"})
        self.session.write("auto.tsx", "export const auto = <i>text</i> as unknown as { by: string };")
        self.assertEqual(self.value("import { auto } from './auto'; auto.by"), "'tiny'")

    def test_5_what_is_broken_is_told_and_cells_go_on(self):
        self.configure("{ broken")
        first = self.ok("const goesOn = (a) => a; goesOn(1)")
        self.assertEqual(first.text, "1")
        self.assertIn("tsconfig.json can't be read: line 1 is no JSON", first.stderr)
        self.assertEqual(self.ok("goesOn(1)").stderr, "")
        self.configure({"extends": "./base.json"})
        second = self.ok("goesOn(2)")
        self.assertEqual(second.text, "2")
        self.assertIn('extends "./base.json", which was not found', second.stderr)
        self.configure({"compilerOptions": {"strict": True}}, "base.json")
        self.assertIn("TS7006", told(self.fails("const stops = (a) => a")))


class Places(unittest.TestCase):
    def check(self, folder):
        session = Session(folder=str(folder))
        try:
            result = session.run("import { n } from './local file.ts'; import { p } from 'pack'; import d from './d.json'; n.toFixed() + p.trim() + d.a")
            self.assertEqual(result.text, "'1p2'", result.error)
            error = session.run("n.foo").error
            self.assertIn("TS2339", error["evalue"])
            error = session.run("import { fail } from './fails.ts'; fail()").error
            self.assertRegex("\n".join(error["traceback"]), r"/fails\.ts, line 2, column 9")
            self.assertIn(os.path.realpath(folder) + "/fails.ts", "\n".join(error["traceback"]))
        finally:
            session.close()

    def fill(self, folder):
        write = lambda name, text: ((folder / name).parent.mkdir(parents=True, exist_ok=True), (folder / name).write_text(text, "utf8"))
        write("local file.ts", "import { one } from '@/one'; export const n: number = one;")
        write("fails.ts", "export function fail(): never {\n  throw new Error('x');\n}\n")
        write("src/one.ts", "export const one = 1;")
        write("d.json", '{"a": 2}')
        write("tsconfig.json", '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}')
        write("node_modules/pack/package.json", '{"name": "pack", "types": "i.d.ts", "main": "i.js"}')
        write("node_modules/pack/i.js", "exports.p = 'p';")
        write("node_modules/pack/i.d.ts", "export const p: string;")

    def test_folders_of_every_name(self):
        top = Path(os.path.realpath(tempfile.mkdtemp(prefix="convlab-places-")))
        try:
            for name in ("plain", "with space", "합성곱 공책", "100% #1 ?x=1&y [a] {b} 'q'", "back"):
                with self.subTest(name):
                    folder = top / name
                    folder.mkdir()
                    self.fill(folder)
                    self.check(folder)
            os.symlink(top / "with space", top / "link")
            with self.subTest("a link"):
                self.check(top / "link")
            with self.subTest("read-only"):
                os.chmod(top / "plain", 0o555)
                self.check(top / "plain")
                os.chmod(top / "plain", 0o755)
        finally:
            shutil.rmtree(top, ignore_errors=True)

    def test_the_kernels_own_library_is_no_file_of_the_readers(self):
        session = Session(folder=str(ROOT / "notebooks"))
        try:
            result = session.run("// @ts-nocheck\nimport { conv2d } from 'convlab';\nlet stack = ''; try { conv2d() } catch (error) { stack = error.stack }\n[stack.includes('dist/index'), stack.includes('changed=')].join()")
            self.assertEqual(result.text, "'true,false'", result.error)
        finally:
            session.close()
