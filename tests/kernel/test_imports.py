"""import: packages as ESM and CommonJS, JSON, local files, static and dynamic; from convlab; from the kernel."""

import json

from session import KernelCase


class Imports(KernelCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        write = cls.session.write
        write("local.ts", "import { base } from './lib/base.ts';\nexport interface L { a: number }\nexport const local: number = base + 1;\nexport default class Made { kind = 'made' as const }\n")
        write("lib/base.ts", "export const base: number = 41;\n")
        write("data.json", '{"rows": [1, 2, 3]}')
        write("old.cjs", "exports.area = (r) => r * r;\n")
        write("new.mjs", "export const answer = 42;\n")
        for name, files in {
            "esm-only": {
                "package.json": {"name": "esm-only", "type": "module", "exports": {".": {"types": "./types/index.d.ts", "import": "./src/index.js"}, "./deep": {"types": "./types/deep.d.ts", "import": "./src/deep.js"}}},
                "src/index.js": "export const esm = 'esm'; export default 'def';",
                "src/deep.js": "export const deep = 'deep';",
                "types/index.d.ts": "export const esm: string; declare const d: string; export default d;",
                "types/deep.d.ts": "export const deep: string;",
            },
            "commonjs": {
                "package.json": {"name": "commonjs", "main": "main.js", "types": "main.d.ts"},
                "main.js": "module.exports = { name: 'cjs', twice: (x) => 2 * x };",
                "main.d.ts": "export const name: string; export function twice(x: number): number;",
            },
        }.items():
            for file, text in files.items():
                write(f"node_modules/{name}/{file}", text if isinstance(text, str) else json.dumps(text))

    def test_local_typescript_static_and_dynamic(self):
        self.ok("import Made, { local, type L } from './local.ts'")
        self.assertEqual(self.value("const l: L = { a: local }; [l.a, new Made().kind]"), "[ 42, 'made' ]")
        self.assertEqual(self.value("(await import('./local.ts')).local"), "42")
        self.assertEqual(self.value("import { local as without } from './local'; without"), "42")

    def test_json(self):
        self.assertEqual(self.value("import data from './data.json'; data.rows.length"), "3")
        self.assertEqual(self.value("import again from './data.json' with { type: 'json' }; again.rows[2]"), "3")

    def test_local_javascript(self):
        self.assertEqual(self.value("import { answer } from './new.mjs'; answer"), "42")
        self.assertEqual(self.value("import { area } from './old.cjs'; area(3)"), "9")

    def test_esm_package(self):
        self.assertEqual(self.value("import def, { esm } from 'esm-only'; import { deep } from 'esm-only/deep'; [def, esm, deep]"), "[ 'def', 'esm', 'deep' ]")
        self.assertEqual(self.value("(await import('esm-only')).esm"), "'esm'")

    def test_commonjs_package(self):
        self.assertEqual(self.value("import { twice } from 'commonjs'; import whole from 'commonjs'; twice(4) + whole.name"), "'8cjs'")
        self.assertEqual(self.value("require('commonjs').twice(2)"), "4")

    def test_node_modules(self):
        self.assertEqual(self.value("import { join } from 'node:path'; import * as os from 'os'; join('a', 'b') + typeof os.cpus"), "'a/bfunction'")

    def test_names_of_imports_stay_visible(self):
        self.ok("import * as path from 'node:path'; import { basename as base } from 'node:path'")
        self.assertEqual(self.value("base(path.join('x', 'y.ts'))"), "'y.ts'")

    def test_side_effect_import(self):
        self.session.write("effect.ts", "(globalThis as Record<string, unknown>).effect = 'happened'; export {};\n")
        self.assertEqual(self.value("import './effect.ts'; (globalThis as any).effect"), "'happened'")

    def test_convlab_resolves_though_the_notebook_lies_elsewhere(self):
        result = self.ok("import { conv2d } from 'convlab'; typeof conv2d")
        self.assertEqual(result.text, "'function'")
        self.assertEqual(self.value("(await import('convlab')).conv2d === conv2d"), "true")

    def test_packages_of_the_kernel(self):
        self.assertEqual(self.value("import ndarray from 'ndarray'; ndarray(new Float32Array(6), [2, 3]).shape"), "[ 2, 3 ]")

    def test_a_package_that_is_missing_is_named(self):
        result = self.fails("import { x } from 'no-such-package'")
        self.assertIn("no-such-package", result.error["evalue"] + "".join(result.error["traceback"]))
        self.fails("await import('no-such-package-' + 1)")

    def test_the_folder_is_the_notebooks(self):
        self.assertEqual(self.value("process.cwd()"), repr(self.session.folder))
        self.assertEqual(self.value("import { fileURLToPath } from 'node:url'; import { dirname } from 'node:path'; dirname(fileURLToPath(import.meta.url))"), repr(self.session.folder))
