"""Packages that come while the kernel runs, of every kind."""

import json
import os
from pathlib import Path

from project_files import package, told
from session import KernelCase


class Packages(KernelCase):
    def test_a_package_that_comes_later_is_found_by_types_and_at_run_time(self):
        cell = "import { late } from 'late-package'; late(2)"
        self.assertIn("late-package", told(self.fails(cell)))
        error = told(self.fails("// @ts-nocheck\n" + cell))
        self.assertIn("Run `npm install late-package` there", error)
        self.assertIn("npm install late-package", told(self.fails("require('late-package')")))
        self.assertIn("npm install late-package", told(self.fails("await import('late-package' + '')")))
        package(self.session, "late-package", {"package.json": {"name": "late-package", "type": "module", "exports": {".": {"types": "./i.d.ts", "import": "./i.js"}, "./sub/*": "./subs/*.js"}}, "i.js": "export const late = (n) => n * 21;", "i.d.ts": "export function late(n: number): number;", "subs/one.js": "export const one = 1;"})
        self.assertEqual(self.value(cell), "42")
        self.assertIn("TS2345", told(self.fails("late('x')")))
        self.assertEqual(self.value("(await import('late-package' + '')).late === late"), "true")
        self.assertEqual(self.value("// @ts-nocheck\nimport { one } from 'late-package/sub/one'; one"), "1")

    def test_a_file_that_imports_a_package_that_comes_later(self):
        self.session.write("uses-later.ts", "import { later } from 'later-still'; export const got: string = later;")
        error = told(self.fails("// @ts-nocheck\nawait import('./uses-later.ts')"))
        self.assertIn("npm install later-still", error)
        self.assertIn("uses-later.ts", error)
        package(self.session, "later-still", {"index.js": "exports.later = 'here';", "index.d.ts": "export const later: string;"})
        self.assertEqual(self.value("(await import('./uses-later.ts')).got"), "'here'")

    def test_every_kind_of_package(self):
        write = self.session.write
        package(self.session, "@scope/dual", {"package.json": {"name": "@scope/dual", "exports": {".": {"types": "./i.d.ts", "import": "./i.mjs", "require": "./i.cjs"}, "./data.json": "./data.json", "./inner/*": {"types": "./in/*.d.ts", "node": "./in/*.node.mjs", "default": "./in/*.mjs"}}}, "i.mjs": "export const kind = 'esm';", "i.cjs": "exports.kind = 'cjs';", "i.d.ts": "export const kind: string;", "data.json": '{"a": [1]}', "in/x.node.mjs": "export const where = 'node';", "in/x.mjs": "export const where = 'any';", "in/x.d.ts": "export const where: string;"})
        self.assertEqual(self.value("import { kind } from '@scope/dual'; import { where } from '@scope/dual/inner/x'; [kind, require('@scope/dual').kind, where].join()"), "'esm,cjs,node'")
        self.assertEqual(self.value("import json from '@scope/dual/data.json' with { type: 'json' }; json.a.length"), "1")
        self.assertIn("not defined by", told(self.fails("// @ts-nocheck\nimport '@scope/dual/secret'")))
        # One store, packages linked into each other, as pnpm lays them.
        write("node_modules/.pnpm/inner@1.0.0/node_modules/inner/package.json", '{"name": "inner", "main": "i.js", "types": "i.d.ts"}')
        write("node_modules/.pnpm/inner@1.0.0/node_modules/inner/i.js", "exports.inner = 'inner';")
        write("node_modules/.pnpm/inner@1.0.0/node_modules/inner/i.d.ts", "export const inner: string;")
        write("node_modules/.pnpm/outer@1.0.0/node_modules/outer/package.json", '{"name": "outer", "type": "module", "main": "o.js", "types": "o.d.ts"}')
        write("node_modules/.pnpm/outer@1.0.0/node_modules/outer/o.js", "export { inner } from 'inner';")
        write("node_modules/.pnpm/outer@1.0.0/node_modules/outer/o.d.ts", "export { inner } from 'inner';")
        modules = Path(self.session.folder, "node_modules")
        os.symlink("../../inner@1.0.0/node_modules/inner", modules / ".pnpm/outer@1.0.0/node_modules/inner")
        os.symlink(".pnpm/outer@1.0.0/node_modules/outer", modules / "outer")
        self.assertEqual(self.value("import { inner } from 'outer'; inner.toUpperCase()"), "'INNER'")

    def test_a_linked_workspace_in_typescript_is_the_readers_own(self):
        self.session.write("workspace/package.json", '{"name": "@me/work", "type": "module", "exports": {".": "./src/index.ts"}}')
        self.session.write("workspace/src/index.ts", "import { part } from './part.js'; export enum Kind { A = 'k' } export const whole: string = Kind.A + part;")
        self.session.write("workspace/src/part.ts", "export const part = 1;")
        scope = Path(self.session.folder, "node_modules/@me")
        scope.mkdir(parents=True)
        os.symlink("../../workspace", scope / "work")
        self.assertEqual(self.value("import { whole } from '@me/work'; whole.trim()"), "'k1'")
        self.session.write("workspace/src/part.ts", "export const part = 'edited';")
        self.assertEqual(self.value("import { whole as again } from '@me/work'; again"), "'kedited'")
        self.session.write("workspace/src/part.ts", "export const part = 1; export interface Later { z: 1 }")
        self.session.write("workspace/src/index.ts", "export * from './part.js'; export const whole: number = 5;")
        self.assertEqual(self.value("import { whole as third, type Later } from '@me/work'; const later: Later = { z: 1 }; third.toFixed(later.z)"), "'5.0'")

    def test_all_names_of_a_commonjs_module(self):
        package(self.session, "hidden-names", {"main.js": "const all = { plain: 1 }; for (const n of ['found', 'later']) all[n] = () => n; module.exports = all;", "package.json": {"name": "hidden-names", "main": "main.js", "types": "main.d.ts"}, "main.d.ts": "export const plain: number; export function found(): string; export function later(): string;"})
        self.assertEqual(self.value("import * as hidden from 'hidden-names'; import whole, { later } from 'hidden-names'; [hidden.found(), later(), hidden.plain, Object.keys(hidden).sort().join('+')].join()"), "'found,later,1,default+found+later+plain'")
        self.assertEqual(self.value("import * as hidden2 from 'hidden-names'; hidden2 === hidden && (await import('hidden-names')) === hidden && require('hidden-names') === whole"), "true")
        self.assertIn("found", self.value("hidden"))
        package(self.session, "compiled", {"index.js": "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = function hello() { return 'hello' }; exports.other = 1;", "index.d.ts": "export default function hello(): string; export const other: number;"})
        self.assertEqual(self.value("import hello, { other } from 'compiled'; hello() + other"), "'hello1'")

    def test_side_effects_once_and_one_instance(self):
        package(self.session, "counting", {"package.json": {"name": "counting", "type": "module", "main": "i.js"}, "i.js": "globalThis.counted = (globalThis.counted ?? 0) + 1; export const box = {};", "i.d.ts": "export const box: object;"})
        self.ok("import 'counting'; import { box as box1 } from 'counting'")
        self.assertEqual(self.value("import { box as box2 } from 'counting'; const [p, q] = await Promise.all([import('counting'), import('./node_modules/counting/i.js')]); [(globalThis as any).counted, box1 === box2, p.box === box1, q.box === box1].join()"), "'1,true,true,true'")
        self.assertEqual(self.value("import fs, { readFileSync } from 'fs'; import * as alsoFs from 'node:fs'; fs.readFileSync === readFileSync && alsoFs.readFileSync === readFileSync"), "true")

    def test_what_other_runtimes_write(self):
        for specifier, instead in {"npm:chalk@5": "npm install chalk@5", "jsr:@std/path@1": "npx jsr add @std/path@1", "https://esm.sh/lodash@4": "npm install lodash@4"}.items():
            for cell in (f"import x from '{specifier}'", f"const name = '{specifier}'; await import(name)", f"require('{specifier}')"):
                self.assertIn(instead, told(self.fails("// @ts-nocheck\n" + cell)), cell)
        self.assertIn("instead of `Deno.readTextFile` use `readFile(path", told(self.fails("// @ts-nocheck\nconst text = 1;\nawait Deno.readTextFile('x')")))
        self.assertEqual(self.value("// @ts-nocheck\ntypeof Deno"), "'undefined'")
        self.session.write("foreign.ts", "import chalk from 'npm:chalk'; export { chalk };")
        error = told(self.fails("// @ts-nocheck\nimport './foreign.ts'"))
        self.assertIn("npm install chalk", error)
        self.assertIn("foreign.ts", error)

    def test_the_command_is_that_of_the_readers_tool(self):
        self.session.write("pnpm-lock.yaml", "")
        try:
            self.assertIn("pnpm add not-there", told(self.fails("// @ts-nocheck\nimport 'not-there'")))
        finally:
            Path(self.session.folder, "pnpm-lock.yaml").unlink()

    def test_resolution_in_a_cell(self):
        folder = Path(self.session.folder)
        self.session.write("here.ts", "export {};")
        self.assertEqual(self.value("import.meta.resolve('./here')"), repr((folder / "here.ts").as_uri()))
        self.assertEqual(self.value("[import.meta.filename, import.meta.dirname, __dirname, __filename].map((p) => p.startsWith(process.cwd())).join()"), "'true,true,true,true'")
        self.assertEqual(self.value("import.meta.resolve('fs') + require.resolve('fs') + (require.resolve('ndarray').endsWith('ndarray.js'))"), "'node:fsfstrue'")
        self.assertEqual(self.value("module.exports = { a: 1 }; exports.b = 2; typeof module"), "'object'")

    def test_import_meta_resolves_as_import_does(self):
        manifest = {"name": "two-faced", "exports": {".": {"import": "./esm.mjs", "require": "./cjs.cjs"}, "./*": {"import": "./*.mjs"}}}
        self.session.write("node_modules/two-faced/package.json", json.dumps(manifest))
        for file in ("esm.mjs", "cjs.cjs", "sub.mjs"):
            self.session.write(f"node_modules/two-faced/{file}", "")
        found = self.value("// @ts-nocheck\n[import.meta.resolve('two-faced'), import.meta.resolve('two-faced/sub'), require.resolve('two-faced')].map((p) => p.split('/').at(-1)).join()")
        self.assertEqual(found, "'esm.mjs,sub.mjs,cjs.cjs'")
