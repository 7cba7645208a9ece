"""Who is measured, each in a process that waits between its turns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent


@dataclass
class Contestant:
    """A program that speaks as serve.py does."""

    name: str
    argv: list[str]
    env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    about: dict[str, object] = field(default_factory=dict)

    def start(self) -> bool:
        """Whether it can take part."""
        self.process = subprocess.Popen(
            self.argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **self.env},
            cwd=HERE,
        )
        self.about = self.answer()
        if self.about.get("ready"):
            return True
        print(f"{self.name} does not start: left out.", file=sys.stderr, flush=True)
        return False

    def ask(self, **request: object) -> dict[str, object]:
        assert self.process is not None and self.process.stdin is not None
        try:
            print(json.dumps(request), file=self.process.stdin, flush=True)
        except BrokenPipeError:
            return {"error": "ended"}
        return self.answer()

    def answer(self) -> dict[str, object]:
        assert self.process is not None and self.process.stdout is not None
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"error": "ended"}

    def stop(self) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
            self.process.wait()


def contestants(node: str, torch_python: str, folder: str, threads: int) -> list[Contestant]:
    """PyTorch first: it is what the others are compared with."""
    count = str(threads)
    ours = [node, str(HERE / "convlab.mjs")]
    wasm = {"CONVLAB_BACKEND": "wasm"}
    tensorflow = [sys.executable, str(HERE / "tensorflow_side.py"), count]
    return [
        Contestant("PyTorch", [torch_python, str(HERE / "torch_side.py"), count]),
        Contestant("convlab native", ours, {"CONVLAB_BACKEND": "native"}),
        Contestant("convlab wasm", ours, {**wasm, "CONVLAB_WASM_THREADS": count}),
        Contestant("convlab wasm, 1 thread", ours, {**wasm, "CONVLAB_WASM_THREADS": "1"}),
        Contestant("TensorFlow, eager", tensorflow),
        Contestant("TensorFlow, graph", [*tensorflow, "graph"]),
        Contestant("ONNX Runtime", [node, str(HERE / "onnx.mjs"), folder, count]),
        Contestant("convlab loops", [*ours, "reference"]),
    ]
