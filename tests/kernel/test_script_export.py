"""`nbconvert --to script`: what it writes compiles and runs, with our exporter and with nbconvert's own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import nbformat
from session import NODE, ROOT

TSC = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
METADATA = {
    "kernelspec": {"name": "convlab", "display_name": "TypeScript (convlab)", "language": "typescript"},
    "language_info": {"name": "typescript", "file_extension": ".ts", "mimetype": "text/typescript", "nbconvert_exporter": "script"},
}
ANEW = [
    "const a = 1",
    "import { basename } from 'node:path'; let b = await Promise.resolve(basename('/x/y'))",
    "const a = 'text'; import { basename } from 'node:path'",
    "[a.toUpperCase(), b].join()",
    "interface a { x: number } const c: a = { x: 2 }; console.log(a.length, b, c.x, basename('q'))",
]


class ScriptExport(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.top = Path(os.path.realpath(tempfile.mkdtemp(prefix="convlab export-")))
        cls.prefix = cls.top / "an environment"
        cls.packages = cls.prefix / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
        cls.packages.mkdir(parents=True)
        cls.convlab("kernel", "install", "--prefix", str(cls.prefix))
        cls.folder = cls.top / "scripts"
        cls.folder.mkdir()
        os.symlink(ROOT / "node_modules", cls.folder / "node_modules")
        (cls.folder / "package.json").write_text('{"type": "module"}')
        options = {"target": "esnext", "module": "preserve", "strict": True, "noImplicitAny": False, "noEmit": True, "skipLibCheck": True, "types": ["node"]}
        (cls.folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["*.ts"]}))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.top, ignore_errors=True)

    @classmethod
    def convlab(cls, *words):
        subprocess.run([NODE, ROOT / "dist" / "cli.js", *words], check=True, capture_output=True)

    def export(self, *notebooks, registered=True):
        """Converts notebooks; returns the names of the scripts."""
        for old in self.folder.glob("*.ts"):
            old.unlink()
        env = {**os.environ, "JUPYTER_PATH": str(self.prefix / "share" / "jupyter"), "PYTHONPATH": str(self.packages) if registered else ""}
        # This Python's environment may have our exporter, too.
        hidden = "import nbconvert.exporters.script as script; script.entry_points = lambda **_: ()"
        nbconvert = ["-m", "nbconvert"] if registered else ["-c", f"{hidden}; from nbconvert.nbconvertapp import main; main()"]
        done = subprocess.run(
            [sys.executable, *nbconvert, "--to", "script", "--output-dir", str(self.folder), *map(str, notebooks)],
            env=env, capture_output=True, text=True, check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return sorted(path.name for path in self.folder.glob("*.ts"))

    def compile(self):
        return subprocess.run([NODE, TSC, "-p", self.folder], capture_output=True, text=True, check=False).stdout

    def notebook(self, *cells):
        made = nbformat.v4.new_notebook(metadata=METADATA, cells=[nbformat.v4.new_markdown_cell("# A title"), *map(nbformat.v4.new_code_cell, cells)])
        path = self.top / "공책 one.ipynb"
        nbformat.write(made, path)
        return path

    def test_names_declared_anew(self):
        self.assertEqual(self.export(self.notebook(*ANEW)), ["공책 one.ts"])
        self.assertEqual(self.compile(), "")
        script = self.folder / "공책 one.ts"
        self.assertTrue(script.read_text("utf8").startswith("// # A title\n"))
        plain = self.folder / "run.mjs"
        esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
        subprocess.run([esbuild, script, "--format=esm", f"--outfile={plain}"], check=True, capture_output=True)
        printed = subprocess.run([NODE, plain], capture_output=True, text=True, check=False)
        self.assertEqual(printed.stdout, "4 y 2 q\n", printed.stderr)

    def test_every_chapter(self):
        chapters = sorted(ROOT.glob("notebooks/**/*.ipynb"))
        # The same name in both languages.
        for language in {chapter.parent for chapter in chapters}:
            ours = [chapter for chapter in chapters if chapter.parent == language]
            self.assertEqual(len(self.export(*ours)), len(ours))
            self.assertEqual(self.compile(), "", language)

    def test_nbconvert_alone_joins_the_cells(self):
        self.export(self.notebook("const a = 1", "const b = await Promise.resolve(a + 1); export {}"), registered=False)
        self.assertEqual(self.compile(), "")
        self.export(self.notebook(*ANEW), registered=False)
        self.assertIn("TS2451", self.compile())

    def test_removing_the_kernel_removes_the_exporter(self):
        self.assertEqual(len(list(self.packages.iterdir())), 2)
        self.convlab("kernel", "uninstall", "--prefix", str(self.prefix))
        try:
            self.assertEqual(list(self.packages.iterdir()), [])
        finally:
            self.convlab("kernel", "install", "--prefix", str(self.prefix))
