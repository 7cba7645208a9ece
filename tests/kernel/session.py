"""A kernel under test, spoken to by the real jupyter_client, every message held against the schemas."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
import unittest
from pathlib import Path
from queue import Empty

import jsonschema
import psutil
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).resolve().parents[2]
NODE = os.environ.get("CONVLAB_NODE") or shutil.which("node")
KERNEL = ROOT / "dist" / "kernel" / "main.cjs"
TIMEOUT = 30

schema = json.loads((ROOT / "tests" / "wire" / "messages.schema.json").read_text("utf8"))
_validators = {
    (channel, kind): jsonschema.Draft7Validator(content)
    for channel in ("iopub", "reply")
    for kind, content in schema["definitions"][channel].items()
}
_header = jsonschema.Draft7Validator(schema["definitions"]["header"])

# jupyter_client looks for kernels here first: the kernel just built, whatever else is installed.
_specs = tempfile.mkdtemp(prefix="convlab-specs-")


def kernel_at(path: Path, name: str = "convlab-copy") -> str:
    """Makes the kernel that lies at `path` known to Jupyter; returns its name."""
    folder = Path(_specs) / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    spec = {
        "argv": [NODE, str(path), "{connection_file}"],
        "display_name": "TypeScript (convlab)",
        "language": "typescript",
        "interrupt_mode": "message",
    }
    (folder / "kernel.json").write_text(json.dumps(spec), "utf8")
    return name


kernel_at(KERNEL, "convlab")
os.environ["JUPYTER_PATH"] = os.pathsep.join(
    [_specs, *filter(None, [os.environ.get("JUPYTER_PATH")])]
)


def check_message(channel: str, message: dict) -> None:
    """Raises when a message from the kernel is not what protocol 5.5 wants."""
    kind = message["header"]["msg_type"]
    header = {**message["header"], "date": message["header"]["date"]}
    if not isinstance(header["date"], str):  # jupyter_client has parsed it
        header["date"] = header["date"].isoformat()
    _header.validate(header)
    validator = _validators.get(("iopub" if channel == "iopub" else "reply", kind))
    if validator is None:
        raise AssertionError(f"{kind} on {channel} is no message of the protocol")
    validator.validate(message["content"])


class Result:
    """What one cell answered and published."""

    def __init__(self, reply: dict, outputs: list[dict]):
        self.reply = reply["content"]
        self.messages = outputs

    def of(self, kind: str) -> list[dict]:
        return [m["content"] for m in self.messages if m["header"]["msg_type"] == kind]

    def stream(self, name: str) -> str:
        return "".join(c["text"] for c in self.of("stream") if c["name"] == name)

    @property
    def stdout(self) -> str:
        return self.stream("stdout")

    @property
    def stderr(self) -> str:
        return self.stream("stderr")

    @property
    def status(self) -> str:
        return self.reply["status"]

    @property
    def text(self) -> str | None:
        """The cell's value as text."""
        results = self.of("execute_result")
        return results[0]["data"].get("text/plain") if results else None

    @property
    def error(self) -> dict | None:
        errors = self.of("error")
        return errors[0] if errors else None

    @property
    def kinds(self) -> list[str]:
        return [m["header"]["msg_type"] for m in self.messages]


class Session:
    """A running kernel in a folder of its own."""

    def __init__(self, folder: str | None = None, env: dict | None = None, kernel: str = "convlab"):
        self.folder = folder or os.path.realpath(tempfile.mkdtemp(prefix="convlab nb-"))
        self.manager = KernelManager(
            kernel_name=kernel, kernel_spec_manager=KernelSpecManager()
        )
        self.manager.start_kernel(cwd=self.folder, env={**os.environ, **(env or {})})
        self.client = self.manager.client()
        # What arrived while another request was waited for.
        self._published: dict[str, list[dict]] = {}
        self._replies: dict[str, dict] = {}
        self.client.start_channels()
        try:
            self.client.wait_for_ready(timeout=TIMEOUT)
        except RuntimeError:
            self.close()
            raise

    def start(self, code: str, **options) -> str:
        return self.client.execute(code, **options)

    def begin(self, code: str) -> str:
        """Starts a cell; returns when its own code runs, however long its check and its imports take."""
        request = self.start(f"console.log('begun');{code}")
        end = time.monotonic() + TIMEOUT
        while not any(m["header"]["msg_type"] == "stream" for m in self._published.get(request, [])):
            self.hear(end - time.monotonic())
        return request

    def hear(self, timeout: float) -> dict:
        """The next message on IOPub, checked, and kept for the request that it belongs to."""
        message = self.client.get_iopub_msg(timeout=max(0.01, timeout))
        check_message("iopub", message)
        self._published.setdefault(message["parent_header"].get("msg_id"), []).append(message)
        return message

    def wait(self, request: str, timeout: float = TIMEOUT) -> Result:
        """Collects what a request brings, until its reply and its idle are there."""
        end = time.monotonic() + timeout
        outputs = self._published.setdefault(request, [])
        while not (outputs and outputs[-1]["content"].get("execution_state") == "idle"):
            try:
                self.hear(end - time.monotonic())
            except Empty:
                seen = [(m["header"]["msg_type"], m["content"]) for m in outputs][-5:]
                raise TimeoutError(f"no idle within {timeout} s; last outputs: {seen}") from None
        del self._published[request]
        return Result(self.reply_to(request, max(0.1, end - time.monotonic())), outputs)

    def reply_to(self, request: str, timeout: float = TIMEOUT, channel: str = "shell") -> dict:
        get = getattr(self.client, f"get_{channel}_msg")
        while request not in self._replies:
            message = get(timeout=timeout)
            check_message(channel, message)
            self._replies[message["parent_header"].get("msg_id")] = message
        return self._replies.pop(request)

    def run(self, code: str, timeout: float = TIMEOUT, **options) -> Result:
        return self.wait(self.start(code, **options), timeout)

    def request(self, kind: str, content: dict, channel: str = "shell") -> dict:
        """Sends any request; returns the whole reply."""
        message = self.client.session.msg(kind, content)
        getattr(self.client, f"{channel}_channel").send(message)
        return self.reply_to(message["header"]["msg_id"], channel=channel)

    def interrupt(self) -> dict:
        return self.request("interrupt_request", {}, "control")

    def write(self, name: str, text: str) -> None:
        path = Path(self.folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8")

    @property
    def pid(self) -> int:
        return self.manager.provisioner.pid

    def language_server(self):
        """The one process that checks types."""
        children = psutil.Process(self.pid).children(recursive=True)
        (server,) = [child for child in children if "--lsp" in child.cmdline()]
        return server

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=not self.manager.is_alive())
        self.manager.cleanup_resources()


class KernelCase(unittest.TestCase):
    """Tests that share one kernel; each uses names of its own."""

    session: Session

    @classmethod
    def setUpClass(cls) -> None:
        cls.session = Session()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.session.close()

    def ok(self, code: str, **options) -> Result:
        result = self.session.run(code, **options)
        self.assertEqual(result.status, "ok", (code, result.reply.get("traceback")))
        self.assertIsNone(result.error)
        return result

    def fails(self, code: str, **options) -> Result:
        """Runs a cell that must fail; the error must be on IOPub and in the reply, both the same."""
        result = self.session.run(code, **options)
        self.assertEqual(result.status, "error", code)
        self.assertEqual(len(result.of("error")), 1)
        for field in ("ename", "evalue", "traceback"):
            self.assertEqual(result.error[field], result.reply[field])
        return result

    def value(self, code: str, **options) -> str | None:
        return self.ok(code, **options).text
