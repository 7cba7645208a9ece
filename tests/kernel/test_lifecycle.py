"""Start, shutdown, restart, and the front end that vanishes; no process stays behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import psutil
from session import KERNEL, NODE, KernelCase, Session


def family(pid: int) -> list[psutil.Process]:
    kernel = psutil.Process(pid)
    return [kernel, *kernel.children(recursive=True)]


def all_gone(processes: list[psutil.Process], timeout: float = 5) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=timeout)
    return all(one.status() == psutil.STATUS_ZOMBIE for one in alive if one.is_running())


class Shutdown(unittest.TestCase):
    def test_shutdown_is_answered_and_leaves_no_process(self):
        for restart in (False, True):
            with self.subTest(restart=restart):
                session = Session()
                session.run("1")
                processes = family(session.pid)
                reply = session.request("shutdown_request", {"restart": restart}, "control")
                self.assertEqual(reply["content"], {"status": "ok", "restart": restart})
                self.assertTrue(all_gone(processes))
                self.assertEqual(session.manager.provisioner.process.wait(timeout=5), 0)
                session.close()

    def test_shutdown_while_a_cell_is_busy(self):
        for code in (
            "while (true) {}",
            "await new Promise(() => {})",
            "while (true) console.log('again')",
            "import { execSync } from 'node:child_process'; execSync('sleep 100')",
        ):
            with self.subTest(code=code):
                session = Session()
                session.start(code)
                time.sleep(1)
                processes = family(session.pid)
                reply = session.request("shutdown_request", {"restart": False}, "control")
                self.assertEqual(reply["content"]["status"], "ok")
                self.assertTrue(all_gone(processes))
                session.close()

    def test_asked_twice_it_ends_once(self):
        session = Session()
        processes = family(session.pid)
        message = session.client.session.msg("shutdown_request", {"restart": False})
        for _ in range(2):
            session.client.control_channel.send(message)
        self.assertTrue(all_gone(processes))
        self.assertEqual(session.manager.provisioner.process.wait(timeout=5), 0)
        session.close()

    def test_what_cells_have_started_ends_too(self):
        session = Session()
        session.run("import { spawn } from 'node:child_process'; const child = spawn('sleep', ['100']); 1")
        processes = family(session.pid)
        self.assertIn("sleep", [one.name() for one in processes])
        session.request("shutdown_request", {"restart": False}, "control")
        self.assertTrue(all_gone(processes))
        session.close()

    def test_signals_end_it(self):
        for number in (signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signal=number):
                session = Session()
                session.start("while (true) {}")
                time.sleep(0.5)
                processes = family(session.pid)
                processes[0].send_signal(number)
                self.assertTrue(all_gone(processes))
                session.close()

    def test_sigint_interrupts_the_cell_and_nothing_else(self):
        session = Session()
        session.run("let kept = 1")
        request = session.start("while (true) {}")
        time.sleep(0.5)
        os.kill(session.pid, signal.SIGINT)
        self.assertEqual(session.wait(request).error["ename"], "Interrupted")
        self.assertEqual(session.run("kept").text, "1")
        session.close()

    def test_a_killed_kernel_leaves_no_process(self):
        session = Session()
        session.run("const x: number = 1; enum Lowered { A }")
        processes = family(session.pid)
        # The language server and esbuild's service see that nobody writes to them any more.
        self.assertGreaterEqual(len(processes), 2)
        processes[0].kill()
        self.assertTrue(all_gone(processes, timeout=10))
        session.close()


CELLS = (
    "1",
    "while (true) {}",
    "while (true) console.log('is anybody there?')",
    "await new Promise(() => {})",
    "import { execSync } from 'node:child_process'; execSync('sleep 100')",
    "import { spawn } from 'node:child_process'; spawn('sh', ['-c', 'trap : TERM HUP; sleep 101; sleep 102; sleep 103']); 1",
)
FRONT_END = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from session import Session
sessions = [Session() for _ in range({len(CELLS)})]
for session, code in zip(sessions, {CELLS!r}):
    session.run("enum Lowered {{ A }}")
    session.start(code)
time.sleep(1)
print(*[session.pid for session in sessions], flush=True)
time.sleep(600)
"""
# Starts a kernel through a shell that stays, prints the kernel's process id, and waits to be killed.
STARTER = """
import os, subprocess, sys, time
from jupyter_client.connect import write_connection_file
write_connection_file(sys.argv[1], key=b"key")
parent = {"self": str(os.getpid()), "nobody": None, "unseen": "4194000"}[sys.argv[2]]
environment = {name: value for name, value in os.environ.items() if name != "JPY_PARENT_PID"}
if parent is not None:
    environment["JPY_PARENT_PID"] = parent
command = ["sh", "-c", '"$@" & echo $!; wait', "sh", *sys.argv[3:]]
subprocess.Popen(command, env=environment, start_new_session=True, stdin=subprocess.DEVNULL)
time.sleep(600)
"""


class Vanishing(unittest.TestCase):
    """The process that started the kernel is killed: everything is gone within ten seconds."""

    def killed_after_starting(self, script: str, *arguments: str) -> list[psutil.Process]:
        command = [sys.executable, "-c", script, *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as front_end:
            pids = front_end.stdout.readline().split()
            time.sleep(1)
            processes = [one for pid in pids for one in family(int(pid))]
            front_end.kill()
        return processes

    def test_whatever_the_cell_does(self):
        processes = self.killed_after_starting(FRONT_END)
        lines = [" ".join(one.cmdline()) for one in processes if one.is_running()]
        for part in ("--lsp", "esbuild", "sleep 100", "sleep 101"):
            self.assertTrue(any(part in line for line in lines), (part, lines))
        self.assertTrue(all_gone(processes, timeout=10))

    def started_through_a_shell(self, parent: str) -> list[psutil.Process]:
        connection = os.path.join(tempfile.mkdtemp(), "connection.json")
        return self.killed_after_starting(STARTER, connection, parent, NODE, str(KERNEL), connection)

    def test_a_kernel_that_is_not_a_child_of_its_front_end(self):
        self.assertTrue(all_gone(self.started_through_a_shell("self"), timeout=10))

    def test_a_kernel_without_a_known_front_end_lives_on(self):
        """One started by hand, and one in a container, where process ids are others."""
        for parent in ("nobody", "unseen"):
            with self.subTest(parent=parent):
                processes = self.started_through_a_shell(parent)
                time.sleep(3)
                self.assertTrue(processes[0].is_running())
                processes[0].terminate()
                self.assertTrue(all_gone(processes))

    def test_standard_streams_that_are_closed(self):
        """Whoever started it reads nothing: what it has to say is lost, the kernel is not."""
        with tempfile.TemporaryDirectory() as folder:
            connection = os.path.join(folder, "connection.json")
            from jupyter_client import BlockingKernelClient
            from jupyter_client.connect import write_connection_file

            write_connection_file(connection, key=b"key")
            kernel = subprocess.Popen(
                [NODE, str(KERNEL), connection],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for stream in (kernel.stdin, kernel.stdout, kernel.stderr):
                stream.close()
            client = BlockingKernelClient()
            client.load_connection_file(connection)
            client.start_channels()
            client.wait_for_ready(timeout=30)
            for _ in range(3):
                client.shell_channel.socket.send_multipart([b"not a message"])  # logged
            self.assertEqual(client.execute_interactive("1 + 1", timeout=20)["content"]["status"], "ok")
            client.stop_channels()
            kernel.terminate()
            self.assertEqual(kernel.wait(timeout=10), 0)


class Restart(KernelCase):
    def test_restart_gives_an_empty_session(self):
        self.ok("const here = 1")
        self.session.manager.restart_kernel()
        self.session.client.wait_for_ready(timeout=30)
        self.assertIn("here", self.fails("here").error["evalue"])


class Start(unittest.TestCase):
    def test_a_folder_with_spaces_and_korean(self):
        folder = os.path.join(os.path.realpath(tempfile.mkdtemp()), "my notebooks 합성곱 #1 100%")
        os.mkdir(folder)
        session = Session(folder)
        session.write("beside.ts", "export const beside: number = 3;\n")
        self.assertEqual(session.run("import { beside } from './beside.ts'; beside").text, "3")
        self.assertEqual(session.run("const s: string = beside").status, "error")
        session.close()

    def test_a_wrong_connection_file_is_one_sentence(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write('{"shell_port": "x"}')
            file.flush()
            for argument in [[file.name], ["/nowhere.json"], []]:
                done = subprocess.run([NODE, KERNEL, *argument], capture_output=True, text=True, timeout=20)
                self.assertNotEqual(done.returncode, 0)
                self.assertLessEqual(len(done.stderr.strip().splitlines()), 2, done.stderr)
                self.assertIn("connection file", done.stderr.lower())
