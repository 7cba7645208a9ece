"""Replies to every request; what is wrong on the wire does no harm."""

import time
import unittest

import zmq
from jupyter_client import BlockingKernelClient
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


class Execution(KernelCase):
    def test_execute_input_says_what_runs(self):
        for code in ("1 + 1", "", "syntax error", "throw 1"):
            result = self.session.run(code)
            self.assertEqual(result.kinds[:2], ["status", "execute_input"])
            self.assertEqual(result.of("execute_input")[0]["code"], code)
            self.assertEqual(result.of("execute_input")[0]["execution_count"], result.reply["execution_count"])
            self.assertEqual(result.kinds[-1], "status")

    def test_counts(self):
        def count(**options) -> int:
            return self.session.run("1", **options).reply["execution_count"]

        first = count()
        self.assertEqual([count(), count()], [first + 1, first + 2])
        self.assertEqual(count(silent=True), first + 2)
        self.assertEqual(count(silent=True, store_history=True), first + 2)
        self.assertEqual(count(store_history=False), first + 2)
        self.assertEqual(self.session.run("throw 1").reply["execution_count"], first + 3)
        self.assertEqual(self.session.run("throw 1", silent=True).reply["execution_count"], first + 3)
        self.assertEqual(self.session.run("no; such: syntax)").reply["execution_count"], first + 4)
        self.assertEqual(count(), first + 5)

    def test_a_silent_request_that_fails_aborts_no_cell(self):
        silent = self.session.start("throw new Error('x')", silent=True)
        cell = self.session.start("8")
        self.assertEqual(self.session.wait(silent).status, "error")
        self.assertEqual(self.session.wait(cell).text, "8")

    def test_silent(self):
        result = self.ok("console.log('printed'); 7", silent=True)
        self.assertEqual((result.of("execute_input"), result.of("execute_result")), ([], []))
        self.ok("let quiet = 1", silent=True)
        self.assertEqual(self.value("quiet"), "1")
        self.assertEqual(self.session.run("throw new Error('x')", silent=True).status, "error")

    def test_an_unstored_cell_shows_its_value(self):
        result = self.ok("6 * 7", store_history=False)
        self.assertEqual(result.text, "42")
        self.assertEqual(len(result.of("execute_input")), 1)

    def test_user_expressions(self):
        self.ok("let leaked = 0")
        values = self.ok(
            "const base = 20",
            user_expressions={
                "sum": "base + 22",
                "object": "{ a: 1 }",
                "awaited": "await Promise.resolve(1)",
                "nothing": "undefined",
                "throws": "missing.name",
                "syntax": "1 +",
                "statements": "1); leaked = (1",
                "empty": "",
                "comment": "base // yes",
            },
        ).reply["user_expressions"]
        self.assertEqual(values["sum"], {"status": "ok", "data": {"text/plain": "42"}, "metadata": {}})
        self.assertEqual(values["object"]["data"]["text/plain"], "{ a: 1 }")
        self.assertEqual(values["awaited"]["data"]["text/plain"], "1")
        self.assertEqual(values["nothing"]["data"]["text/plain"], "undefined")
        self.assertEqual(values["comment"]["data"]["text/plain"], "20")
        for name in ("throws", "syntax", "statements", "empty"):
            self.assertEqual(set(values[name]), {"status", "ename", "evalue", "traceback"})
            self.assertEqual(values[name]["status"], "error")
        self.assertEqual(values["throws"]["ename"], "ReferenceError")
        self.assertEqual(self.value("leaked"), "0")

    def test_user_expressions_are_not_evaluated_after_an_error(self):
        self.ok("let touched = 0")
        reply = self.fails("throw 1", user_expressions={"a": "touched = 1"}).reply
        self.assertEqual(reply["user_expressions"], {})
        self.assertEqual(self.value("touched"), "0")

    def test_cells_behind_one_that_fails_are_aborted(self):
        # The mistakes end at once: what follows is still on its way.
        for mistake in ("1 1", "const wrong: string = 1", "throw 1", "await 0; throw 1"):
            first = self.session.start(mistake)
            rest = [self.session.start("console.log('never')") for _ in range(100)]
            self.assertEqual(self.session.wait(first).status, "error")
            for request in rest:
                result = self.session.wait(request)
                self.assertEqual((result.status, result.stdout), ("aborted", ""))
                self.assertEqual(result.kinds, ["status", "status"])
            # What is sent after the reply runs.
            self.assertEqual(self.value("1 + 1"), "2")

    def test_cells_behind_one_that_fails_run_where_that_is_wanted(self):
        first = self.session.start("throw 1", stop_on_error=False)
        rest = [self.session.start(f"{n}") for n in range(5)]
        self.assertEqual(self.session.wait(first).status, "error")
        self.assertEqual([self.session.wait(request).text for request in rest], list("01234"))

    def test_a_cell_sent_at_the_sight_of_the_reply_runs(self):
        for _ in range(10):
            failing = self.session.start("throw 1")
            self.session.reply_to(failing)
            after = self.session.start("'ran'")
            self.session._replies[failing] = {"content": {}}
            self.session.wait(failing)
            self.assertEqual(self.session.wait(after).text, "'ran'")

    def test_two_front_ends(self):
        other = Session.__new__(Session)
        other.client = BlockingKernelClient(connection_file=self.session.manager.connection_file)
        other.client.load_connection_file()
        other.client.start_channels()
        other._published, other._replies = {}, {}
        try:
            other.client.wait_for_ready(timeout=20)
            mine = [self.session.start(f"console.log({n}); {n}") for n in range(20)]
            theirs = [other.start(f"console.log({n}); {n}") for n in range(20, 40)]
            for n, request in enumerate(mine):
                result = self.session.wait(request)
                self.assertEqual((result.text, result.stdout), (str(n), f"{n}\n"))
            for n, request in enumerate(theirs, 20):
                result = other.wait(request)
                self.assertEqual((result.text, result.stdout), (str(n), f"{n}\n"))
            self.assertEqual(self.session._replies, {})
        finally:
            other.client.stop_channels()

    def test_requests_on_control_are_answered_while_a_loop_blocks(self):
        request = self.session.start("while (true) {}")
        time.sleep(0.3)
        self.assertEqual(self.session.request("kernel_info_request", {}, "control")["content"]["status"], "ok")
        self.assertEqual(self.session.interrupt()["content"], {"status": "ok"})
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
