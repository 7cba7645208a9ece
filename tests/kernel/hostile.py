"""A kernel whose stderr is kept, and the messages that no front end should send."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import random
import re
import socket
import tempfile
import time
import uuid
from queue import Empty

import psutil
import zmq
from jupyter_client import BlockingKernelClient
from session import KERNEL, NODE

DELIMITER = b"<IDS|MSG>"
KEY = b"a-key-of-the-test"


def free_ports() -> dict[str, int]:
    names = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in names]
    ports = {name: one.getsockname()[1] for name, one in zip(names, sockets)}
    for one in sockets:
        one.close()
    return ports


class LoggedKernel:
    """A kernel started by hand, with a file for what it logs."""

    def __init__(self, **connection):
        self.folder = tempfile.mkdtemp(prefix="convlab hostile-")
        self.file = os.path.join(self.folder, "connection.json")
        self.connection = {
            "transport": "tcp",
            "ip": "127.0.0.1",
            "key": KEY.decode(),
            "signature_scheme": "hmac-sha256",
            **free_ports(),
            **connection,
        }
        with open(self.file, "w") as file:
            json.dump(self.connection, file)
        self.log_file = os.path.join(self.folder, "stderr")
        with open(self.log_file, "wb") as log:
            self.process = psutil.Popen([NODE, str(KERNEL), self.file], stderr=log, cwd=self.folder)
        self.client = BlockingKernelClient()
        self.client.load_connection_info({**self.connection, "key": self.connection["key"].encode()})
        if ":" in self.connection["ip"]:
            return  # jupyter_client does not know how to write such an address
        self.client.start_channels()
        self.wait_for_ready()

    def wait_for_ready(self, timeout: float = 60) -> None:
        """The client's own way takes a kernel for dead whose heart is a second late, as on a busy machine."""
        end = time.monotonic() + timeout
        while True:
            self.client.kernel_info()
            try:
                self.client.get_shell_msg(timeout=2)
                self.client.get_iopub_msg(timeout=2)
                return
            except Empty:
                if time.monotonic() > end or not self.process.is_running():
                    raise TimeoutError(f"no kernel within {timeout} s: {self.log[-500:]}") from None

    def address(self, name: str) -> str:
        port = self.connection[f"{name}_port"]
        if self.connection["transport"] == "ipc":
            return f"ipc://{self.connection['ip']}-{port}"
        ip = self.connection["ip"]
        return f"tcp://[{ip}]:{port}" if ":" in ip else f"tcp://{ip}:{port}"

    def connect(self, kind: int, name: str, **options) -> zmq.Socket:
        socket = zmq.Context.instance().socket(kind)
        socket.linger = 0
        for option, value in options.items():
            socket.setsockopt(getattr(zmq, option), value)
        socket.connect(self.address(name))
        return socket

    def value(self, code: str, timeout: float = 30) -> str | None:
        """Runs a cell; its value as text, or its error's name."""
        shown: list[str] = []

        def hook(message):
            content = message["content"]
            if message["msg_type"] == "execute_result":
                shown.append(content["data"]["text/plain"])

        reply = self.client.execute_interactive(code, timeout=timeout, output_hook=hook)["content"]
        if reply["status"] != "ok":
            return reply.get("ename", reply["status"])
        return shown[0] if shown else None

    @property
    def memory(self) -> int:
        """In MB."""
        return self.process.memory_info().rss >> 20

    @property
    def log(self) -> str:
        with open(self.log_file, encoding="utf8", errors="replace") as file:
            return file.read()

    @property
    def dropped(self) -> int:
        """How many messages it has told of that it dropped."""
        counts = re.findall(r"dropped (a message|\d+ more messages)", self.log)
        return sum(1 if count[0] == "a" else int(count.split()[0]) for count in counts)

    def close(self) -> None:
        self.client.stop_channels()
        if self.process.is_running():
            self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except psutil.TimeoutExpired:
            self.process.kill()


def signed(texts: list[bytes], key: bytes = KEY) -> list[bytes]:
    signature = hmac.new(key, b"".join(texts), hashlib.sha256).hexdigest().encode()
    return [DELIMITER, signature, *texts]


def request(kind: str, content: object, header: dict | None = None) -> list[bytes]:
    whole = {
        "msg_id": uuid.uuid4().hex,
        "session": "hostile",
        "username": "fuzzer",
        "date": "2026-01-01T00:00:00Z",
        "msg_type": kind,
        "version": "5.5",
        **(header or {}),
    }
    return signed([json.dumps(part).encode() for part in (whole, {}, {}, content)])


# Each is answered; what starts, ends or interrupts something has tests of its own.
SERVED = [
    "kernel_info_request",
    "complete_request",
    "inspect_request",
    "is_complete_request",
    "history_request",
    "comm_info_request",
    "comm_open",
    "comm_msg",
    "comm_close",
    "list_subshell_request",
    "delete_subshell_request",
]
FIELDS = (
    "code cursor_pos detail_level hist_access_type session start stop n pattern unique output raw "
    "target_name comm_id data subshell_id silent store_history user_expressions allow_stdin "
    "stop_on_error value __proto__ constructor toString"
).split()
TEXTS = ["", "1", "con", "a.b", "😀\ud83d", "\u0000", "(a+)+$", "*" * 40, "__proto__", "{" * 200, "const ="]


class Fuzzer:
    """Messages that are wrong in every way, the same ones for the same seed."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.ways = [
            self.noise,
            self.wrong_signature,
            self.missing_frames,
            self.no_json,
            self.no_object,
            self.cut_text,
            self.unknown_type,
            self.wrong_fields,
            self.wrong_header,
            self.wrong_channel,
            self.empty_frames,
            self.many_identities,
            self.two_delimiters,
        ]

    def message(self) -> tuple[list[bytes], bool]:
        """The frames, and whether they must be dropped."""
        return self.random.choice(self.ways)()

    def bytes(self, most: int = 60) -> bytes:
        return self.random.randbytes(self.random.randrange(most))

    def json(self, depth: int = 0) -> object:
        choice = self.random.randrange(9 if depth < 4 else 7)
        if choice < 2:
            return self.random.choice(TEXTS)
        if choice < 7:
            return self.random.choice([None, True, False, 0, -1, 1.5, 1e308, 2**63, -(2**40)])
        if choice == 7:
            return [self.json(depth + 1) for _ in range(self.random.randrange(4))]
        return {self.random.choice(FIELDS): self.json(depth + 1) for _ in range(self.random.randrange(4))}

    def good(self) -> list[bytes]:
        return request("kernel_info_request", {})

    def noise(self):
        return [self.bytes() for _ in range(self.random.randrange(1, 8))], True

    def wrong_signature(self):
        frames = self.good()
        frames[1] = self.random.choice([b"", b"0" * 64, frames[1][:-1], self.bytes(), frames[1].upper() + b"0"])
        return frames, True

    def missing_frames(self):
        return self.good()[: self.random.randrange(5)] or [b""], True

    def texts(self) -> list[bytes]:
        return self.good()[2:]

    def no_json(self):
        texts = self.texts()
        texts[self.random.randrange(4)] = self.random.choice([b"", b"{", b"nothing", b"{'a': 1}", b"\xff\xfe", b"{}{}"])
        return signed(texts), True

    def no_object(self):
        texts = self.texts()
        deep = b"[" * 20_000 + b"]" * 20_000
        texts[self.random.randrange(4)] = self.random.choice([b"null", b"1", b'"text"', b"[]", b"true", deep])
        return signed(texts), True

    def cut_text(self):
        """UTF-8 that ends in the middle of a character: still JSON, with a replacement character."""
        texts = self.texts()
        texts[3] = b'{"code": "' + "합성곱".encode()[: self.random.randrange(9)] + b'"}'
        return signed(texts), False

    def unknown_type(self):
        names = ["__proto__", "constructor", "toString", "", "execute", "status", "x" * 5000, "kernel_info_reply"]
        return request(self.random.choice(names), {}), True

    def wrong_fields(self):
        kind = self.random.choice(SERVED)
        content = {self.random.choice(FIELDS): self.json() for _ in range(self.random.randrange(6))}
        return request(kind, content), False

    def wrong_header(self):
        deep: object = {}
        for _ in range(300):
            deep = {"__proto__": deep}
        header = self.random.choice(
            [
                {"msg_id": None},
                {"msg_id": 5},
                {"msg_type": []},
                {"subshell_id": {}},
                {"subshell_id": 7},
            ]
        )
        return request("kernel_info_request", {}, self.random.choice([header, {"deep": deep}])), True

    def wrong_channel(self):
        return request("input_reply", {"value": "nobody asked"}), True

    def empty_frames(self):
        return [b""] * self.random.randrange(1, 12), True

    def many_identities(self):
        return [self.bytes(20) for _ in range(self.random.randrange(50))] + self.good(), False

    def two_delimiters(self):
        return [DELIMITER] * self.random.randrange(1, 9) + self.good()[1:], False
