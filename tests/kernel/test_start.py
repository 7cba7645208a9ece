"""How the kernel starts: from compiled code, and with what CONVLAB_TYPECHECK says."""

import shutil
import tempfile
import time
import unittest
from pathlib import Path

from session import KERNEL, ROOT, TIMEOUT, Session, kernel_at

WRONG = 'const n: number = "text"; n'


class CompiledCodeTests(unittest.TestCase):
    def setUp(self):
        # A copy, so that no other kernel reads what is broken here; inside the project, where its packages are found.
        (ROOT / ".setup").mkdir(exist_ok=True)
        self.dist = Path(tempfile.mkdtemp(dir=ROOT / ".setup"))
        self.addCleanup(shutil.rmtree, self.dist)
        shutil.copytree(KERNEL.parent, self.dist / "kernel", ignore=shutil.ignore_patterns("*.cache"))

    def first_value(self) -> str | None:
        session = Session(kernel=kernel_at(self.dist / "kernel" / "main.cjs"))
        try:
            return session.run("const a: number = 20; a + 1").text
        finally:
            session.close()

    def caches(self) -> list[Path]:
        return list((self.dist / "kernel").glob("*.cache"))

    def test_is_kept_and_used_and_its_ruin_harms_nothing(self):
        session = Session(kernel=kernel_at(self.dist / "kernel" / "main.cjs"))
        try:
            end = time.monotonic() + TIMEOUT
            while not self.caches() and time.monotonic() < end:
                time.sleep(0.2)
        finally:
            session.close()
        (cache,) = self.caches()
        self.assertGreater(cache.stat().st_size, 100_000)
        self.assertEqual(self.first_value(), "21")
        cache.write_bytes(b"\0" * 5000)
        self.assertEqual(self.first_value(), "21")


class TypeCheckTests(unittest.TestCase):
    def run_with(self, mode: str, code: str):
        session = Session(env={"CONVLAB_TYPECHECK": mode})
        self.addCleanup(session.close)
        return session.run(code), session

    def test_on_keeps_a_wrong_cell_from_running(self):
        result, _ = self.run_with("on", WRONG)
        self.assertEqual(result.error["ename"], "TypeCheckError")

    def test_warn_tells_and_runs(self):
        result, session = self.run_with("warn", WRONG)
        self.assertEqual(result.text, "'text'")
        self.assertIn("TS2322", result.stderr)
        self.assertIn("^", result.stderr)
        self.assertEqual(session.run("n").text, "'text'")

    def test_off_says_nothing_but_still_completes_by_types(self):
        result, session = self.run_with("off", WRONG)
        self.assertEqual(result.text, "'text'")
        self.assertEqual(result.stderr, "")
        session.run("interface Dog { bark: string; tail: number }\nconst rex = {} as Dog")
        reply = session.request("complete_request", {"code": "rex.", "cursor_pos": 4})
        self.assertEqual(reply["content"]["matches"], ["bark", "tail"])

    def test_an_unknown_mode_checks(self):
        result, _ = self.run_with("maybe", WRONG)
        self.assertEqual(result.error["ename"], "TypeCheckError")
