"""Interrupts keep all state."""

import time

from session import KernelCase


class Interrupts(KernelCase):
    def interrupted(self, code: str, after: float = 0.4) -> float:
        """Runs a cell that never ends, interrupts it; returns the seconds from interrupt to reply."""
        request = self.session.start(code)
        time.sleep(after)
        begin = time.monotonic()
        self.assertEqual(self.session.interrupt()["content"]["status"], "ok")
        result = self.session.wait(request, timeout=10)
        took = time.monotonic() - begin
        self.assertEqual(result.status, "error")
        self.assertRegex(result.error["ename"], "(?i)interrupt")
        return took

    def setUp(self):
        self.ok("let state = { n: 41 }")

    def tearDown(self):
        self.assertEqual(self.value("state.n + 1"), "42")

    def test_endless_loop(self):
        self.assertLess(self.interrupted("while (true) {}"), 2)

    def test_endless_loop_after_an_await(self):
        self.interrupted("await null; for (;;) {}")

    def test_endless_loop_in_a_function_that_catches(self):
        self.interrupted("while (true) { try { while (true) {} } catch {} finally { } }")

    def test_pending_await(self):
        self.assertLess(self.interrupted("await new Promise(() => {})"), 2)

    def test_sleep(self):
        self.interrupted("await new Promise((r) => setTimeout(r, 60_000))")

    def test_endless_printing(self):
        self.interrupted("while (true) console.log('again')")

    def test_again_and_again(self):
        for _ in range(5):
            self.interrupted("while (true) {}", after=0.15)

    def test_queued_cells_are_aborted(self):
        first = self.session.start("while (true) {}")
        second = self.session.start("console.log('no')")
        time.sleep(0.3)
        self.session.interrupt()
        self.assertEqual(self.session.wait(first).status, "error")
        self.assertEqual(self.session.wait(second).status, "aborted")

    def test_waiting_for_a_type_check(self):
        """The language server does not answer; the cell ends all the same, and the next one is checked."""
        server = self.session.language_server()
        server.suspend()
        try:
            self.assertLess(self.interrupted("const checked: number = state.n"), 2)
        finally:
            server.resume()
        self.fails("checked")

    def test_an_idle_kernel_is_interrupted_without_effect(self):
        self.assertEqual(self.session.interrupt()["content"]["status"], "ok")
        self.ok("1")
