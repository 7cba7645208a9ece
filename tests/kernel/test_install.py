"""`convlab kernel install`: what it writes is what Jupyter finds and starts."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from session import NODE, ROOT, Session

CLI = ROOT / "dist" / "cli.js"


class Install(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="convlab install ")
        self.home = Path(os.path.realpath(self.folder.name))

    def tearDown(self):
        self.folder.cleanup()

    def convlab(self, *arguments: str, **env: str) -> subprocess.CompletedProcess:
        # The environment's Python first: it has Jupyter.
        path = env.pop("PATH", None) or os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "VIRTUAL"))}
        return subprocess.run(
            [NODE, CLI, "kernel", *arguments],
            capture_output=True,
            text=True,
            env={**clean, "PATH": path, "HOME": str(self.home), "XDG_DATA_HOME": "", **env},
        )

    def test_user_is_the_default_and_jupyter_finds_it(self):
        done = self.convlab("install", JUPYTER_DATA_DIR=str(self.home / "data"))
        self.assertEqual(done.returncode, 0, done.stderr)
        folder = self.home / "data" / "kernels" / "convlab"
        spec = json.loads((folder / "kernel.json").read_text("utf8"))
        self.assertEqual(spec["argv"][2], "{connection_file}")
        for file in spec["argv"][:2]:
            self.assertTrue(os.path.isabs(file) and os.path.exists(file), file)
        self.assertEqual(
            (spec["display_name"], spec["language"], spec["interrupt_mode"]),
            ("TypeScript (convlab)", "typescript", "message"),
        )
        found = KernelSpecManager(kernel_dirs=[str(folder.parent)]).get_kernel_spec("convlab")
        self.assertEqual(found.interrupt_mode, "message")
        self.assertEqual((folder / "logo-64x64.png").read_bytes()[:4], b"\x89PNG")
        self.assertIn(b"<svg", (folder / "logo-svg.svg").read_bytes())

    def test_the_kernel_runs_as_installed_from_a_folder_with_spaces(self):
        prefix = self.home / "a prefix"
        self.assertEqual(self.convlab("install", "--prefix", str(prefix), "--name", "my-ts").returncode, 0)
        before = os.environ["JUPYTER_PATH"]
        os.environ["JUPYTER_PATH"] = str(prefix / "share" / "jupyter")
        try:
            session = Session(kernel="my-ts")
        finally:
            os.environ["JUPYTER_PATH"] = before
        self.assertEqual(session.run("1 + 1").text, "2")
        session.close()

    def test_sys_prefix_is_that_of_the_python_that_runs(self):
        environment = self.home / "venv"
        bin_ = environment / "bin"
        bin_.mkdir(parents=True)
        # A stand-in for a fresh virtual environment's Python, which takes a while to make.
        (bin_ / "python").write_text(f'#!/bin/sh\necho "{environment}"\n')
        (bin_ / "python").chmod(0o755)
        done = self.convlab("install", "--sys-prefix", VIRTUAL_ENV=str(environment))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((environment / "share/jupyter/kernels/convlab/kernel.json").exists())

    def test_list_and_uninstall(self):
        prefix = str(self.home / "p")
        self.convlab("install", "--prefix", prefix)
        self.assertIn(prefix, self.convlab("list", "--prefix", prefix).stdout)
        done = self.convlab("uninstall", "--prefix", prefix)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(os.listdir(self.home / "p/share/jupyter/kernels"), [])
        again = self.convlab("uninstall", "--prefix", prefix)
        self.assertEqual(again.returncode, 1)
        self.assertIn('No kernel "convlab" in', again.stderr)

    def test_installing_again_replaces(self):
        prefix = str(self.home / "p")
        for name in ("First", "Second"):
            self.convlab("install", "--prefix", prefix, "--display-name", name)
        specs = self.home / "p/share/jupyter/kernels"
        self.assertEqual(os.listdir(specs), ["convlab"])
        self.assertEqual(json.loads((specs / "convlab/kernel.json").read_text())["display_name"], "Second")

    def test_another_kernel_is_left_alone(self):
        specs = self.home / "p/share/jupyter/kernels/convlab"
        specs.mkdir(parents=True)
        (specs / "kernel.json").write_text('{"argv": ["x"], "display_name": "Other"}')
        done = self.convlab("uninstall", "--prefix", str(self.home / "p"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("another kernel's", done.stderr)
        self.assertTrue(specs.exists())

    def test_without_jupyter_one_sentence_says_what_to_do(self):
        done = self.convlab("install", PATH=str(self.home))
        self.assertEqual(done.returncode, 1)
        self.assertIn("Jupyter was not found", done.stderr)
        self.assertIn("pip install jupyterlab", done.stderr)
        self.assertNotIn("    at ", done.stderr)

    def test_names_and_places_that_can_not_be(self):
        for arguments, message in [
            (["install", "--prefix", str(self.home), "--name", "합성곱"], "can't name a kernel"),
            (["install", "--prefix", str(self.home), "--name", ".."], "can't name a kernel"),
            (["install", "--prefix", str(self.home), "--user"], "not several"),
            (["install", "--prefix", os.path.join(NODE, "x")], "Cannot write"),
        ]:
            done = self.convlab(*arguments)
            self.assertEqual(done.returncode, 1)
            self.assertIn(message, done.stderr)
            self.assertNotIn("    at ", done.stderr)
