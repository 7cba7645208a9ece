"""Loops of the top level: their variables are the loop's own while it runs, and nobody can tell."""

import time

from session import KernelCase


class Loops(KernelCase):
    def interrupted(self, code: str, after: float = 0.5) -> None:
        request = self.session.begin(code)
        time.sleep(after)
        self.session.request("interrupt_request", {}, "control")
        result = self.session.wait(request)
        self.assertEqual(result.status, "error", result)

    def test_an_interrupted_loop_leaves_what_it_has_reached(self):
        self.ok("let turns = 0, sum = 0")
        self.interrupted("while (true) { turns++; sum += 0.5 }")
        turns = float(self.value("turns"))
        self.assertGreater(turns, 1000)
        self.assertAlmostEqual(float(self.value("sum")), turns / 2, delta=0.5)
        # And once more, from there.
        self.interrupted("for (;;) turns++")
        self.assertGreater(float(self.value("turns")), turns)

    def test_below_a_call_and_after_an_await(self):
        self.ok("let calls = 0\nconst spin = () => { const end = Date.now() + 30; while (Date.now() < end); }")
        self.interrupted("await Promise.resolve()\nfor (;;) { calls++; spin() }")
        self.assertGreater(int(self.value("calls")), 0)

    def test_outside_a_loop_its_names_mean_nothing(self):
        self.ok("let name = 'mine'")
        self.interrupted("for (let i = 0; i < 3; i++) name += i\nconst forever = () => { for (;;); }\nforever()")
        self.assertEqual(self.value("name"), "'mine012'")

    def test_a_failed_loop(self):
        self.ok("let reached = 0")
        self.fails("for (;;) if (++reached === 7) throw new Error('seven')")
        self.assertEqual(self.value("reached"), "7")

    def test_functions_of_any_cell_see_the_loop_at_work(self):
        self.ok("let seen = 0; const look = () => seen; const list: number[] = []")
        self.ok("for (let i = 0; i < 3; i++) { seen += 1; list.push(look()) }")
        self.assertEqual(self.value("list"), "[ 1, 2, 3 ]")
        self.ok("let quiet = 0; for (let i = 0; i < 3; i++) quiet++")
        self.ok("const hear = () => quiet; for (let i = 0; i < 3; i++) { quiet++; list.push(hear()) }")
        self.assertEqual(self.value("list"), "[ 1, 2, 3, 4, 5, 6 ]")
