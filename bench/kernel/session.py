"""A thin Jupyter client that notes when each message came, and reads it only when somebody looks: cheap under a flood."""

from __future__ import annotations

import json
import os
import re
import signal
import tempfile
import time
from pathlib import Path
from typing import Any, Callable

import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

DELIMITER = b"<IDS|MSG>"
START_LIMIT = 30.0  # seconds


class BrokenMessage(Exception):
    """A kernel sent frames that are no message of the protocol."""


class Message:
    """One message as it came off a socket; its parts are parsed on first use."""

    __slots__ = ("channel", "time", "frames", "_cut", "_parsed")

    def __init__(self, channel: str, arrived: float, frames: list[bytes]):
        self.channel = channel
        self.time = arrived
        self.frames = frames
        if DELIMITER not in frames:
            raise BrokenMessage(f"{channel}: {[frame[:60] for frame in frames]}")
        self._cut = frames.index(DELIMITER)
        self._parsed: dict[int, dict] = {}

    def _part(self, offset: int) -> dict:
        if offset not in self._parsed:
            self._parsed[offset] = json.loads(self.frames[self._cut + offset])
        return self._parsed[offset]

    @property
    def type(self) -> str:
        return self._part(2)["msg_type"]

    @property
    def parent_id(self) -> str:
        return self._part(3).get("msg_id", "")

    @property
    def content(self) -> dict:
        return self._part(5)

    @property
    def says_idle(self) -> bool:
        raw = self.frames[self._cut + 5]
        return len(raw) < 200 and b'"idle"' in raw and self.type == "status"


class Cell:
    """What came back for one execute_request."""

    def __init__(self, request: str, sent: float):
        self.request = request
        self.sent = sent
        self.published: list[Message] = []
        self.reply: Message | None = None
        self.idle: Message | None = None

    @property
    def finished(self) -> bool:
        return self.reply is not None and self.idle is not None

    @property
    def seconds(self) -> float:
        """From the request until reply and idle are there."""
        if self.reply is None or self.idle is None:
            raise TimeoutError(f"the cell did not end: {self.shown[:200]}")
        return max(self.reply.time, self.idle.time) - self.sent

    @property
    def status(self) -> str:
        return self.reply.content["status"] if self.reply else "no reply"

    @property
    def shown(self) -> str:
        """The text of its outputs and value: tslab prints values, the others send them."""
        parts = []
        for message in self.published:
            if message.type == "stream":
                parts.append(message.content["text"])
            elif message.type in ("execute_result", "display_data"):
                parts.append(str(message.content["data"].get("text/plain", "")))
            elif message.type == "error":
                parts.append(f"{message.content['ename']}: {message.content['evalue']}")
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", "".join(parts))


class Session:
    """One fresh kernel, spawned on entry and gone with all its processes on exit."""

    def __init__(self, argv: list[str], folder: str, env: dict[str, str], interrupt_mode: str):
        self.log = tempfile.TemporaryFile("w+")
        self.manager = KernelManager()
        # The manager would look a name up; here the command itself is what is measured.
        self.manager._kernel_spec = KernelSpec(
            argv=argv, display_name="bench", language="", interrupt_mode=interrupt_mode
        )
        self.inbox: list[Message] = []
        self.spawned = time.perf_counter()
        self.manager.start_kernel(cwd=folder, env={**os.environ, **env}, stdout=self.log, stderr=self.log)
        self.context = zmq.Context()
        # So that a start is not rounded up to the 100 ms after which zmq tries again.
        self.context.setsockopt(zmq.RECONNECT_IVL, 5)
        self.context.setsockopt(zmq.LINGER, 0)
        self.client = self.manager.client(context=self.context)
        self.client.start_channels(shell=True, iopub=True, stdin=True, hb=False, control=True)
        self.sockets = {name: getattr(self.client, f"{name}_channel").socket for name in ("shell", "iopub", "control")}
        self.poller = zmq.Poller()
        for socket in self.sockets.values():
            self.poller.register(socket, zmq.POLLIN)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        processes = process_tree(self.manager.provisioner.pid) if self.alive() else []
        self.client.stop_channels()
        if self.alive():
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()
        for pid in processes:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.context.destroy(linger=0)
        self.log.close()

    def alive(self) -> bool:
        return bool(self.manager.is_alive())

    def last_words(self) -> str:
        self.log.seek(0)
        return self.log.read()[-500:]

    def send(self, channel: str, kind: str, content: dict) -> str:
        message = self.client.session.msg(kind, content)
        self.client.session.send(self.sockets[channel], message)
        return message["header"]["msg_id"]

    def receive(self, until: Callable[[], Any], limit: float) -> bool:
        """Collects what comes until `until()` holds; False when the time is up or the process is gone."""
        end = time.perf_counter() + limit
        while not until():
            left = end - time.perf_counter()
            if left <= 0:
                return False
            ready = self.poller.poll(min(300, max(1, int(left * 1000))))
            self._read([socket for socket, _ in ready])
            if not ready and not self.alive():
                return bool(until())
        return True

    def _read(self, ready: list[zmq.Socket]) -> None:
        for name, socket in self.sockets.items():
            while socket in ready:
                try:
                    frames = socket.recv_multipart(zmq.NOBLOCK)
                except zmq.Again:
                    break
                self.inbox.append(Message(name, time.perf_counter(), frames))

    def listen(self, seconds: float) -> None:
        """Waits while still collecting."""
        self.receive(lambda: False, seconds)

    def request(self, kind: str, content: dict, limit: float = 15) -> Message:
        """Sends a request on shell; returns its reply."""
        sent_as = self.send("shell", kind, content)
        found = self._arrivals(lambda m: m.channel == "shell" and m.parent_id == sent_as)
        if not self.receive(found, limit):
            raise TimeoutError(f"no reply to {kind} within {limit} s: {self.last_words()}")
        return found()[0]

    def _arrivals(self, wanted: Callable[[Message], bool]) -> Callable[[], list[Message]]:
        """What of the inbox is wanted, each message looked at once."""
        seen, kept = 0, []

        def look() -> list[Message]:
            nonlocal seen
            kept.extend(m for m in self.inbox[seen:] if wanted(m))
            seen = len(self.inbox)
            return kept

        return look

    def begin(self, code: str) -> Cell:
        """Sends a cell without waiting for it."""
        self.inbox.clear()
        content = {
            **{"code": code, "silent": False, "store_history": True, "user_expressions": {}},
            **{"allow_stdin": False, "stop_on_error": True},
        }
        sent = time.perf_counter()
        return Cell(self.send("shell", "execute_request", content), sent)

    def finish(self, cell: Cell, limit: float) -> bool:
        """Collects until the cell has its reply and its idle."""
        seen = 0

        def complete() -> bool:
            nonlocal seen
            for message in self.inbox[seen:]:
                if message.channel == "shell" and message.parent_id == cell.request:
                    cell.reply = message
                elif message.channel == "iopub" and message.says_idle and message.parent_id == cell.request:
                    cell.idle = message
            seen = len(self.inbox)
            return cell.finished

        done = self.receive(complete, limit)
        cell.published = [m for m in self.inbox if m.channel == "iopub" and m.parent_id == cell.request]
        return done

    def run(self, code: str, limit: float = 60) -> Cell:
        cell = self.begin(code)
        self.finish(cell, limit)
        return cell

    def interrupt(self) -> None:
        """As a front end would: a message on control, or SIGINT, whichever the kernelspec asks for."""
        if self.manager.kernel_spec.interrupt_mode == "message":
            self.send("control", "interrupt_request", {})
        else:
            self.manager.interrupt_kernel()

    def memory(self) -> dict[str, float]:
        """Resident and proportional memory of the kernel and its children in MB; of the language server by itself."""
        total = {"rss": 0.0, "pss": 0.0, "server_rss": 0.0, "server_pss": 0.0}
        for pid in process_tree(self.manager.provisioner.pid):
            try:
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                continue  # It has just ended.
            for field in ("rss", "pss"):
                size = re.search(rf"^{field}:\s+(\d+) kB", rollup, re.MULTILINE | re.IGNORECASE)
                megabytes = int(size.group(1)) * 1024 / 1e6 if size else 0
                total[field] += megabytes
                if b"--lsp" in command:
                    total[f"server_{field}"] += megabytes
        return total


def process_tree(root: int) -> list[int]:
    """A process and its descendants, from Linux's /proc."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for pid in found:
        found.extend(children.get(pid, []))
    return found
