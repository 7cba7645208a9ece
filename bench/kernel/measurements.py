"""The parts of a run. Each gets a fresh kernel and returns figures: milliseconds, megabytes, counts, or words."""

from __future__ import annotations

import re
import statistics
import time

from kernels import Cells
from session import START_LIMIT, Cell, Session

TRIVIAL_CELLS = 50
THIRTY_LINE_CELLS = 12
EDITOR_REQUESTS = 20
GROWING_CELLS = 200
FLOOD_LINES = 20_000
FLOOD_WIDTH = 80  # characters of a line
BIG_HTML = 10 * 1024 * 1024
BUSY_MS = 3000
INTERRUPT_LIMIT = 5.0  # seconds

Figures = dict[str, float | str]


class Wrong(Exception):
    """A kernel did something else than what was to be timed."""


def start(kernel: Session, _: Cells) -> Figures:
    """From spawn to the reply of a first `1+1`, sent when the kernel has said what it is, as front ends do."""
    kernel.request("kernel_info_request", {}, START_LIMIT)
    cell = kernel.begin("1+1")
    if not kernel.receive(lambda: any(m.channel == "shell" and m.parent_id == cell.request for m in kernel.inbox), 90):
        raise Wrong(f"no reply to the first cell: {kernel.last_words()}")
    (reply,) = (m for m in kernel.inbox if m.channel == "shell" and m.parent_id == cell.request)
    if reply.content["status"] != "ok":
        raise Wrong(f"the first cell ended with {reply.content}")
    # Until each has loaded what it loads behind the first cell, and IOPub is heard.
    kernel.listen(1)
    return {"start": (reply.time - kernel.spawned) * 1e3}


def memory(kernel: Session, _: Cells) -> Figures:
    used = kernel.memory()
    return {
        "rss": used["rss"],
        "pss": used["pss"],
        "rss_besides_server": used["rss"] - used["server_rss"],
        "pss_besides_server": used["pss"] - used["server_pss"],
    }


def cells(kernel: Session, text: Cells) -> Figures:
    expect(kernel, "1 + 1", "2")
    # No two cells alike: none is answered from memory.
    trivial = [timed(kernel, f"{i} + 2", str(i + 2)) for i in range(TRIVIAL_CELLS)]
    thirty = [timed(kernel, text.thirty_lines.format(i=i), "2 7.142") for i in range(THIRTY_LINE_CELLS)]
    return {
        "trivial": statistics.median(trivial),
        "thirty_first": thirty[0],
        "thirty": statistics.median(thirty[1:]),
    }


def growing(kernel: Session, text: Cells) -> Figures:
    """Each cell computes from the one before."""
    times = [timed(kernel, text.first_state)]
    for i in range(1, GROWING_CELLS):
        times.append(timed(kernel, text.next_state.format(i=i, before=i - 1)))
    expect(kernel, f"v{GROWING_CELLS - 1}", str(GROWING_CELLS - 1))
    return {"first_20": statistics.median(times[:20]), "last_20": statistics.median(times[-20:])}


def editor(kernel: Session, text: Cells) -> Figures:
    figures: Figures = {}
    if text.before_completion:
        expect(kernel, text.before_completion, "")
    for figure, (code, wanted) in (("members", text.members), ("array_members", text.array_members)):
        times = [completion(kernel, code, wanted, i) for i in range(EDITOR_REQUESTS)]
        figures |= (
            {figure: f"without `{wanted}`"}
            if None in times
            else {f"{figure}_first": times[0], figure: statistics.median(times[1:])}
        )

    times, found = [], False
    for i in range(EDITOR_REQUESTS):
        code = "\n" * i + text.inspected
        sent = time.perf_counter()
        reply = kernel.request("inspect_request", {"code": code, "cursor_pos": len(code), "detail_level": 0})
        times.append((reply.time - sent) * 1e3)
        found = bool(reply.content.get("found"))
    figures["inspection"] = statistics.median(times[1:]) if found else "finds nothing"

    busy = kernel.begin(text.busy.format(n=1, ms=BUSY_MS))
    kernel.listen(0.5)
    times = [completion(kernel, text.members[0], text.members[1], i) for i in range(5)]
    ended = any(m.channel == "shell" and m.parent_id == busy.request for m in kernel.inbox)
    figures["members_while_busy"] = "after the cell" if ended or None in times else statistics.median(times)
    kernel.finish(busy, BUSY_MS / 1e3 + 10)
    return figures


def completion(kernel: Session, code: str, wanted: str, line: int) -> float | None:
    """Milliseconds until the names are there; None when the wanted one is not among them."""
    text = "\n" * line + code  # No two alike, as when somebody types.
    sent = time.perf_counter()
    reply = kernel.request("complete_request", {"code": text, "cursor_pos": len(text)})
    matches = reply.content.get("matches", [])
    offered = any(match == wanted or match.endswith("." + wanted) for match in matches)
    return (reply.time - sent) * 1e3 if offered else None


def flood(kernel: Session, text: Cells) -> Figures:
    cell = kernel.begin(text.flood.format(n=FLOOD_LINES, pad=FLOOD_WIDTH - 6))
    kernel.finish(cell, 30)
    seen = -1
    while seen != len(kernel.inbox):  # Until nothing has come for two seconds.
        seen = len(kernel.inbox)
        kernel.listen(2)
    streams = [m for m in kernel.inbox if m.channel == "iopub" and m.type == "stream" and m.parent_id == cell.request]
    printed = "".join(m.content["text"] for m in streams)
    numbers = [int(n) for n in re.findall(rf"(\d{{6}})x{{{FLOOD_WIDTH - 6}}}", printed)]
    late = sum(cell.idle is not None and m.time > cell.idle.time for m in streams)
    in_order = numbers == list(range(FLOOD_LINES))
    return {
        "flood": (streams[-1].time - cell.sent) * 1e3 if in_order else f"{len(numbers):,} lines came",
        "flood_messages": len(streams),
        "flood_after_idle": late,
    }


def html(kernel: Session, text: Cells) -> Figures:
    cell = kernel.run(text.html.format(n=BIG_HTML), 40)
    kernel.listen(0.3)
    sizes = [
        len(m.content["data"].get("text/html", ""))
        for m in kernel.inbox
        if m.channel == "iopub" and m.type in ("display_data", "execute_result") and m.parent_id == cell.request
    ]
    if max(sizes, default=0) != BIG_HTML:
        raise Wrong(f"wanted {BIG_HTML} characters of HTML, got {sizes}; {cell.shown[:200]}")
    return {"html": cell.seconds * 1e3}


def interrupt_loop(kernel: Session, text: Cells) -> Figures:
    return interrupted(kernel, text.keep, text.endless_loop, "interrupt_loop")


def interrupt_await(kernel: Session, text: Cells) -> Figures:
    return interrupted(kernel, text.keep, text.endless_await, "interrupt_await")


def interrupted(kernel: Session, keep: str, code: str, figure: str) -> Figures:
    kernel.run(keep)
    cell = kernel.begin(code)
    if kernel.finish(cell, 1):
        raise Wrong(f"`{code}` ended by itself: {cell.shown[:200]}")
    sent = time.perf_counter()
    kernel.interrupt()
    back = kernel.finish(cell, INTERRUPT_LIMIT)
    if not kernel.alive():
        return {figure: "kernel died", f"{figure}_state": "lost"}
    after = kernel.run("keep + 1", INTERRUPT_LIMIT)
    # The interrupted cell's own reply, if it comes only now.
    ended = any(m.channel == "shell" and m.parent_id == cell.request for m in kernel.inbox)
    for _ in range(3):
        if after.status.startswith("abort"):  # Some give up whatever comes for a while after an error.
            kernel.listen(0.6)
            after = kernel.run("keep + 1", INTERRUPT_LIMIT)
    kernel.listen(0.3)  # tslab's text may come after idle.
    state = "kept" if "42" in text_for(kernel, after) else "lost" if after.reply else "out of reach"
    if back:
        return {figure: (cell.sent + cell.seconds - sent) * 1e3, f"{figure}_state": state}
    return {figure: "back with the next request" if ended else "never ends", f"{figure}_state": state}


def timed(kernel: Session, code: str, wanted: str = "") -> float:
    return expect(kernel, code, wanted) * 1e3


def expect(kernel: Session, code: str, wanted: str) -> float:
    """Runs a cell; seconds."""
    cell = kernel.run(code)
    if cell.status != "ok":
        raise Wrong(f"`{code[:60]}` ended with {cell.status}: {cell.shown[:200]}")
    if wanted not in cell.shown:
        kernel.listen(0.3)  # tslab's text may come after idle.
        if wanted not in text_for(kernel, cell):
            raise Wrong(f"`{code[:60]}` showed {cell.shown[:200]!r} for {wanted!r}")
    return cell.seconds


def text_for(kernel: Session, cell: Cell) -> str:
    """What the cell has shown by now."""
    cell.published = [m for m in kernel.inbox if m.channel == "iopub" and m.parent_id == cell.request]
    return cell.shown


PARTS = {
    "cells": (memory, cells),
    "growing": (growing,),
    "editor": (editor,),
    "flood": (flood,),
    "html": (html,),
    "loop": (interrupt_loop,),
    "await": (interrupt_await,),
}
