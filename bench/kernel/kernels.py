"""How each kernel is started, and the cells that it is given: the same programs, in its own words."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

THIRTY_LINES = """\
interface Shape{i} {{
  readonly kind: "square" | "circle";
  area(): number;
}}
interface Box{i}<T extends Shape{i}> {{
  items: T[];
}}
type Summary{i}<K extends string> = {{ [P in K]: number }};
abstract class Base{i} implements Shape{i} {{
  abstract readonly kind: "square" | "circle";
  abstract area(): number;
  toString(): string {{ return `${{this.kind}}:${{this.area().toFixed(2)}}`; }}
}}
class Square{i} extends Base{i} {{
  readonly kind = "square" as const;
  constructor(private side: number) {{ super(); }}
  area(): number {{ return this.side * this.side; }}
}}
class Circle{i} extends Base{i} {{
  readonly kind = "circle" as const;
  constructor(private radius: number) {{ super(); }}
  area(): number {{ return Math.PI * this.radius ** 2; }}
}}
function total{i}<T extends Shape{i}>(box: Box{i}<T>): Summary{i}<"n" | "area"> {{
  const area = box.items.map((s) => s.area()).reduce((a, b) => a + b, 0);
  return {{ n: box.items.length, area }};
}}
const box{i}: Box{i}<Shape{i}> = {{ items: [new Square{i}(2), new Circle{i}(1)] }};
const sum{i} = total{i}(box{i});
console.log(sum{i}.n, sum{i}.area.toFixed(3));"""

THIRTY_LINES_JAVASCRIPT = """\
// The same program for a language without types:
// what they would say is left out,
// and so are the interfaces.
class Base{i} {{
  toString() {{ return `${{this.kind}}:${{this.area().toFixed(2)}}`; }}
}}
class Square{i} extends Base{i} {{
  constructor(side) {{
    super();
    this.kind = "square";
    this.side = side;
  }}
  area() {{ return this.side * this.side; }}
}}
class Circle{i} extends Base{i} {{
  constructor(radius) {{
    super();
    this.kind = "circle";
    this.radius = radius;
  }}
  area() {{ return Math.PI * this.radius ** 2; }}
}}
function total{i}(box) {{
  const area = box.items.map((s) => s.area()).reduce((a, b) => a + b, 0);
  return {{ n: box.items.length, area }};
}}
const box{i} = {{ items: [new Square{i}(2), new Circle{i}(1)] }};
const sum{i} = total{i}(box{i});
console.log(sum{i}.n, sum{i}.area.toFixed(3));
// The thirtieth line."""

THIRTY_LINES_PYTHON = """\
import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar
class Shape{i}(Protocol):
    kind: str
    def area(self) -> float: ...
T{i} = TypeVar("T{i}", bound=Shape{i})
class Base{i}(ABC):
    kind = "?"
    @abstractmethod
    def area(self) -> float: ...
    def __str__(self) -> str:
        return f"{{self.kind}}:{{self.area():.2f}}"
class Square{i}(Base{i}):
    kind = "square"
    def __init__(self, side: float): self.side = side
    def area(self) -> float: return self.side * self.side
class Circle{i}(Base{i}):
    kind = "circle"
    def __init__(self, radius: float): self.radius = radius
    def area(self) -> float: return math.pi * self.radius ** 2
@dataclass
class Box{i}(Generic[T{i}]):
    items: list[T{i}] = field(default_factory=list)
def total{i}(box: "Box{i}[T{i}]") -> dict[str, float]:
    return {{"n": len(box.items), "area": sum(s.area() for s in box.items)}}
box{i} = Box{i}([Square{i}(2), Circle{i}(1)])
sum{i} = total{i}(box{i})
print(sum{i}["n"], f"{{sum{i}['area']:.3f}}")"""


@dataclass(frozen=True)
class Cells:
    """What a kernel is given; TypeScript unless said otherwise."""

    thirty_lines: str = THIRTY_LINES  # prints "2 7.142"
    keep: str = "let keep = 41;"
    first_state: str = "const v0 = 0;"
    next_state: str = "const v{i} = v{before} + 1;"
    members: tuple[str, str] = ("Math.", "floor")
    array_members: tuple[str, str] = ("[1,2,3].", "map")
    inspected: str = "Math.floor"
    before_completion: str = ""
    busy: str = "const end{n} = Date.now() + {ms}; while (Date.now() < end{n}) {{}}"
    flood: str = "for (let i = 0; i < {n}; i++) console.log(String(i).padStart(6, '0') + 'x'.repeat({pad}))"
    html: str = 'import * as tslab from "tslab"; tslab.display.html("x".repeat({n}))'
    endless_loop: str = "while (true) {}"
    endless_await: str = "await new Promise(() => {})"


PYTHON = Cells(
    thirty_lines=THIRTY_LINES_PYTHON,
    keep="keep = 41",
    first_state="v0 = 0",
    next_state="v{i} = v{before} + 1",
    members=("math.", "floor"),
    array_members=("[1,2,3].", "append"),
    inspected="math.floor",
    before_completion="import math",
    busy="import time\nend = time.time() + {ms} / 1000\nwhile time.time() < end: pass",
    flood="for i in range({n}): print(str(i).zfill(6) + 'x' * {pad})",
    html='from IPython.display import display, HTML; display(HTML("x" * {n}))',
    endless_loop="while True: pass",
    endless_await="import asyncio; await asyncio.Event().wait()",
)
DENO = Cells(html='await Deno.jupyter.display({{ "text/html": "x".repeat({n}) }}, {{ raw: true }})')
JAVASCRIPT = Cells(
    thirty_lines=THIRTY_LINES_JAVASCRIPT,
    html='$$.html("x".repeat({n}))',
    endless_await="$$.async(); new Promise(function () {})",
)


@dataclass(frozen=True)
class Kernel:
    """One column of the table."""

    name: str
    argv: list[str]
    cells: Cells = field(default_factory=Cells)
    env: dict[str, str] = field(default_factory=dict)
    # What its kernelspec asks for.
    interrupt_mode: str = "signal"


def installed(node: str, ijavascript: Path | None) -> tuple[list[Kernel], list[str]]:
    """The kernels that are here, ours first, and the names of those that are not."""
    modules = ROOT / "node_modules"
    ours = Kernel(
        "convlab",
        [node, str(ROOT / "dist" / "kernel" / "main.cjs"), "{connection_file}"],
        interrupt_mode="message",
    )
    script = (ijavascript or Path("ijavascript")) / "node_modules" / "ijavascript" / "lib" / "kernel.js"
    kernels = [
        ours,
        replace(ours, name="convlab, unchecked", env={"CONVLAB_TYPECHECK": "off"}),
        Kernel(
            f"tslab {version(modules / 'tslab')}",
            [node, str(modules / "tslab" / "bin" / "tslab"), "kernel", "--config-path", "{connection_file}"],
        ),
        Kernel(
            f"Deno {version(modules / 'deno')}",
            [str(modules / "deno" / "deno"), "jupyter", "--kernel", "--conn", "{connection_file}"],
            DENO,
        ),
        Kernel(
            f"ijavascript {version(script.parents[1])}",
            [node, str(script), "--hide-undefined", "{connection_file}", "--protocol=5.1"],
            JAVASCRIPT,
        ),
        Kernel(
            f"ipykernel {python_version('ipykernel')}",
            [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            PYTHON,
        ),
    ]
    there = [k for k in kernels if all(os.path.exists(part) for part in k.argv[:2] if os.path.isabs(part))]
    return there, [k.name for k in kernels if k not in there]


def version(package: Path) -> str:
    try:
        return json.loads((package / "package.json").read_text("utf8"))["version"]
    except OSError:
        return "(not installed)"


def python_version(package: str) -> str:
    from importlib.metadata import version as installed_version

    return installed_version(package)


def find_node() -> str:
    node = os.environ.get("CONVLAB_NODE") or shutil.which("node")
    if node is None:
        raise SystemExit("Node was not found; CONVLAB_NODE can name it.")
    return node
