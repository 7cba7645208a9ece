"""Runs one notebook on a Jupyter kernel and writes what a handout is made of.

    python chapter.py NOTEBOOK --executed COPY.ipynb --body BODY.json [--kernel NAME] [--timeout SECONDS]

What happens is told on standard output, one JSON object a line: `start`, `cell` (before each code cell runs),
then `done` or `failed`. The notebook itself is never written to.
"""

import argparse
import json
import re
import sys
import time
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

sys.dont_write_bytecode = True  # Nothing is written beside the package's files.
from exporter import HandoutExporter  # noqa: E402

#: How the kernel names a place in the reader's cells: in a stack, and before a diagnostic.
FRAME = re.compile(r"\bcell \[(\d+)\], line (\d+)")
DIAGNOSTIC = re.compile(r"\bline (\d+), column \d+")
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def tell(event: str, **details) -> None:
    print(json.dumps({"event": event, **details}), flush=True)


def line_of(traceback: list, count: int | None) -> int | None:
    """The line of the cell with this execution count that a traceback names first, if it names one."""
    text = ANSI.sub("", "\n".join(traceback))
    frames = [int(line) for number, line in FRAME.findall(text) if int(number) == count]
    if frames:
        return frames[0]
    found = DIAGNOSTIC.search(text)
    return int(found[1]) if found and not FRAME.search(text) else None


def failure(notebook, number: int, index: int, error: Exception, timeout: int) -> dict:
    """What the reader of the terminal needs to know about a cell that failed."""
    where = {"cell": number, "line": None, "traceback": []}
    if isinstance(error, CellTimeoutError):
        return {**where, "message": f"the cell did not end within {timeout} seconds"}
    if isinstance(error, DeadKernelError):
        return {**where, "message": "the kernel died while the cell ran"}
    cell = notebook.cells[index]
    outputs = cell.get("outputs", [])
    traceback = next((o["traceback"] for o in reversed(outputs) if o["output_type"] == "error"), [])
    if isinstance(error, CellExecutionError):
        message = f"{error.ename}: {error.evalue}" if error.ename else error.evalue
        clean = [ANSI.sub("", line) for line in traceback]
        line = line_of(traceback, cell.get("execution_count"))
        return {"cell": number, "line": line, "message": message, "traceback": clean}
    return {**where, "message": f"{type(error).__name__}: {error}"}


def run(arguments: argparse.Namespace) -> int:
    path = Path(arguments.notebook)
    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        tell("failed", message=f"there is no notebook {path}")
        return 1
    except Exception as error:
        tell("failed", message=f"{path.name} is not a Jupyter notebook: {str(error).splitlines()[0]}")
        return 1

    cells = [i for i, c in enumerate(notebook.cells) if c.cell_type == "code" and c.source.strip()]
    tell("start", cells=len(cells))
    current = [0]

    def started(cell, cell_index):
        if cell_index in cells:
            current[0] = cells.index(cell_index) + 1
            tell("cell", number=current[0], of=len(cells))

    client = NotebookClient(
        notebook,
        kernel_name=arguments.kernel,
        timeout=arguments.timeout,
        startup_timeout=120,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.resolve().parent)}},
        on_cell_start=started,
    )
    begin = time.monotonic()
    try:
        client.execute()
    except NoSuchKernel:
        tell(
            "failed",
            message=f'Jupyter knows no kernel named "{arguments.kernel}"; '
            "install it with: convlab kernel install",
        )
        return 1
    except Exception as error:
        index = cells[current[0] - 1] if current[0] else 0
        # The number that the reader counts: all code cells, the empty ones too.
        number = sum(1 for c in notebook.cells[: index + 1] if c.cell_type == "code")
        write(arguments.executed, nbformat.writes(notebook))
        if current[0] == 0:
            tell("failed", message=f"the kernel did not start: {str(error).strip().splitlines()[-1]}")
        else:
            tell("failed", **failure(notebook, number, index, error, arguments.timeout))
        return 1
    seconds = time.monotonic() - begin
    write(arguments.executed, nbformat.writes(notebook))
    body = HandoutExporter().export(notebook, path.resolve().parent, arguments.language)
    write(arguments.body, json.dumps(body, ensure_ascii=False))
    tell("done", cells=len(cells), seconds=round(seconds, 3))
    return 0


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook")
    parser.add_argument("--executed", required=True)
    parser.add_argument("--body", required=True)
    parser.add_argument("--kernel", default="convlab")
    parser.add_argument("--language", default="en")
    parser.add_argument("--timeout", type=int, default=600)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
