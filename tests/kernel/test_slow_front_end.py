"""A front end that does not read fills no memory and holds nobody up."""

import time

import pytest
import zmq
from under_attack import KernelUnderAttack


class SlowFrontEnd(KernelUnderAttack):
    """A subscriber that connects and never reads, beside one that does."""

    def flood(self, code: str, seconds: float) -> None:
        slow = self.kernel.connect(zmq.SUB, "iopub", SUBSCRIBE=b"", RCVHWM=1, RCVBUF=4096)
        self.addCleanup(slow.close)
        client = self.kernel.client
        self.assert_alive()
        time.sleep(0.5)
        start = self.kernel.memory
        most = messages = 0
        began = client.execute(code)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                client.get_iopub_msg(timeout=0.2)
                messages += 1
            except Exception:  # noqa: BLE001 (queue.Empty, while the slow one is waited for)
                pass
            most = max(most, self.kernel.memory)
        # Once our patience with the slow one has ended, the other one hears more.
        self.assertGreater(messages, 20)
        self.assertLess(most - start, 150)

        interrupt = client.session.msg("interrupt_request", {})
        client.control_channel.send(interrupt)
        self.assertEqual(client.get_control_msg(timeout=5)["content"]["status"], "ok")
        while (reply := client.get_shell_msg(timeout=10))["parent_header"]["msg_id"] != began:
            pass
        self.assertEqual(reply["content"]["ename"], "Interrupted")
        self.assert_alive()

    def test_printing_without_end(self):
        self.flood("while (true) console.log(1)", 16)

    @pytest.mark.slow
    def test_printing_much_without_end(self):
        self.flood("const line = 'x'.repeat(200_000); while (true) console.log(line)", 30)

    @pytest.mark.slow
    def test_showing_without_end(self):
        self.flood(
            "import { display } from 'tslab'; const page = 'x'.repeat(100_000);\n"
            "while (true) display.html(page + Math.random())",
            20,
        )

    def test_one_that_comes_while_another_leaves(self):
        """Each new subscriber hears what is printed, whoever leaves at that moment."""
        client = self.kernel.client
        client.execute("const line = 'x'.repeat(50_000); while (true) console.log(line)")
        sockets = []
        for i in range(30):
            new = self.kernel.connect(zmq.SUB, "iopub", SUBSCRIBE=b"")
            if sockets:
                sockets.pop().close()
            self.assertTrue(new.poll(8000), i)
            sockets.append(new)
            while client.iopub_channel.socket.poll(0):
                client.iopub_channel.socket.recv_multipart()
        sockets.pop().close()
        client.control_channel.send(client.session.msg("interrupt_request", {}))
        self.assertEqual(client.get_control_msg(timeout=10)["content"]["status"], "ok")

    def test_nobody_listens(self):
        """All subscribers are gone: what is printed goes nowhere, at full speed."""
        self.kernel.client.iopub_channel.stop()
        start = self.kernel.memory
        self.kernel.client.execute("for (let i = 0; i < 1_000_000; i++) console.log(i); const printed = 1")
        while (reply := self.kernel.client.get_shell_msg(timeout=60))["msg_type"] != "execute_reply":
            pass
        self.assertEqual(reply["content"]["status"], "ok")
        self.assertLess(self.kernel.memory - start, 150)
