"""tslab.display, newDisplay and versions: every one of them on our kernel and on the real tslab, the bundles compared."""

from __future__ import annotations

import base64
import json
import os
import re
import tempfile
import time
import unittest
from pathlib import Path

import session
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

TSLAB = session.ROOT / "node_modules" / "tslab"

_folder = Path(session._specs) / "kernels" / "real-tslab"
_folder.mkdir(parents=True)
(_folder / "kernel.json").write_text(
    json.dumps(
        {
            "argv": [session.NODE, str(TSLAB / "bin" / "tslab"), "kernel", "--config-path", "{connection_file}"],
            "display_name": "tslab",
            "language": "typescript",
        }
    ),
    "utf8",
)


class Peer:
    """A kernel of which nothing is assumed but that it displays: tslab's messages are not all as protocol 5.3 has them."""

    def __init__(self, kernel: str):
        self.manager = KernelManager(kernel_name=kernel, kernel_spec_manager=KernelSpecManager())
        self.manager.start_kernel(cwd=os.path.realpath(tempfile.mkdtemp(prefix=f"{kernel}-")))
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, code: str) -> list[dict]:
        """What a cell published, without what only says that it ran."""
        request = self.client.execute(code)
        outputs: list[dict] = []
        end = time.monotonic() + 60
        while True:
            message = self.client.get_iopub_msg(timeout=max(0.1, end - time.monotonic()))
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                break
            if kind not in ("status", "execute_input"):
                outputs.append({"kind": kind, **content})
        # After a cell that failed, tslab answers "abort" to whatever comes within 200 ms.
        reply = self.client.get_shell_msg(timeout=10)
        while reply["parent_header"].get("msg_id") != request:
            reply = self.client.get_shell_msg(timeout=10)
        if reply["content"]["status"] == "abort":
            time.sleep(0.1)
            return self.run(code)
        return outputs

    def displays(self, code: str) -> list[dict]:
        """The displays of a cell, each id replaced by how many there were before it."""
        outputs = self.run(code)
        errors = [one for one in outputs if one["kind"] in ("error", "stream") and one.get("name") != "stdout"]
        if errors:
            raise AssertionError((code, errors))
        ids: list[str] = []
        found = []
        for one in outputs:
            if "display" not in one["kind"]:
                continue
            transient = dict(one["transient"])
            if "display_id" in transient:
                if transient["display_id"] not in ids:
                    ids.append(transient["display_id"])
                transient["display_id"] = ids.index(transient["display_id"])
            found.append({"kind": one["kind"], "data": one["data"], "metadata": one["metadata"], "transient": transient})
        return found

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()


BYTES = "Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 255])"
BUFFER = "Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 255])"
BASE64 = base64.b64encode(bytes([137, 80, 78, 71, 13, 10, 26, 10, 0, 255])).decode()

TEXTS = {
    "javascript": "text/javascript",
    "html": "text/html",
    "markdown": "text/markdown",
    "latex": "text/latex",
    "svg": "image/svg+xml",
    "text": "text/plain",
}
BINARIES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "pdf": "application/pdf"}


def once(mime: str, data: object) -> list[dict]:
    return [{"kind": "display_data", "data": {mime: data}, "metadata": {}, "transient": {}}]


def overwritten(mime: str, *data: object) -> list[dict]:
    kinds = ["display_data"] + ["update_display_data"] * (len(data) - 1)
    return [
        {"kind": kind, "data": {mime: one}, "metadata": {}, "transient": {"display_id": 0}}
        for kind, one in zip(kinds, data)
    ]


CASES: dict[str, list[dict]] = {}
for name, mime in TEXTS.items():
    CASES[f"tslab.display.{name}('<i>1</i> 합성곱 \\\\n $x$')"] = once(mime, "<i>1</i> 합성곱 \\n $x$")
    CASES[f"tslab.display.{name}('')"] = once(mime, "")
    CASES[f"const d_{name} = tslab.newDisplay(); d_{name}.{name}('a'); d_{name}.{name}('b'); d_{name}.{name}('c')"] = (
        overwritten(mime, "a", "b", "c")
    )
for name, mime in BINARIES.items():
    CASES[f"tslab.display.{name}({BYTES})"] = once(mime, BASE64)
    CASES[f"tslab.display.{name}({BUFFER})"] = once(mime, BASE64)
    CASES[f"tslab.display.{name}(new Uint8Array(0))"] = once(mime, "")
    CASES[f"const b_{name} = tslab.newDisplay(); b_{name}.{name}({BYTES}); b_{name}.{name}({BUFFER})"] = overwritten(
        mime, BASE64, BASE64
    )
CASES |= {
    f"tslab.display.png({BUFFER}.subarray(1, 3))": once("image/png", "UE4="),
    "tslab.display.png(new Uint8Array(100_000))": once("image/png", base64.b64encode(bytes(100_000)).decode()),
    "tslab.display.raw('text/x-own', 'own')": once("text/x-own", "own"),
    f"tslab.display.raw('application/x-own', {BYTES})": once("application/x-own", BASE64),
    "const r = tslab.newDisplay(); r.raw('text/html', '<b>'); r.raw('text/html', '<i>')": overwritten(
        "text/html", "<b>", "<i>"
    ),
    # The forms in which a cell comes by the module.
    "import { display as named } from 'tslab'; named.text('named')": once("text/plain", "named"),
    "import { newDisplay as makeOne } from 'tslab'; makeOne().text('made')": overwritten("text/plain", "made"),
    "const required = require('tslab'); required.display.text('required')": once("text/plain", "required"),
    "import * as again from 'tslab'; again.display.text(String(again.display === tslab.display))": once(
        "text/plain", "true"
    ),
    "function inside() { tslab.display.text('from a function') } inside()": once("text/plain", "from a function"),
    "await Promise.resolve(); tslab.display.text('after an await')": once("text/plain", "after an await"),
    "tslab.display.text('1'); tslab.display.html('2')": once("text/plain", "1") + once("text/html", "2"),
    "const two = [tslab.newDisplay(), tslab.newDisplay()]; two[0].text('a'); two[1].text('b'); two[0].text('c')": [
        {"kind": kind, "data": {"text/plain": text}, "metadata": {}, "transient": {"display_id": display}}
        for kind, text, display in [
            ("display_data", "a", 0),
            ("display_data", "b", 1),
            ("update_display_data", "c", 0),
        ]
    ],
    "tslab.display.text(['tslab', 'typescript', 'node'].map((k) => typeof (tslab.versions as any)[k]).join())": once(
        "text/plain", "string,string,string"
    ),
    "tslab.display.text(Object.keys(tslab.versions).join()); tslab.display.text(String(tslab.versions.node === process.version))": once(
        "text/plain", "tslab,typescript,node"
    )
    + once("text/plain", "true"),
    # Ours has a `default` besides, for `import tslab from "tslab"`.
    "tslab.display.text(Object.keys(tslab).filter((k) => k !== 'default').sort().join())": once("text/plain", "display,newDisplay,versions"),
    "tslab.display.text([tslab.display.text('x'), tslab.display.raw('text/html', 'x')].map(String).join())": once(
        "text/plain", "x"
    )
    + once("text/html", "x")
    + once("text/plain", "undefined,undefined"),
}

# Where we differ on purpose: `cell: (tslab's display, ours)`.
DIFFERENT: dict[str, tuple[list[dict], list[dict]]] = {
    # JupyterLab draws nothing of a JSON type that comes as a string, and the saved notebook opens blank.
    "tslab.display.raw('application/json', '{\"a\": [1]}')": (
        once("application/json", '{"a": [1]}'),
        once("application/json", {"a": [1]}),
    ),
    "tslab.display.raw('application/vnd.plotly.v1+json', '{\"data\": []}')": (
        once("application/vnd.plotly.v1+json", '{"data": []}'),
        once("application/vnd.plotly.v1+json", {"data": []}),
    ),
    # Text types are text: Jupyter takes nothing else.
    "tslab.display.text(5 as any)": (once("text/plain", 5), once("text/plain", "5")),
    # Half a surrogate pair is no text: a notebook that holds it can't be saved.
    "tslab.display.text('\\ud83d')": (once("text/plain", "\ud83d"), once("text/plain", "\ufffd")),
}


@unittest.skipUnless(TSLAB.is_dir(), "tslab is not installed: npm install")
class Tslab(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.ours = Peer("convlab")
        cls.addClassCleanup(cls.ours.close)
        cls.real = Peer("real-tslab")
        cls.addClassCleanup(cls.real.close)
        for kernel in (cls.ours, cls.real):
            kernel.displays("import * as tslab from 'tslab'")

    def test_every_function_shows_the_same(self):
        for code, expected in CASES.items():
            with self.subTest(code=code):
                ours = self.ours.displays(code)
                self.assertEqual(ours, expected)
                self.assertEqual(self.real.displays(code), ours)

    def test_all_that_tslab_declares_is_tried(self):
        declared = (TSLAB / "dist" / "public.d.ts").read_text("utf8")
        functions = re.findall(r"^ +(\w+)\(", declared, re.MULTILINE)
        self.assertGreater(len(functions), 10)
        for name in functions:
            self.assertTrue(any(f"display.{name}(" in code for code in CASES), name)
            self.assertTrue(any(f".{name}(" in code for code in CASES if "newDisplay" in code), name)
        for name in re.findall(r"^export declare (?:const|function) (\w+)", declared, re.MULTILINE):
            self.assertTrue(any(f"tslab.{name}" in code for code in CASES), name)

    def test_where_we_differ_on_purpose(self):
        for code, (theirs, ours) in DIFFERENT.items():
            with self.subTest(code=code):
                self.assertEqual(self.ours.displays(code), ours)
                self.assertEqual(self.real.displays(code), theirs)

    def test_a_display_is_updated_from_a_later_cell(self):
        for kernel in (self.ours, self.real):
            (first,) = [one for one in kernel.run("const later = tslab.newDisplay(); later.text('1')") if "display" in one["kind"]]
            (second,) = [one for one in kernel.run("later.html('2')") if "display" in one["kind"]]
            self.assertEqual(second["kind"], "update_display_data")
            self.assertEqual(second["transient"], first["transient"])

    def test_the_types_are_tslabs(self):
        for wrong in ("tslab.display.html(5)", "tslab.display.png('x')", "tslab.newDisplay(1)", "tslab.versions.none"):
            for kernel in (self.ours, self.real):
                with self.subTest(code=wrong):
                    outputs = kernel.run(wrong)
                    self.assertTrue(any(one["kind"] == "error" or one.get("name") == "stderr" for one in outputs), outputs)
                    self.assertFalse([one for one in outputs if "display" in one["kind"]])
