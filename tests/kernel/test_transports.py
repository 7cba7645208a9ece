"""Where the sockets are, how much goes through them, and how many kernels a machine bears."""

import os
import socket
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
import zmq
from hostile import DELIMITER, LoggedKernel, request
from session import KernelCase, Session


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as one:
            one.bind(("::1", 0))
        return True
    except OSError:
        return False


class Transports(unittest.TestCase):
    def serves(self, **connection) -> LoggedKernel:
        kernel = LoggedKernel(**connection)
        self.addCleanup(kernel.close)
        self.assertEqual(kernel.value("console.log('text'); 6 * 7"), "42")
        return kernel

    def test_ipc(self):
        folder = tempfile.mkdtemp(prefix="convlab ipc 합성곱-")
        self.serves(transport="ipc", ip=os.path.join(folder, "kernel"))
        self.assertEqual(len(os.listdir(folder)), 5)

    def test_all_addresses_of_the_machine(self):
        for ip in ("0.0.0.0", "*"):
            with self.subTest(ip=ip):
                kernel = LoggedKernel(ip=ip)
                self.addCleanup(kernel.close)
                self.assertEqual(kernel.value("6 * 7"), "42")

    @unittest.skipUnless(has_ipv6(), "this machine has no IPv6")
    def test_ipv6(self):
        kernel = LoggedKernel(ip="::1")
        self.addCleanup(kernel.close)
        for name in ("shell", "control"):
            one = kernel.connect(zmq.DEALER, name, IPV6=1, RCVTIMEO=20_000)
            one.send_multipart(request("kernel_info_request", {}))
            self.assertEqual(one.recv_multipart()[0], DELIMITER)
            one.close()
        iopub = kernel.connect(zmq.SUB, "iopub", IPV6=1, RCVTIMEO=20_000, SUBSCRIBE=b"")
        self.assertIn(b"iopub_welcome", iopub.recv_multipart()[3])
        iopub.close()

    def test_unsigned(self):
        kernel = LoggedKernel(key="")
        self.addCleanup(kernel.close)
        self.assertEqual(kernel.value("6 * 7"), "42")
        shell = kernel.connect(zmq.DEALER, "shell", RCVTIMEO=10_000)
        shell.send_multipart([DELIMITER, b"", *request("kernel_info_request", {})[2:]])
        self.assertEqual(shell.recv_multipart()[1], b"")
        shell.close()


class Sizes(KernelCase):
    def test_a_page_of_10_megabytes(self):
        result = self.ok("(globalThis as any)[Symbol.for('convlab.show')]({ 'text/html': '<p>합</p>'.repeat(1_000_000) })")
        self.assertEqual(result.of("display_data")[0]["data"]["text/html"], "<p>합</p>" * 1_000_000)

    def test_a_page_of_150_megabytes(self):
        result = self.ok("(globalThis as any)[Symbol.for('convlab.show')]({ 'text/html': 'x'.repeat(150_000_000) })")
        self.assertEqual(len(result.of("display_data")[0]["data"]["text/html"]), 150_000_000)

    def test_buffers_of_a_comm_both_ways(self):
        self.ok(
            "import { registerCommTarget } from 'convlab/kernel'\n"
            "registerCommTarget('buffers', (comm, opened) => {\n"
            "  const answer = (buffers: readonly Uint8Array[]) =>\n"
            "    comm.send({ lengths: buffers.map((one) => one.length) }, { buffers: buffers.map((one) => one.slice().reverse()) })\n"
            "  answer(opened.buffers)\n"
            "  comm.onMessage(({ buffers }) => answer(buffers))\n"
            "})"
        )
        client = self.session.client
        for kind, buffers in [
            ("comm_open", [b"abc", b"", bytes(range(256))]),
            ("comm_msg", [os.urandom(50_000_000), b"\x00" * 1000]),
            ("comm_msg", [b"%d" % i for i in range(1000)]),
            ("comm_msg", []),
        ]:
            content = {"comm_id": "sizes", "data": {}, **({"target_name": "buffers"} if kind == "comm_open" else {})}
            message = client.session.msg(kind, content)
            client.session.send(client.shell_channel.socket, message, buffers=buffers)
            published = []
            while not published or published[-1]["content"].get("execution_state") != "idle":
                one = client.get_iopub_msg(timeout=30)
                if one["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                    published.append(one)
            (answer,) = [one for one in published if one["msg_type"] == "comm_msg"]
            self.assertEqual(answer["content"]["data"]["lengths"], [len(one) for one in buffers])
            self.assertEqual([bytes(one) for one in answer["buffers"]], [one[::-1] for one in buffers])


class Many(unittest.TestCase):
    @pytest.mark.slow
    def test_20_kernels_at_once(self):
        with ThreadPoolExecutor(20) as pool:
            sessions = list(pool.map(lambda _: Session(), range(20)))
            try:
                code = "const squares: readonly number[] = [1, 2, 3].map((x) => x ** 2); squares.reduce((a, b) => a + b)"
                results = list(pool.map(lambda one: one.run(code, timeout=120), sessions))
                self.assertEqual([one.text for one in results], ["14"] * 20)
                wrong = list(pool.map(lambda one: one.run("const s: string = squares", timeout=120), sessions))
                self.assertEqual([one.status for one in wrong], ["error"] * 20)
                kernels = [psutil.Process(one.pid) for one in sessions]
                memory = [one.memory_info().rss >> 20 for one in kernels]
                self.assertLess(max(memory), 150, memory)
                families = [process for one in kernels for process in [one, *one.children(recursive=True)]]
            finally:
                list(pool.map(lambda one: one.close(), sessions))
        _, alive = psutil.wait_procs(families, timeout=10)
        self.assertEqual(alive, [])
