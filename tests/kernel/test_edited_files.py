"""Files that cells import, and that the reader edits while the kernel runs."""

import json
from pathlib import Path

from project_files import told
from session import KernelCase


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
