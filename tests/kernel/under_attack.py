"""A kernel that must be alive after what a test does to it."""

import time
import unittest

import zmq
from hostile import LoggedKernel


class KernelUnderAttack(unittest.TestCase):
    def setUp(self):
        self.kernel = LoggedKernel()
        self.addCleanup(self.kernel.close)
        self.assertIsNone(self.kernel.value("const kept = { n: 41 };"))

    def assert_alive(self):
        self.assertEqual(self.kernel.value("kept.n + 1"), "42")
        heart = self.kernel.connect(zmq.REQ, "hb", RCVTIMEO=20_000)
        heart.send(b"still?")
        self.assertEqual(heart.recv(), b"still?")
        heart.close()

    def assert_tells(self, dropped: int):
        """Waits for what it has to say of so many messages."""
        end = time.monotonic() + 30
        while self.kernel.dropped < dropped and time.monotonic() < end:
            time.sleep(0.2)
        self.assertGreaterEqual(self.kernel.dropped, dropped)
        # Nothing failed that was let in.
        self.assertNotIn("    at ", self.kernel.log)
