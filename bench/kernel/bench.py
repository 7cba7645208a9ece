"""Our kernel beside its peers, in one run.

    .venv/bin/python bench/kernel/bench.py [--runs 5] [--parts cells,flood] [--kernels convlab,Deno] [--write]

Every part gets a fresh kernel. Within a run the kernels take turns part by part, so that a machine that grows slower does
so for all of them; a figure is the median over the runs, with the lowest and highest, and a ratio is taken within a run.
The set-up has installed `tslab`, `deno` and `ipykernel`; `--ijavascript DIR` names a folder into which
bench/kernel/ijavascript.sh has put that one. `--write` puts the table into bench/README.md. Linux only: memory is read
from /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kernels import ROOT, Kernel, find_node, installed
from measurements import PARTS, Figures, Wrong, start
from session import BrokenMessage, Session
from table import Runs, goals, table

README = ROOT / "bench" / "README.md"
BEGIN, END = "<!-- bench/kernel/bench.py begin -->", "<!-- bench/kernel/bench.py end -->"


def measure(kernel: Kernel, part: str) -> Figures:
    """A fresh kernel in an empty folder goes through one part. tslab is hurt by a request that comes while it starts,
    now and then, and Deno sends 10 MB in pieces that are no message: what did not come about is tried again."""
    figures: Figures = {}
    for _ in range(3):
        figures = {}
        with tempfile.TemporaryDirectory(prefix="convlab bench ") as folder:
            with Session(kernel.argv, folder, kernel.env, kernel.interrupt_mode) as session:
                try:
                    for work in (start, *PARTS[part]):
                        figures |= work(session, kernel.cells)
                    break
                except (Wrong, BrokenMessage, TimeoutError) as problem:
                    print(f"{kernel.name}, {part}: {problem}", file=sys.stderr, flush=True)
    return figures


def one_run(kernels: list[Kernel], parts: list[str]) -> dict[str, Figures]:
    figures: dict[str, Figures] = {kernel.name: {} for kernel in kernels}
    starts: dict[str, list[float]] = {kernel.name: [] for kernel in kernels}
    for part in parts:
        for kernel in kernels:
            measured = measure(kernel, part)
            if "start" in measured:
                starts[kernel.name].append(float(measured.pop("start")))
            figures[kernel.name] |= measured
    for name, times in starts.items():
        if times:
            figures[name]["start"] = statistics.median(times)
    return figures


def machine(node: str) -> str:
    model = next(
        (line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    return f"{os.cpu_count()} cores of {model}, Node {version.lstrip('v')}, {time.strftime('%Y-%m-%d')}"


def write(text: str) -> None:
    """Puts the text between the markers."""
    readme = README.read_text("utf8")
    head, _, rest = readme.partition(BEGIN)
    _, found, tail = rest.partition(END)
    if not found:
        raise SystemExit(f"{README} has no place for the table: wanted {BEGIN} and {END}.")
    README.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", "utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="fresh starts of each part of each kernel (default 5)")
    parser.add_argument("--parts", default=",".join(PARTS), help=f"of {', '.join(PARTS)} (default all)")
    parser.add_argument("--kernels", help="only those whose names begin so, by commas; ours is always there")
    parser.add_argument("--ijavascript", type=Path, help="the folder whose node_modules has ijavascript")
    parser.add_argument("--json", type=Path, help="write every run here")
    parser.add_argument("--write", action="store_true", help="put the tables into bench/README.md")
    options = parser.parse_args()
    parts = options.parts.split(",")
    if unknown := set(parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}")

    # A job in the background of a shell ignores SIGINT, and the kernels would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    node = find_node()
    kernels, absent = installed(node, options.ijavascript)
    if options.kernels:
        wanted = ("convlab", *options.kernels.split(","))
        kernels = [kernel for kernel in kernels if kernel.name.startswith(wanted)]
    runs: Runs = {kernel.name: [] for kernel in kernels}
    for number in range(options.runs):
        began = time.monotonic()
        for name, figures in one_run(kernels, parts).items():
            runs[name].append(figures)
        if options.json:
            options.json.write_text(json.dumps(runs, indent=1), "utf8")
        print(f"run {number + 1} of {options.runs}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)

    here = f"Medians of {options.runs} runs (lowest–highest) on {machine(node)}; × is the ratio to convlab in the same run."
    if absent:
        here += f" Not here: {', '.join(absent)}."
    text = f"{here}\n\n{table(runs)}\n\n{goals(runs)}"
    print(text)
    if options.write:
        write(text)


if __name__ == "__main__":
    main()
