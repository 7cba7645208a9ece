"""10,000 cells in one notebook: memory and latency stay flat."""

import statistics
import time

import psutil
import pytest
from session import KernelCase, Session

MEGABYTE = 2**20


class LongNotebook(KernelCase):
    """Latency is compared with the beginning of the same run, so that the machine's speed has no part in it."""

    @classmethod
    def setUpClass(cls) -> None:
        pass

    @classmethod
    def tearDownClass(cls) -> None:
        pass

    def run_cells(self, cells: int, check: str) -> list[dict]:
        """Runs new names, names declared again, functions and printing in turn; measures ten times."""
        session = Session(env={"CONVLAB_TYPECHECK": check})
        rows = []
        try:
            took = []
            for i in range(1, cells + 1):
                code = (
                    f"const a_{i} = {i}",
                    f"let again = 'number {i}'.length; again + {i}",
                    f"function f_{i}(x: number): number {{ return x + {i} }}\nf_{i}(1)",
                    f"for (let k = 0; k < 3; k++) console.log({i} + k)",
                )[i % 4]
                begin = time.perf_counter()
                result = session.run(code)
                took.append(time.perf_counter() - begin)
                assert result.status == "ok", result.error
                if i % (cells // 10) == 0:
                    kernel = psutil.Process(session.pid)
                    servers = [c for c in kernel.children(recursive=True) if "--lsp" in c.cmdline()]
                    rows.append(
                        {
                            "cells": i,
                            "median": 1000 * statistics.median(took[-100:]),
                            "kernel": kernel.memory_info().rss / MEGABYTE,
                            "server": sum(s.memory_info().rss for s in servers) / MEGABYTE,
                        }
                    )
            assert session.run(f"a_{cells - cells % 4 - 4} + f_2(1)" if check == "off" else "f_2(1)").status == "ok"
        finally:
            session.close()
        for row in rows:
            print("{cells:6d} cells: {median:6.2f} ms a cell, kernel {kernel:4.0f} MB, server {server:4.0f} MB".format(**row))
        return rows

    def held(self, rows: list[dict], memory: float) -> None:
        first, last = rows[0], rows[-1]
        self.assertLess(last["median"], 3 * first["median"] + 5)
        # Each cell leaves its name, its value and its text for the history.
        self.assertLess(last["kernel"] - first["kernel"], memory)

    def test_a_thousand_cells(self):
        self.held(self.run_cells(1000, "off"), 120)

    @pytest.mark.slow
    def test_ten_thousand_cells_unchecked(self):
        self.held(self.run_cells(10_000, "off"), 250)

    @pytest.mark.slow
    def test_ten_thousand_cells_checked(self):
        rows = self.run_cells(10_000, "on")
        self.held(rows, 300)
        self.assertLess(rows[-1]["server"], 3 * rows[0]["server"])
