"""`convlab kernel install`: what it writes is what Jupyter finds and starts."""

import json
import os
import subprocess
import sys
import sysconfig
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
            timeout=60,
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
        environment = self.home / "가상 환경"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
        # In place of Jupyter installed once more, which takes a minute.
        libraries = sysconfig.get_paths()["purelib"]
        done = self.convlab("install", "--sys-prefix", VIRTUAL_ENV=str(environment), PYTHONPATH=libraries)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((environment / "share/jupyter/kernels/convlab/kernel.json").exists())

        # Found by the environment's own Jupyter, and listed as long as the environment is active.
        found = self.convlab("list", VIRTUAL_ENV=str(environment), PYTHONPATH=libraries)
        self.assertIn(str(environment), found.stdout)
        self.assertNotIn(str(environment), self.convlab("list").stdout)

    def test_list_says_that_node_or_the_kernel_is_gone(self):
        prefix = self.home / "p"
        self.convlab("install", "--prefix", str(prefix))
        file = prefix / "share/jupyter/kernels/convlab/kernel.json"
        spec = json.loads(file.read_text("utf8"))
        # As when nvm has removed a version.
        spec["argv"][0] = str(self.home / "versions/node/v20.1.0/bin/node")
        file.write_text(json.dumps(spec), "utf8")
        listed = self.convlab("list", "--prefix", str(prefix)).stdout
        self.assertIn(f"{spec['argv'][0]} is gone; install the kernel again", listed)

    def test_jupyter_may_keep_its_folders_elsewhere(self):
        data = self.home / "자료 data"
        done = self.convlab("install", "--user", JUPYTER_DATA_DIR=str(data))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(str(data), self.convlab("list", JUPYTER_DATA_DIR=str(data)).stdout)
        self.assertIn("Removed", self.convlab("uninstall", JUPYTER_DATA_DIR=str(data)).stdout)

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
            *([(["install", "--prefix", "/proc/x"], "Cannot write")] if sys.platform == "linux" else []),
        ]:
            done = self.convlab(*arguments)
            self.assertEqual(done.returncode, 1)
            self.assertIn(message, done.stderr)
            self.assertNotIn("    at ", done.stderr)
