"""One contestant in Python: reads requests as JSON lines and answers each with one.

{"prepare": task} makes the task ready and warms it up; {"measure": seconds} runs it for that long and answers the times in
milliseconds; {"quit": true} ends."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from typing import Callable

# Answers go out on the first stream as it was at the start: libraries print what they like.
OUT = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def serve(prepare: Callable[[str], Callable[[], object]], about: dict[str, object]) -> None:
    def answer(what: dict[str, object]) -> None:
        print(json.dumps(what), file=OUT, flush=True)

    run: Callable[[], object] = lambda: None
    answer({"ready": True, **about})
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "prepare" in request:
                run = prepare(request["prepare"])
                for _ in range(3):
                    run()
                answer({"prepared": request["prepare"]})
            elif "measure" in request:
                answer({"ms": times(run, request["measure"]), "peakMB": peak()})
            else:
                return
        except Exception as problem:  # noqa: BLE001 - told to who asked
            answer({"error": f"{type(problem).__name__}: {problem}"})


def times(run: Callable[[], object], seconds: float) -> list[float]:
    found: list[float] = []
    end = time.perf_counter() + seconds
    while len(found) < 3 or time.perf_counter() < end:
        begin = time.perf_counter()
        run()
        found.append((time.perf_counter() - begin) * 1000)
    return found


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
