"""Our kernel beside its peers, in one run: from spawn to the first result, and the time of a trivial cell.

    .venv/bin/python bench/kernel/bench.py [--runs 5]

Every run starts each kernel anew, in turn, so that a machine that grows slower does so for all. A figure is the median
over the runs, with the lowest and highest; the ratio to ours is taken within a run, then its median. The peers, `tslab`
and `deno`, are npm packages that the set-up has installed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from queue import Empty

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).resolve().parents[2]
TRIVIAL_CELLS = 50
NODE = shutil.which("node")


def kernels() -> dict[str, list[str]]:
    """How each kernel is started; what is not installed is left out."""
    modules = ROOT / "node_modules"
    found = {
        "convlab": [NODE, ROOT / "dist" / "kernel" / "main.cjs", "{connection_file}"],
        "tslab": [NODE, modules / "tslab" / "bin" / "tslab", "kernel", "--config-path", "{connection_file}"],
        "deno": [modules / "deno" / "deno", "jupyter", "--kernel", "--conn", "{connection_file}"],
    }
    return {
        name: [str(part) for part in argv]
        for name, argv in found.items()
        if all(Path(part).exists() for part in argv[:2] if isinstance(part, Path))
    }


class Kernel:
    """One fresh kernel, and the moment at which it was spawned."""

    def __init__(self, argv: list[str], folder: str):
        self.manager = KernelManager()
        # `kernel_spec` looks the name up; here the command itself is what is measured.
        self.manager._kernel_spec = KernelSpec(argv=argv, display_name="bench", language="typescript")
        self.spawned = time.perf_counter()
        self.manager.start_kernel(cwd=folder)
        self.client = self.manager.client()
        self.client.start_channels()

    def run(self, code: str) -> float:
        """Sends a cell; returns the seconds until reply and idle are there."""
        begin = time.perf_counter()
        request = self.client.execute(code)
        while self.client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != request:
            pass
        try:
            while True:
                message = self.client.get_iopub_msg(timeout=5)
                if message["parent_header"].get("msg_id") != request:
                    continue
                if message["content"].get("execution_state") == "idle":
                    break
        except Empty:
            pass  # A kernel without a welcome may lose the first messages: the reply has been timed.
        return time.perf_counter() - begin

    def first_result(self) -> float:
        """Seconds from spawn to the reply of a first `1+1`."""
        request = self.client.execute("1+1")
        while self.client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != request:
            pass
        return time.perf_counter() - self.spawned

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def measure(argv: list[str], folder: str) -> dict[str, float]:
    kernel = Kernel(argv, folder)
    try:
        start = kernel.first_result()
        time.sleep(1)  # Until each has loaded what it loads behind the first cell.
        kernel.run("0 + 1")
        # No two cells alike: none is answered from memory.
        trivial = [kernel.run(f"{i} + 2") for i in range(TRIVIAL_CELLS)]
    finally:
        kernel.close()
    return {"spawn to first result, ms": start * 1e3, "trivial cell, ms": statistics.median(trivial) * 1e3}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="fresh starts of each kernel (default 5)")
    runs = parser.parse_args().runs
    names = kernels()
    figures: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            for name, argv in names.items():
                figures[name].append(measure(argv, folder))

    print("| figure | " + " | ".join(names) + " |\n|---|" + "---|" * len(names))
    for figure in figures["convlab"][0]:
        cells = []
        for name in names:
            values = [run[figure] for run in figures[name]]
            ratio = statistics.median(run[figure] / ours[figure] for run, ours in zip(figures[name], figures["convlab"]))
            spread = f"{min(values):.1f}–{max(values):.1f}"
            cells.append(f"{statistics.median(values):.1f} ({spread}), ×{ratio:.2f}")
        print(f"| {figure} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
