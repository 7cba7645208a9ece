"""Completion through a real client: kinds, places in code points, while cells run and without a language server."""

import os
import signal
import time
import unittest

from session import KernelCase, Session


def complete(session: Session, marked: str) -> dict:
    """Completes at the `|`; adds the text that the matches replace."""
    code = marked.replace("|", "", 1)
    content = {"code": code, "cursor_pos": marked.index("|")}
    # On a machine that does ten other things a server may be silent for so long that it counts as gone.
    for _ in range(4):
        reply = session.request("complete_request", content)["content"]
        assert reply["status"] == "ok", reply
        if reply["matches"]:
            break
    return {**reply, "replaced": code[reply["cursor_start"] : reply["cursor_end"]]}


class Completion(KernelCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.session.run(
            "class Box { /** Opens. */ open(): this { return this } readonly width = 1 }\n"
            "function boxed(n: number): Box { return new Box() }\nconst box = boxed(1);\n"
            "interface BoxShape { sides: 4 }\nenum BoxColour { Red }\nlet boxCount = 1;"
        )

    def complete(self, marked: str) -> dict:
        return complete(self.session, marked)

    def test_names_of_earlier_cells_and_their_kinds(self):
        reply = self.complete("bo|")
        kinds = {one["text"]: one["type"] for one in reply["metadata"]["_jupyter_types_experimental"]}
        self.assertEqual(
            {name: kinds.get(name) for name in ("Box", "boxed", "box", "BoxColour", "boxCount")},
            {"Box": "class", "boxed": "function", "box": "instance", "BoxColour": "enum", "boxCount": "instance"},
        )
        self.assertNotIn("BoxShape", reply["matches"])
        self.assertEqual(reply["replaced"], "bo")
        self.assertEqual([one["text"] for one in reply["metadata"]["_jupyter_types_experimental"]], reply["matches"])

    def test_members_with_signatures_while_the_text_is_broken(self):
        reply = self.complete("const q = [box.op|")
        self.assertEqual(reply["matches"], ["open"])
        (entry,) = reply["metadata"]["_jupyter_types_experimental"]
        self.assertEqual(entry["type"], "function")
        self.assertIn("(): Box", entry["signature"])
        self.assertEqual((entry["start"], entry["end"]), (reply["cursor_start"], reply["cursor_end"]))

    def test_places_count_code_points(self):
        reply = self.complete('const 그림 = "🎉🎈"; box.wid|; "🎉"')
        self.assertEqual((reply["matches"], reply["replaced"]), (["width"], "wid"))

    def test_on_the_second_line_in_a_type_and_after_await(self):
        self.assertEqual(self.complete("1;\nlet s: BoxSh|")["matches"], ["BoxShape"])
        self.assertIn("width", self.complete("(await Promise.resolve(box))?.|")["matches"])
        self.assertIn("width", self.complete("`${box.|}`")["matches"])

    def test_node_packages_files_and_specifiers(self):
        self.session.write("parts/helper.ts", "export const helperName = 1;\n")
        self.assertIn("readFileSync", self.complete('import { readF| } from "node:fs"')["matches"])
        self.assertIn("memoryUsage", self.complete("process.mem|")["matches"])
        self.assertEqual(self.complete('import { help| } from "./parts/helper"')["matches"], ["helperName"])
        for marked, wanted in [
            ('import x from "./par|"', "parts"),
            ('import x from "./parts/|"', "helper"),
            ('import x from "node:path/po|"', "posix"),
        ]:
            matches = self.complete(marked)["matches"]
            self.assertTrue(any(wanted in match for match in matches), (marked, matches))

    def test_while_a_cell_runs(self):
        for busy in ("const end1 = Date.now() + 3000; while (Date.now() < end1);", "await new Promise((done) => setTimeout(done, 3000))"):
            begin = time.monotonic()
            request = self.session.start(busy)
            self.assertIn("width", self.complete("box.|")["matches"])
            self.assertLess(time.monotonic() - begin, 2.5)
            self.assertEqual(self.session.wait(request).status, "ok")

    def test_while_a_cell_is_checked(self):
        heavy = "".join(f"const heavy{i} = [1, 2].map((x) => ({{ x, y: [x, '{i}'] as const }}));\n" for i in range(1500))
        request = self.session.start(heavy)
        self.assertIn("width", self.complete("box.|")["matches"])
        self.assertEqual(self.session.wait(request).status, "ok")

    def test_the_newest_of_many(self):
        """A front end asks at every key: all are answered, and the last one rightly."""
        client = self.session.client
        requests = [client.complete("box.w"[: 4 + i % 2], 4 + i % 2) for i in range(20)]
        replies = [self.session.reply_to(request)["content"] for request in requests]
        self.assertEqual({reply["status"] for reply in replies}, {"ok"})
        self.assertEqual(replies[-1]["matches"], ["width"])

    def test_nothing_of_ours_is_offered(self):
        for marked in ("|", "con|", "let x: |"):
            matches = self.complete(marked)["matches"]
            self.assertEqual([match for match in matches if "convlab$" in match], [])

    def test_strange_places(self):
        for code, position in [("", 0), ("box.", 99), ("box.", -1), ("\n\n", 1), ("🎉", 1), ("'", 1), ("/*", 2)]:
            content = {"code": code, "cursor_pos": position}
            reply = self.session.request("complete_request", content)["content"]
            self.assertEqual(reply["status"], "ok")
        self.assertEqual(self.value("box.width"), "1")


class WithoutServer(unittest.TestCase):
    def test_killed_and_hung_servers(self):
        session = Session()
        try:
            self.assertEqual(session.run("const kept = { first: 1 }").status, "ok")
            self.assertEqual(complete(session, "kept.|")["matches"], ["first"])
            server = session.language_server()
            server.send_signal(signal.SIGSTOP)
            begin = time.monotonic()
            self.assertIn("first", complete(session, "kept.|")["matches"])  # From the values.
            self.assertLess(time.monotonic() - begin, 2)
            server.kill()
            server.wait(5)
            self.assertEqual(session.run("kept.first = 2; kept.first").text, "2")
            self.assertEqual(session.run("kept.second").status, "error")  # It is back.
            self.assertNotEqual(session.language_server().pid, server.pid)
            self.assertEqual(complete(session, "kept.|")["matches"], ["first"])
        finally:
            session.close()

    def test_types_off(self):
        session = Session(env={**os.environ, "CONVLAB_TYPECHECK": "off"})
        try:
            self.assertEqual(session.run("const n: number = 'runs all the same' as any").status, "ok")
            self.assertEqual(session.run("const wrong: number = 'runs all the same'").status, "ok")
            # The server starts beside the first cells; until it answers, completion goes by the values.
            end = time.monotonic() + 20
            while "toFixed" not in (matches := complete(session, "wrong.toF|")["matches"]):
                self.assertLess(time.monotonic(), end, matches)
        finally:
            session.close()
