"""What a long notebook costs: a checked cell, a completion and a new language server after 10, 400 and 2,000 cells.

    .venv/bin/python bench/kernel/notebook_length.py [--cells 10 400 2000]

Every cell declares an interface, a function and two values, and uses the value of the cell before, so that types hang
together through the whole notebook. All goes through a real client. The figures are medians in milliseconds:

- cell: from sending a new cell, with type checks, to its reply
- cell again: the same of a cell that was checked before
- completion: `value` (names of all cells), the members of a value, and these while a cell runs an endless loop
- inspection: of a function of the last cell
- restart: the language server is killed; from then until a cell that needs it has been checked
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import psutil
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).resolve().parents[2]
REPEATS = 15


def cell(i: int) -> str:
    before = f"value{i - 1}" if i > 0 else "0"
    return f"""interface Item{i} {{ id: number; tags: string[] }}
const list{i}: Item{i}[] = [{{ id: {i}, tags: ["a", "b"] }}];
function total{i}(items: Item{i}[]) {{
  return items.reduce((sum, item) => sum + item.id, {before} % 7);
}}
const value{i} = total{i}(list{i});"""


class Kernel:
    def __init__(self, folder: str):
        argv = [shutil.which("node"), str(ROOT / "dist" / "kernel" / "main.cjs"), "{connection_file}"]
        self.manager = KernelManager()
        self.manager._kernel_spec = KernelSpec(argv=argv, display_name="bench", language="typescript")
        self.manager.start_kernel(cwd=folder)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def _timed(self, request: str, begin: float) -> tuple[float, dict]:
        while True:
            message = self.client.get_shell_msg(timeout=120)
            if message["parent_header"].get("msg_id") == request:
                return (time.perf_counter() - begin) * 1e3, message["content"]

    def run(self, code: str) -> float:
        begin = time.perf_counter()
        ms, reply = self._timed(self.client.execute(code), begin)
        if reply["status"] != "ok":
            raise RuntimeError("\n".join(reply["traceback"]))
        return ms

    def complete(self, code: str, wanted: str) -> float:
        begin = time.perf_counter()
        ms, reply = self._timed(self.client.complete(code, len(code)), begin)
        if wanted not in reply["matches"]:
            raise RuntimeError(f"{code!r} is not completed to {wanted}: {reply['matches'][:5]}")
        return ms

    def inspect(self, code: str, wanted: str) -> float:
        begin = time.perf_counter()
        ms, reply = self._timed(self.client.inspect(code, len(code)), begin)
        if wanted not in reply["data"].get("text/plain", ""):
            raise RuntimeError(f"{code!r} is not explained: {reply}")
        return ms

    def complete_while_running(self, code: str, wanted: str) -> list[float]:
        self.client.execute("while (true);")
        time.sleep(0.5)
        times = [self.complete(code, wanted) for _ in range(REPEATS)]
        self.client.control_channel.send(self.client.session.msg("interrupt_request", {}))
        self.client.get_control_msg(timeout=30)
        self.client.get_shell_msg(timeout=30)
        return times

    def restart(self, code: str) -> float:
        kernel = psutil.Process(self.manager.provisioner.pid)
        (server,) = [one for one in kernel.children(recursive=True) if "--lsp" in one.cmdline()]
        begin = time.perf_counter()
        server.kill()
        server.wait()
        self.run(code)
        return (time.perf_counter() - begin) * 1e3

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def measure(kernel: Kernel, done: int, upto: int) -> dict[str, float]:
    # Sent without a pause, as "Run all" does.
    for i in range(done, upto):
        kernel.run(cell(i))
    last = upto - 1
    median = lambda values: statistics.median(list(values))
    fresh = (f"const fresh{upto}_{i} = value{last} + list{last}[0]!.id + {i};" for i in range(REPEATS))
    return {
        "cell": median(kernel.run(code) for code in fresh),
        "cell again": median(kernel.run(f"value{last} + 1") for _ in range(REPEATS)),
        "completion of a name": median(kernel.complete("value", f"value{last}") for _ in range(REPEATS)),
        "completion of a member": median(
            kernel.complete(f"const a{i} = list{last}[0]!.ta", "tags") for i in range(REPEATS)
        ),
        "completion while a cell runs": median(
            kernel.complete_while_running(f"const b = list{last}[0]!.ta", "tags")
        ),
        "inspection": median(kernel.inspect(f"const c{i} = total{last}", f"total{last}(") for i in range(REPEATS)),
        "restart": median(kernel.restart(f"value{last} + list{last}.length + {i}") for i in range(3)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=int, nargs="+", default=[10, 400, 2000])
    lengths = parser.parse_args().cells
    rows: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        kernel = Kernel(folder)
        try:
            done = 0
            for length in lengths:
                for name, ms in measure(kernel, done, length).items():
                    rows.setdefault(name, []).append(ms)
                done = length
        finally:
            kernel.close()
    print("| median, ms | " + " | ".join(f"{length:,} cells" for length in lengths) + " |")
    print("|---|" + "---|" * len(lengths))
    for name, values in rows.items():
        print(f"| {name} | " + " | ".join(f"{value:.1f}" for value in values) + " |")


if __name__ == "__main__":
    main()
