"""Cells that send without end: the memory stays, and an interrupt ends them."""

import time

import psutil
from unchecked import UncheckedCase

MEGABYTE = 2**20


class Floods(UncheckedCase):
    def flood(self, code: str, read: bool = True, seconds: float = 2):
        """Runs a cell that sends without end, watches the kernel's memory, interrupts it."""
        request = self.session.start(f"let sent = 0;\n{code}")
        kernel = psutil.Process(self.session.pid)
        client = self.session.client
        end = time.monotonic() + seconds
        most = 0
        while time.monotonic() < end:
            if read and client.iopub_channel.msg_ready():
                self.session.hear(1)
            else:
                time.sleep(0.01)
            most = max(most, kernel.memory_info().rss)
        # The front end is alive meanwhile.
        for channel in ("control", "shell"):
            reply = self.session.request("kernel_info_request", {}, channel)
            self.assertEqual(reply["content"]["status"], "ok")
        begin = time.monotonic()
        self.session.interrupt()
        reply = self.session.reply_to(request)
        self.assertLess(time.monotonic() - begin, 5)
        self.session._replies[request] = reply
        result = self.session.wait(request, timeout=60)
        self.assertEqual(result.error["ename"], "Interrupted")
        self.assertLess(most, 900 * MEGABYTE)
        return result

    def test_printing(self):
        for read in (True, False):
            with self.subTest(read=read):
                result = self.flood("while (true) console.log(sent++)", read)
                numbers = [int(line) for line in result.stdout.splitlines()]
                self.assertEqual(numbers, list(range(len(numbers))))
                # The last one may have been ended on its way.
                self.assertLessEqual(abs(int(self.value("sent")) - len(numbers)), 1)
                self.assertGreater(len(numbers), 1000)

    def test_large_pieces(self):
        result = self.flood("while (true) { console.error('x'.repeat(100_000)); sent++ }")
        self.assertLessEqual(abs(int(self.value("sent")) - result.stderr.count("\n")), 1)

    def test_displays(self):
        result = self.flood(
            "import { display } from 'tslab';\nwhile (true) display.html('x'.repeat(100_000) + sent++)",
            read=False,
            seconds=1,
        )
        shown = [int(d["data"]["text/html"].strip("x")) for d in result.of("display_data")]
        self.assertEqual(shown, list(range(len(shown))))
        self.assertGreater(len(shown), 2)

    def test_comms(self):
        self.flood(
            "import { openComm } from 'convlab/kernel'; const flood = openComm('flood');\n"
            "while (true) flood.send({ sent: sent++, text: 'x'.repeat(100_000) })",
            read=False,
        )

    def test_questions(self):
        self.flood("while (true) { void input('again?').catch(() => {}); sent++ }")
        self.assertLess(int(self.value("sent")), 100_000)

    def test_rejections(self):
        self.flood(
            "while (true) { for (let i = 0; i < 100; i++) Promise.reject(sent++); await new Promise(setImmediate) }",
            seconds=0.5,
        )
