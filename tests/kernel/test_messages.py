"""Replies to every request; what is wrong on the wire does no harm."""

import time
import unittest

import zmq
from session import KernelCase, Session


class Messages(KernelCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        # Waits for the language server.
        cls.session.run("const ready: number = 1")

    def test_kernel_info(self):
        for channel in ("shell", "control"):
            info = self.session.request("kernel_info_request", {}, channel)["content"]
            self.assertEqual(info["status"], "ok")
            self.assertEqual(info["protocol_version"], "5.5")
            self.assertEqual(info["language_info"]["name"], "typescript")
            self.assertEqual(info["language_info"]["file_extension"], ".ts")
            self.assertIsInstance(info["supported_features"], list)

    def test_requests_are_framed_by_busy_and_idle(self):
        message = self.session.client.session.msg("kernel_info_request", {})
        self.session.client.shell_channel.send(message)
        result = self.session.wait(message["header"]["msg_id"])
        states = [c["execution_state"] for c in result.of("status")]
        self.assertEqual(states, ["busy", "idle"])

    def test_is_complete(self):
        for code, expected in [
            ("1", {"status": "complete"}),
            ("", {"status": "complete"}),
            ("1 1", {"status": "invalid"}),
            ("if (1) {", {"status": "incomplete", "indent": "  "}),
            ("list.map((x) => {\n  f(x);", {"status": "incomplete", "indent": "  "}),
            ("`text", {"status": "incomplete", "indent": ""}),
        ]:
            self.assertEqual(self.session.request("is_complete_request", {"code": code})["content"], expected)

    def complete(self, code: str, cursor: int | None = None) -> dict:
        content = {"code": code, "cursor_pos": len(code) if cursor is None else cursor}
        reply = self.session.request("complete_request", content)["content"]
        self.assertEqual(reply["status"], "ok")
        self.assertLessEqual(reply["cursor_start"], reply["cursor_end"])
        return reply

    def test_complete(self):
        reply = self.complete("cons")
        self.assertIn("console", reply["matches"])
        self.assertEqual((reply["cursor_start"], reply["cursor_end"]), (0, 4))
        kinds = reply["metadata"]["_jupyter_types_experimental"]
        self.assertEqual([kind["text"] for kind in kinds], reply["matches"])
        self.assertEqual({(kind["start"], kind["end"]) for kind in kinds}, {(0, 4)})
        self.assertIn("keyword", {kind["type"] for kind in kinds})

    def test_a_cursor_counts_code_points(self):
        before = "const s = '😀👩‍👩‍👧é'; "
        reply = self.complete(before + "Math.ab + 1", len(before) + 7)
        self.assertEqual(reply["matches"], ["abs"])
        self.assertEqual((reply["cursor_start"], reply["cursor_end"]), (len(before) + 5, len(before) + 7))
        inspected = self.inspect(before + "Math.abs", len(before) + 6)
        self.assertIn("abs", inspected["data"]["text/plain"])

    def test_a_cursor_outside_the_text_does_no_harm(self):
        self.assertEqual(self.complete("Math.ab", 5_000_000)["matches"], ["abs"])
        for cursor in (-5, 0):
            self.assertEqual(self.complete("Math.ab", cursor)["cursor_start"], 0)
        self.assertEqual(self.complete("", 3)["cursor_end"], 0)
        self.assertIn("abs", self.inspect("Math.abs", 99)["data"]["text/plain"])

    def test_complete_while_a_loop_blocks(self):
        self.ok("const boxes = { width: 1, height: 2 }")
        for code in ("while (true) {}", "await new Promise(() => {})"):
            request = self.session.start(code)
            time.sleep(0.3)
            self.assertEqual(self.complete("boxes.")["matches"], ["height", "width"])
            self.assertEqual(self.complete("nothing.such")["matches"], [])
            self.assertTrue(self.inspect("boxes.width", 8)["found"])
            self.session.interrupt()
            self.session.wait(request)

    def inspect(self, code: str, cursor: int | None = None, level: int = 0) -> dict:
        content = {"code": code, "cursor_pos": len(code) if cursor is None else cursor, "detail_level": level}
        reply = self.session.request("inspect_request", content)["content"]
        self.assertEqual(reply["status"], "ok")
        self.assertEqual(set(reply["data"]), {"text/plain", "text/markdown"} if reply["found"] else set())
        return reply

    def test_inspect(self):
        self.ok("/** Doubles a number. */\nfunction twice(n: number): number { return 2 * n }")
        for level in (0, 1):
            found = self.inspect("twice(3)", 2, level)["data"]
            for text in found.values():
                self.assertIn("function twice(n: number): number", text)
                self.assertIn("Doubles a number.", text)
        self.assertFalse(self.inspect("noSuchName")["found"])

    def test_comm_info(self):
        for content in ({}, {"target_name": "none"}):
            self.assertEqual(self.session.request("comm_info_request", content)["content"], {"status": "ok", "comms": {}})

    def test_clear_output_and_updates(self):
        result = self.ok(
            """
import { clearOutput, display } from "convlab/kernel";
await display("one", { id: "d" });
await display("two", { id: "d", update: true });
clearOutput();
clearOutput({ wait: true });
"""
        )
        self.assertEqual(result.of("clear_output"), [{"wait": False}, {"wait": True}])
        (shown,), (updated,) = result.of("display_data"), result.of("update_display_data")
        self.assertEqual((shown["transient"], updated["transient"]), ({"display_id": "d"},) * 2)
        self.assertEqual(updated["data"]["text/plain"], "'two'")

    def test_control_is_served_while_a_cell_runs(self):
        request = self.session.start("await new Promise((r) => setTimeout(r, 1500))")
        time.sleep(0.2)
        begin = time.monotonic()
        self.session.request("kernel_info_request", {}, "control")
        self.assertLess(time.monotonic() - begin, 1)
        self.session.wait(request)

    def test_a_wrong_signature_and_unknown_requests_do_no_harm(self):
        client = self.session.client
        key = client.session.key
        client.session.key = b"wrong"
        client.session.send(client.shell_channel.socket, "execute_request", {"code": "console.log('never')"})
        client.session.key = key
        client.session.send(client.shell_channel.socket, "no_such_request", {})
        client.session.send(client.shell_channel.socket, "execute_request", {})
        client.shell_channel.socket.send_multipart([b"junk"])
        self.assertEqual(self.value("1 + 1"), "2")

    def test_the_heartbeat_beats_while_a_loop_blocks(self):
        self.session.client.hb_channel.unpause()
        request = self.session.start("const until = Date.now() + 2500; while (Date.now() < until) {}")
        time.sleep(2)
        self.assertTrue(self.session.client.hb_channel.is_beating())
        self.session.wait(request)


class Completion(unittest.TestCase):
    """When types can't answer, what exists at run time does."""

    def complete(self, session: Session, code: str) -> dict:
        return session.request("complete_request", {"code": code, "cursor_pos": len(code)})["content"]

    def test_with_checking_off_types_still_answer(self):
        session = Session(env={"CONVLAB_TYPECHECK": "off"})
        try:
            self.assertEqual(session.run("const box: { width: number } = { height: 1 } as any").status, "ok")
            self.assertEqual(session.run("const wrong: string = 1; wrong").text, "1")
            end = time.monotonic() + 10
            while self.complete(session, "box.")["matches"] != ["width"]:
                self.assertLess(time.monotonic(), end)
                time.sleep(0.1)
        finally:
            session.close()

    def test_while_the_language_server_is_silent_or_dead(self):
        session = Session()
        try:
            session.run(
                """
class Shape { #hidden = 1; area() { return 1 } get size() { calls++; return 1 } }
let calls = 0;
const shape = new Shape(), table = new Map([["a", 1]]);
"""
            )
            session.run("const trap: any = new Proxy({ a: 1 }, { get() { calls++ }, ownKeys() { calls++; return [] } })")
            session.run("const deep = { one: { two: { three: 3 } } }; const été = 1")
            server = session.language_server()
            server.suspend()
            for code, wanted, cursor in [
                ("shape.", {"area", "size"}, 6),
                ("shape.ar", {"area"}, 6),
                ("x = shape?.ar", {"area"}, 11),
                ("deep.one.two.", {"three"}, 13),
                ("tab", {"table"}, 0),
                ("😀 ét", {"été"}, 2),
                ("Math.ma", {"max"}, 5),
                ("table.s", {"set", "size"}, 6),
            ]:
                reply = self.complete(session, code)
                self.assertLessEqual(wanted, set(reply["matches"]), code)
                self.assertEqual((reply["cursor_start"], reply["cursor_end"]), (cursor, len(code)))
            # No code of the user's runs for a completion.
            for code in ("shape.size.", "trap.", "shape.area().", "noSuch.", "1 + ", ""):
                self.assertEqual(self.complete(session, code)["status"], "ok")
            self.assertNotIn("#hidden", self.complete(session, "shape.")["matches"])
            server.resume()
            self.assertEqual(session.run("calls").text, "0")
            session.language_server().kill()
            self.assertLessEqual({"area"}, set(self.complete(session, "shape.ar")["matches"]))
            end = time.monotonic() + 15
            while "signature" not in str(self.complete(session, "shape.ar")["metadata"]):
                self.assertLess(time.monotonic(), end, "types do not come back")
                time.sleep(0.2)
            self.assertEqual(session.run("shape.area()").text, "1")
        finally:
            session.close()


class Welcome(unittest.TestCase):
    def test_each_subscriber_is_welcomed(self):
        session = Session()
        try:
            context = zmq.Context.instance()
            with context.socket(zmq.SUB) as socket:
                socket.connect(session.client._make_url("iopub"))
                socket.subscribe(b"")
                self.assertTrue(socket.poll(5000))
                message = session.client.session.deserialize(
                    session.client.session.feed_identities(socket.recv_multipart())[1]
                )
                self.assertEqual(message["header"]["msg_type"], "iopub_welcome")
                self.assertEqual(message["content"], {"subscription": ""})
        finally:
            session.close()
