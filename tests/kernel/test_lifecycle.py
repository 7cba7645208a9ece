"""Start, shutdown, restart; no process stays behind."""

import time
import unittest

import psutil
from session import KernelCase, Session


def family(session: Session) -> list[psutil.Process]:
    kernel = psutil.Process(session.pid)
    return [kernel, *kernel.children(recursive=True)]


def all_gone(processes: list[psutil.Process], timeout: float = 5) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=timeout)
    return alive == []


class Shutdown(unittest.TestCase):
    def test_shutdown_is_answered_and_leaves_no_process(self):
        for restart in (False, True):
            with self.subTest(restart=restart):
                session = Session()
                session.run("1")
                processes = family(session)
                reply = session.request("shutdown_request", {"restart": restart}, "control")
                self.assertEqual(reply["content"], {"status": "ok", "restart": restart})
                self.assertTrue(all_gone(processes))
                self.assertEqual(session.manager.provisioner.process.wait(timeout=5), 0)
                session.close()

    def test_shutdown_while_a_loop_blocks(self):
        session = Session()
        session.start("while (true) {}")
        time.sleep(0.5)
        processes = family(session)
        session.request("shutdown_request", {"restart": False}, "control")
        self.assertTrue(all_gone(processes))
        session.close()

    def test_sigterm_ends_it(self):
        session = Session()
        processes = family(session)
        processes[0].terminate()
        self.assertTrue(all_gone(processes))
        session.close()

    def test_a_killed_kernel_leaves_no_process(self):
        session = Session()
        session.run("const x: number = 1")
        processes = family(session)
        processes[0].kill()
        self.assertTrue(all_gone(processes, timeout=10))
        session.close()


class Restart(KernelCase):
    def test_restart_gives_an_empty_session(self):
        self.ok("const here = 1")
        self.session.manager.restart_kernel()
        self.session.client.wait_for_ready(timeout=30)
        self.assertIn("here", self.fails("here").error["evalue"])


class Start(unittest.TestCase):
    def test_a_folder_with_spaces_and_korean(self):
        import os
        import tempfile

        folder = os.path.join(os.path.realpath(tempfile.mkdtemp()), "my notebooks 합성곱 #1 100%")
        os.mkdir(folder)
        session = Session(folder)
        session.write("beside.ts", "export const beside: number = 3;\n")
        self.assertEqual(session.run("import { beside } from './beside.ts'; beside").text, "3")
        self.assertEqual(session.run("const s: string = beside").status, "error")
        session.close()

    def test_a_wrong_connection_file_is_one_sentence(self):
        import subprocess
        import tempfile

        from session import KERNEL, NODE

        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write('{"shell_port": "x"}')
            file.flush()
            for argument in [[file.name], ["/nowhere.json"], []]:
                done = subprocess.run([NODE, KERNEL, *argument], capture_output=True, text=True, timeout=20)
                self.assertNotEqual(done.returncode, 0)
                self.assertLessEqual(len(done.stderr.strip().splitlines()), 2, done.stderr)
                self.assertIn("connection file", done.stderr.lower())
