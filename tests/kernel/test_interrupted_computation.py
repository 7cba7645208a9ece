"""Interrupts in the midst of tensors: what is computed afterwards is right, networks keep their weights, nothing is left over."""

import time
import unittest
from random import Random

import pytest
from session import Session

BEGIN = """
import { fast, reference, train, random, useBackend, backendReport, maxAbsDifference } from "convlab";
await useBackend();
const small = random([5, 5, 2]), few = random([3, 3, 2, 3], 2);
const large = random([40, 40, 8]), many = random([3, 3, 8, 8], 3);
const net = train.fastNetwork([5, 5, 2], [train.conv(3, 3), train.relu(), train.flatten(), train.dense(4)]);
const first = net.predict(small).data.join();
const gap = (): number => Math.max(
  maxAbsDifference(fast.conv2d(small, few), reference.conv2d(small, few)),
  maxAbsDifference(fast.conv2d(large, many), reference.conv2d(large, many)),
);
let state = 41;
"""
LOOPS = [
    "for (;;) fast.conv2d(small, few);",
    "for (;;) fast.conv2d(large, many, { padding: 1 });",
    "for (;;) { fast.relu(fast.conv2d(small, few)); net.predict(small); }",
]


class InterruptedComputation(unittest.TestCase):
    def text(self, code: str) -> str:
        result = self.session.run(code)
        self.assertEqual(result.status, "ok", result.error)
        return result.text

    def hold(self, backend: str, threads: int, times: int):
        chance = Random(1)
        self.session = Session(env={"CONVLAB_BACKEND": backend, "CONVLAB_WASM_THREADS": str(threads)})
        self.addCleanup(self.session.close)
        self.assertEqual(self.session.run(BEGIN).status, "ok")
        self.assertIn(f"Back end {backend}", self.text("backendReport().toString()"))
        tensors = self.text("backendReport().tensors")
        for turn in range(times):
            with self.subTest(backend=backend, threads=threads, turn=turn):
                request = self.session.start(LOOPS[turn % len(LOOPS)])
                time.sleep(0.1 + 0.3 * chance.random())
                self.session.interrupt()
                self.assertEqual(self.session.wait(request).status, "error")
                held = self.text("[gap() < 1e-4, net.predict(small).data.join() === first, state].join()")
                self.assertEqual(held, "'true,true,41'")
                self.assertEqual(self.text("backendReport().tensors"), tensors)

    def test_webassembly_on_one_thread(self):
        self.hold("wasm", 1, 3)

    def test_webassembly_on_two_threads(self):
        self.hold("wasm", 2, 3)

    @pytest.mark.slow
    def test_thirty_times_each(self):
        for backend, threads in [("wasm", 1), ("wasm", 2), ("cpu", 1)]:
            self.hold(backend, threads, 30)
