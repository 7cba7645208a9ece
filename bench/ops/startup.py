"""How long `import "convlab"` takes: whole processes, with and without it, in turns."""

from __future__ import annotations

import statistics
import subprocess
import time
from pathlib import Path


def whole_process(node: str, code: str) -> float:
    begin = time.perf_counter()
    subprocess.run([node, "--input-type=module", "-e", code], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - begin) * 1000


def import_time(node: str, library: Path, runs: int) -> tuple[float, float]:
    """Milliseconds of a bare Node, and what the import adds: medians over the runs."""
    bare, added = [], []
    for _ in range(runs):
        without = whole_process(node, "")
        bare.append(without)
        added.append(whole_process(node, f"import {library.as_uri()!r}") - without)
    return statistics.median(bare), statistics.median(added)
