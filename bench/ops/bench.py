"""The library's operations beside their peers, in one run: see run.sh, which starts this.

Every contestant is a process of its own that waits while another has its turn. In each round each runs the task for
a second; a figure is the median over the rounds of a round's median, and a ratio is taken within a round, so that a
machine that grows slower does so for all. `--write` puts the tables into bench/README.md."""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

from contestants import Contestant, contestants
from startup import import_time
from table import BASE, LOOPS, TASKS, Rounds, goals, table

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "bench" / "README.md"
BEGIN, END = "<!-- bench/ops/bench.py begin -->", "<!-- bench/ops/bench.py end -->"


def measure(task: str, field: list[Contestant], rounds: int, seconds: float) -> dict[str, list[float]]:
    able = []
    for one in field:
        answer = one.ask(prepare=task)
        if "error" in answer:
            print(f"{task}, {one.name}: {answer['error']}", file=sys.stderr, flush=True)
        else:
            able.append(one)
    found: dict[str, list[float]] = {one.name: [] for one in able}
    for turn in range(rounds):
        # Another order each time: who comes behind whom decides how warm the processor is.
        for one in able[turn % len(able) :] + able[: turn % len(able)]:
            times = one.ask(measure=seconds)["ms"]
            assert isinstance(times, list)
            found[one.name].append(statistics.median(times))
    for name, medians in found.items():
        print(f"{task}, {name}: {statistics.median(medians):.2f} ms", file=sys.stderr, flush=True)
    return found


def machine(node: str, field: list[Contestant]) -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if "model name" in line), platform.machine())
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
    libraries = dict.fromkeys(str(one.about["library"]) for one in field if one.about.get("threads"))
    return f"{os.cpu_count()} cores of {model}, Node {version}, {', '.join(libraries)}, {time.strftime('%Y-%m-%d')}"


def write(text: str) -> None:
    """Puts the text between the markers, or at the end."""
    readme = README.read_text("utf8")
    if BEGIN not in readme:
        readme = f"{readme.rstrip()}\n\n## The operations\n\n{BEGIN}\n{END}\n"
    head, _, rest = readme.partition(BEGIN)
    tail = rest.partition(END)[2]
    README.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", "utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", required=True, help="where run.sh has put the peers")
    parser.add_argument("--torch-python", required=True)
    parser.add_argument("--node", default="node")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each turn")
    parser.add_argument("--tasks", default=",".join([*TASKS, LOOPS]))
    parser.add_argument("--only", help="contestants whose name holds one of these words, besides PyTorch")
    parser.add_argument("--write", action="store_true", help="put the tables into bench/README.md")
    asked = parser.parse_args()

    threads = len(os.sched_getaffinity(0))
    field = contestants(asked.node, asked.torch_python, asked.folder, threads)
    if asked.only:
        words = [BASE, *asked.only.split(",")]
        field = [one for one in field if any(word in one.name for word in words)]
    field = [one for one in field if one.start()]
    rounds: Rounds = {}
    for task in asked.tasks.split(","):
        able = [one for one in field if (one.name == "convlab loops") == (task == LOOPS)]
        if able:
            rounds[task] = measure(task, able, asked.rounds, asked.seconds)
    for one in field:
        one.stop()
    library = Path(os.environ.get("CONVLAB_DIST", ROOT / "dist" / "index.js")).resolve()
    bare, added = import_time(asked.node, library, 15)
    text = "\n\n".join(
        [
            f"Milliseconds: medians of {asked.rounds} rounds on {machine(asked.node, field)}; × is the ratio to PyTorch in the same round.",
            table(rounds, [one.name for one in field]),
            goals(rounds, added),
            f"A bare Node takes {bare:.0f} ms, with the import {bare + added:.0f}.",
        ]
    )
    print(text)
    if asked.write:
        write(text)


main()
