"""The table of one measurement: medians over the runs, lowest and highest, and the ratio to ours within each run."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from measurements import Figures

Runs = dict[str, list[Figures]]  # by kernel; the same run has the same index everywhere

ROWS = [
    ("spawn to the first result (`1+1`), ms", "start"),
    ("trivial cell, ms", "trivial"),
    ("30-line cell, the first, ms", "thirty_first"),
    ("30-line cell, ms", "thirty"),
    ("first 20 of 200 growing cells, ms", "first_20"),
    ("last 20 of 200 growing cells, ms", "last_20"),
    ("completion of `Math.`, the first, ms", "members_first"),
    ("completion of `Math.`, ms", "members"),
    ("… while a cell runs, ms", "members_while_busy"),
    ("completion of `[1,2,3].`, ms", "array_members"),
    ("inspection of `Math.floor`, ms", "inspection"),
    ("20,000 lines until the last is there, ms", "flood"),
    ("… in how many messages", "flood_messages"),
    ("… messages after idle", "flood_after_idle"),
    ("10 MB of HTML, ms", "html"),
    ("interrupt of `while(true){}`, ms", "interrupt_loop"),
    ("… state", "interrupt_loop_state"),
    ("interrupt of an endless `await`, ms", "interrupt_await"),
    ("… state", "interrupt_await_state"),
    ("memory after start (RSS), MB", "rss"),
    ("… besides the language server", "rss_besides_server"),
    ("memory after start (PSS), MB", "pss"),
    ("… besides the language server", "pss_besides_server"),
]
COUNTS = {"flood_messages", "flood_after_idle"}


def table(runs: Runs) -> str:
    names = list(runs)
    lines = [f"| | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for title, figure in ROWS:
        if any(figure in run for run in runs["convlab"]):
            shown = (cell(runs[name], runs["convlab"], figure, name == "convlab") for name in names)
            lines.append(f"| {title} | {' | '.join(shown)} |")
    return "\n".join(lines)


def cell(theirs: list[Figures], ours: list[Figures], figure: str, is_ours: bool) -> str:
    values = [run[figure] for run in theirs if figure in run]
    words = list(dict.fromkeys(v for v in values if isinstance(v, str)))
    numbers = [v for v in values if isinstance(v, (int, float))]
    if words or not numbers:
        return " / ".join(words) or "–"
    low, middle, high = (written(v, figure) for v in (min(numbers), statistics.median(numbers), max(numbers)))
    text = middle if low == high else f"{middle} ({low}–{high})"
    ratio = None if is_ours or figure in COUNTS else ratio_to_ours(theirs, ours, figure)
    return text if ratio is None else f"{text}, ×{ratio:.2f}"


def written(value: float, figure: str) -> str:
    return f"{value:,.0f}" if value >= 100 or figure in COUNTS else f"{value:.1f}"


def ratio_to_ours(theirs: list[Figures], ours: list[Figures], figure: str) -> float | None:
    """The median over the runs of theirs divided by ours."""
    pairs = [(a.get(figure), b.get(figure)) for a, b in zip(theirs, ours)]
    ratios = [a / b for a, b in pairs if isinstance(a, (int, float)) and isinstance(b, (int, float)) and b > 0]
    return statistics.median(ratios) if ratios else None


@dataclass(frozen=True)
class Goal:
    """A figure of ours that must not exceed a number, or a peer's figure in the same run."""

    title: str
    ours: str  # the column
    figure: str
    peer: str | None = None
    limit: float | None = None


GOALS = [
    Goal("spawn to the first result, as fast as Deno", "convlab", "start", "Deno"),
    Goal("trivial cell unchecked, as fast as Deno", "convlab, unchecked", "trivial", "Deno"),
    Goal("trivial cell unchecked, as fast as ijavascript", "convlab, unchecked", "trivial", "ijavascript"),
    Goal("30 lines unchecked, as fast as Deno", "convlab, unchecked", "thirty", "Deno"),
    Goal("30 lines unchecked, as fast as ijavascript", "convlab, unchecked", "thirty", "ijavascript"),
    Goal("trivial cell checked, at most 10 ms", "convlab", "trivial", limit=10),
    Goal("30 lines checked, at most 20 ms", "convlab", "thirty", limit=20),
    Goal("completion, at most 15 ms", "convlab", "members", limit=15),
    Goal("completion while a cell runs, at most 15 ms", "convlab", "members_while_busy", limit=15),
    Goal("20,000 lines, as fast as ipykernel", "convlab", "flood", "ipykernel"),
    Goal("20,000 lines, none after idle", "convlab", "flood_after_idle", limit=0),
    Goal("10 MB of HTML, as fast as Deno", "convlab", "html", "Deno"),
    Goal("interrupt of a loop, at most 50 ms", "convlab", "interrupt_loop", limit=50),
    Goal("interrupt of an `await`, at most 50 ms", "convlab", "interrupt_await", limit=50),
    Goal("memory besides the language server, at most 90 MB", "convlab", "rss_besides_server", limit=90),
]


def goals(runs: Runs) -> str:
    """Which of the goals are reached: each compared within the same run, then the median."""
    lines = ["| goal | ours | against | reached |", "|---|---|---|---|"]
    for goal in GOALS:
        peer = next((name for name in runs if goal.peer and name.startswith(goal.peer)), None)
        if goal.peer and peer is None:
            continue
        ours = numbers(runs.get(goal.ours, []), goal.figure)
        if not ours:
            continue
        middle = written(statistics.median(ours), goal.figure)
        if peer is None:
            against, reached = f"{goal.limit:g}", statistics.median(ours) <= goal.limit
        else:
            ratio = ratio_to_ours(runs[peer], runs[goal.ours], goal.figure)
            if ratio is None:
                words = cell(runs[peer], [], goal.figure, True)
                if words == "–":
                    continue
                against, reached = words, True
            else:
                theirs = statistics.median(numbers(runs[peer], goal.figure))
                against, reached = f"{written(theirs, goal.figure)} (×{ratio:.2f})", ratio >= 1
        lines.append(f"| {goal.title} | {middle} | {against} | {'yes' if reached else '**no**'} |")
    return "\n".join(lines)


def numbers(runs: list[Figures], figure: str) -> list[float]:
    return [run[figure] for run in runs if isinstance(run.get(figure), (int, float))]
