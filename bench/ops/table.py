"""The tables of one measurement: medians over the rounds, and ratios to PyTorch taken within each round."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

Rounds = dict[str, dict[str, list[float]]]  # task, contestant: a median for each round, in milliseconds

BASE = "PyTorch"
TASKS = {
    "conv56": "convolution 3×3, 56×56×64→128",
    "conv224": "convolution 3×3, 224×224×3→64",
    "vgg16": "VGG16 forward, one picture",
    "step": "training step, 64 pictures",
}
LOOPS = "loops"
# Multiplications with additions of the task "loops": 32·32 places, 3·3·16 weights, 32 filters.
LOOPS_MACS = 32 * 32 * 3 * 3 * 16 * 32


def table(rounds: Rounds, names: list[str]) -> str:
    tasks = [task for task in TASKS if task in rounds]
    lines = [f"| | {' | '.join(TASKS[task] for task in tasks)} |", "|---" + "|---:" * len(tasks) + "|"]
    for name in names:
        cells = [cell(rounds[task], name) for task in tasks]
        if any(one != "–" for one in cells):
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def cell(measured: dict[str, list[float]], name: str) -> str:
    if name not in measured:
        return "–"
    text = written(statistics.median(measured[name]))
    ratio = ratio_to_base(measured, name)
    return text if name == BASE or ratio is None else f"{text}, ×{ratio:.2f}"


def ratio_to_base(measured: dict[str, list[float]], name: str) -> float | None:
    if name not in measured or BASE not in measured:
        return None
    return statistics.median(ours / base for ours, base in zip(measured[name], measured[BASE]))


def written(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


@dataclass(frozen=True)
class Goal:
    """A ratio to PyTorch that must not be exceeded."""

    title: str
    task: str
    contestant: str
    limit: float


GOALS = [
    Goal("convolution 56×56×64→128, native", "conv56", "convlab native", 1.0),
    Goal("VGG16 forward, native", "vgg16", "convlab native", 1.0),
    Goal("VGG16 forward, wasm", "vgg16", "convlab wasm", 3.0),
    Goal("training step, native", "step", "convlab native", 1.3),
]


def goals(rounds: Rounds, added: float | None) -> str:
    lines = ["| goal | measured | at most | reached |", "|---|---:|---:|---|"]

    def row(title: str, measured: str, limit: str, reached: bool) -> None:
        lines.append(f"| {title} | {measured} | {limit} | {'yes' if reached else '**no**'} |")

    for goal in GOALS:
        ratio = ratio_to_base(rounds.get(goal.task, {}), goal.contestant)
        if ratio is not None:
            row(f"{goal.title}, times PyTorch", f"{ratio:.2f}", f"{goal.limit:g}", ratio <= goal.limit)
    if added is not None:
        row('`import "convlab"`, ms more than a bare Node', f"{added:.0f}", "60", added <= 60)
    loops = rounds.get(LOOPS, {}).get("convlab loops")
    if loops:
        speed = LOOPS_MACS / statistics.median(loops) / 1e6
        row("`reference.conv2d`, billion multiply-adds a second", f"{speed:.2f}", "at least 0.3", speed >= 0.3)
    return "\n".join(lines)
