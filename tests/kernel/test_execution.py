"""execute_request: counts, silence, user expressions, aborted cells, two front ends."""

import time

from jupyter_client import BlockingKernelClient
from session import KernelCase, Session


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
