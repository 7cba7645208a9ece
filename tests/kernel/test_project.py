"""The user's project: tsconfig.json in cells and files, edited files, packages that come while the kernel runs."""

import json
import os
import shutil
import tempfile
import time
import unittest
from pathlib import Path

from session import ROOT, KernelCase, Session


def package(session, name, files, folder="node_modules"):
    """Lays a package as an installer would: its files first, then all at once in place."""
    for file, text in {"package.json": {"name": name}, **files}.items():
        session.write(f"{folder}/{name}/{file}", text if isinstance(text, str) else json.dumps(text))


def told(result):
    return result.error["evalue"] + "\n" + "\n".join(result.error["traceback"])


class EditedFiles(KernelCase):
    def test_an_edit_far_below_is_seen_and_the_rest_stays_the_same_module(self):
        write = self.session.write
        write("deep/a.ts", "import { b } from './b'; import { made } from './still.ts'; export { made }; export const a = (): string => `a${b}`;")
        write("deep/b.ts", "import { c } from './c.js'; export const b: string = `b${c}`;")
        write("deep/c.ts", "export const c: number = 1;")
        write("deep/still.ts", "export const made = { at: Math.random() };")
        self.ok("import { a as firstA, made as firstMade } from './deep/a.ts'")
        self.assertEqual(self.value("firstA()"), "'ab1'")
        write("deep/c.ts", "export const c: number = 22;")
        self.assertEqual(self.value("import { a as secondA, made as secondMade } from './deep/a.ts'; [secondA(), firstA(), secondMade === firstMade]"), "[ 'ab22', 'ab1', true ]")
        write("deep/b.ts", "export const b = 'other';")
        self.assertEqual(self.value("(await import('./deep/a')).a()"), "'aother'")
        self.assertEqual(self.value("(await import('./deep/a')) === (await import('./deep/a.ts'))"), "true")

    def test_javascript_and_json_are_seen_too(self):
        write = self.session.write
        write("js/m.mjs", "import { n } from './n.mjs'; import d from './d.json' with { type: 'json' }; export const m = [n, d.x];")
        write("js/n.mjs", "export const n = 1;")
        write("js/d.json", '{"x": 1}')
        write("js/c.cjs", "exports.c = require('./e.cjs').e + require('./d.json').x;")
        write("js/e.cjs", "exports.e = 10;")
        self.assertEqual(self.value("(await import('./js/m.mjs')).m.join()"), "'1,1'")
        self.assertEqual(self.value("(await import('./js/c.cjs')).c + ',' + require('./js/c.cjs').c"), "'11,11'")
        write("js/d.json", '{"x": 200}')
        self.assertEqual(self.value("(await import('./js/m.mjs')).m.join()"), "'1,200'")
        self.assertEqual(self.value("(await import('./js/c.cjs')).c"), "210")
        write("js/n.mjs", "export const n = 300;")
        write("js/e.cjs", "exports.e = 4000;")
        self.assertEqual(self.value("(await import('./js/m.mjs')).m.join()"), "'300,200'")
        self.assertEqual(self.value("require('./js/c.cjs').c"), "4200")

    def test_a_typescript_file_imports_javascript_by_every_way_to_write_it(self):
        write = self.session.write
        write("mix/all.ts", "import { m } from './m'; import { c } from './c.cjs'; import whole from './j'; import { t } from './t.js'; export const got = [m, c, whole.j, t].join();")
        write("mix/m.mjs", "export const m = 'mjs';")
        write("mix/c.cjs", "exports.c = 'cjs';")
        write("mix/j.js", "module.exports = { j: 'js' };")
        write("mix/t.ts", "export const t: string = 'ts';")
        write("mix/t.js", "export const t = 'compiled from an older t.ts';")
        self.assertEqual(self.value("// @ts-nocheck\n(await import('./mix/all.ts')).got"), "'mjs,cjs,js,ts'")
        write("mix/required.ts", "import { c } from './c.cjs'; import whole from './j'; import { t } from './t.js'; export const got = [c, whole.j, t].join();")
        self.assertEqual(self.value("// @ts-nocheck\nrequire('./mix/required').got"), "'cjs,js,ts'")
        write("mix/j.js", "module.exports = { j: 'edited' };")
        write("mix/c.cjs", "exports.c = 'new';")
        self.assertEqual(self.value("// @ts-nocheck\n(await import('./mix/all.ts')).got"), "'mjs,new,edited,ts'")

    def test_circles_and_folders(self):
        write = self.session.write
        write("round/index.ts", "import { odd } from './odd'; export const even = (n: number): boolean => n === 0 || odd(n - 1);")
        write("round/odd.ts", "import { even } from '.'; export const odd = (n: number): boolean => n !== 0 && even(n - 1);")
        self.assertEqual(self.value("import { even } from './round'; even(10)"), "true")
        write("round/odd.ts", "import { even } from './index'; export const odd = (n: number): boolean => n !== 0 && !even(n);")
        self.assertEqual(self.value("import { even as again } from './round'; again(11)"), "false")

    def test_everything_that_a_typescript_file_may_hold(self):
        write = self.session.write
        write("all/all.mts", """
import { old } from './old.cts';
import config, { depth } from './config.json';
import { only } from './types';
import type { Only } from './types';
export enum Colour { Red = 'r' }
export namespace Space { export const inside = 3 }
function log(_: unknown, context: ClassMethodDecoratorContext) { names.push(String(context.name)) }
export const names: string[] = [];
export class Point { constructor(readonly x: number) {} @log go() {} }
export const late = await Promise.resolve('awaited');
export const places = [import.meta.dirname, import.meta.filename, import.meta.url, __dirname, __filename, typeof require('node:fs').readFileSync];
export const value: Only = { kind: 'only' };
export const config2 = [config.depth, depth];
export { old, type Only };
const size = { w: 1 } satisfies Record<string, number>;
export const used = size.w as const | 0 extends never ? 1 : 1;
""".replace("export const used = size.w as const | 0 extends never ? 1 : 1;\n", "").replace("import { only } from './types';\n", ""))
        write("all/old.cts", "import path = require('node:path');\nexport const old: string = path.basename(__filename);")
        write("all/types.d.ts", "export interface Only { kind: 'only' }")
        write("all/config.json", '{"depth": 4}')
        self.ok("import * as all from './all/all.mts'")
        self.assertEqual(self.value("[all.old, all.late, all.Colour.Red, all.Space.inside, all.names.join(), new all.Point(7).x, ...all.config2].join()"), "'old.cts,awaited,r,3,go,7,4,4'")
        folder = self.session.folder + "/all"
        places = self.value("JSON.stringify(all.places)").strip("'")
        url = Path(folder, "all.mts").as_uri()
        self.assertEqual(json.loads(places), [folder, folder + "/all.mts", url, folder, folder + "/all.mts", "function"])
        self.assertEqual(self.value("require('./all/old.cts').old"), "'old.cts'")

    def test_a_cell_requires_typescript(self):
        self.session.write("req.ts", "import { join } from 'node:path'; export const joined: string = join('a', 'b'); export enum E { A }")
        self.assertEqual(self.value("require('./req').joined + require('./req.ts').E.A"), "'a/b0'")
        self.session.write("req.ts", "export const joined: string = 'edited since';")
        self.assertEqual(self.value("require('./req').joined"), "'edited since'")

    def test_a_mistake_in_a_file_names_file_and_line_and_its_correction_is_taken(self):
        self.session.write("wrong.ts", "export const a = 1;\nexport const b = ;\n")
        error = told(self.fails("await import('./wrong.ts')"))
        self.assertIn("wrong.ts, line 2, column 18", error)
        self.session.write("wrong.ts", "export const b = 2;\n")
        self.assertEqual(self.value("(await import('./wrong.ts')).b"), "2")

    def test_a_file_that_throws_is_tried_again_and_leaves_no_name(self):
        self.session.write("throws.ts", "import { readFileSync } from 'node:fs';\nimport './sound.ts';\nexport const text: string =\n  readFileSync(new URL('needed.txt', import.meta.url), 'utf8');\n")
        self.session.write("sound.ts", "(globalThis as any).sound = ((globalThis as any).sound ?? 0) + 1; export {};")
        self.ok("import './sound.ts'")
        result = self.fails("// @ts-nocheck\nimport { text as needed } from './throws.ts'")
        self.assertRegex(told(result), r"throws\.ts, line 4, column 3")
        self.assertNotIn("changed=", told(result))
        self.assertEqual(self.value("// @ts-nocheck\ntypeof needed"), "'undefined'")
        self.session.write("needed.txt", "there now")
        self.assertEqual(self.value("import { text as needed } from './throws.ts'; needed"), "'there now'")
        self.assertEqual(self.value("(globalThis as any).sound"), "1")

    def test_the_line_of_an_error_in_a_file(self):
        self.session.write("lines/deep.ts", "interface A {\n  x: number\n}\nenum B { C }\nexport function fail(a?: A): never {\n  throw new RangeError(`from ${B[0]}`);\n}\n")
        self.assertRegex(told(self.fails("require('./lines/deep').fail()")), r"lines/deep\.ts, line 6, column 9")
        self.session.write("lines/plain.mjs", "\nexport function plain() {\n  null.x;\n}\n")
        self.assertRegex(told(self.fails("import { fail } from './lines/deep'; fail()")), r"lines/deep\.ts, line 6, column 9")
        error = told(self.fails("// @ts-nocheck\nimport { plain } from './lines/plain.mjs'; plain()"))
        self.assertRegex(error, r"lines/plain\.mjs, line 3, column 8")
        self.assertNotIn("changed=", error)
        self.assertNotIn("%20", error)

    def test_names_that_a_module_has_not(self):
        self.session.write("only-types.d.ts", "export interface Shape { n: number }")
        self.assertEqual(self.value("import { Shape } from './only-types'; const shape: Shape = { n: 3 }; shape.n"), "3")
        self.session.write("few.ts", "export interface T { n: number } export const one = 1; export default { two: 2 };")
        self.assertEqual(self.value("import { T, one } from './few'; one"), "1")
        self.assertEqual(self.value("const typed: T = { n: 4 }; typed.n"), "4")
        error = told(self.fails("// @ts-nocheck\nimport { three } from './few';\nconsole.log(1);\nthree"))
        self.assertIn('The module "./few" has no export named "three"', error)
        self.assertIn("line 4", error)

    def test_a_file_that_is_not_there(self):
        self.session.write("halfway.ts", "import { x } from './nowhere.ts'; export const y = x;")
        error = told(self.fails("// @ts-nocheck\nawait import('./not-here.ts')"))
        self.assertIn('There is no file "./not-here.ts" in ' + self.session.folder, error)
        error = told(self.fails("// @ts-nocheck\nawait import('./halfway.ts')"))
        self.assertIn("nowhere", error)
        self.assertNotIn("changed=", error)
        self.session.write("nowhere.ts", "export const x = 'found';")
        self.assertEqual(self.value("(await import('./halfway.ts')).y"), "'found'")

    def test_a_file_finds_the_packages_of_the_kernel_and_tslab(self):
        self.session.write("uses.ts", "import { conv2d } from 'convlab'; import ndarray from 'ndarray'; import { display } from 'tslab';\nexport const kinds = [typeof conv2d, typeof ndarray, typeof display.html];")
        self.assertEqual(self.value("(await import('./uses.ts')).kinds.join()"), "'function,function,function'")


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
