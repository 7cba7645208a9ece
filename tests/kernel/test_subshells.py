"""Subshells (JEP 91): cells beside the main shell's, in the same session."""

import time

from session import KernelCase

WAIT = "await new Promise((r) => setTimeout(r, {}))"


class Subshells(KernelCase):
    def setUp(self):
        self.created: list[str] = []

    def tearDown(self):
        for shell in self.created:
            self.control("delete_subshell_request", {"subshell_id": shell})

    def control(self, kind: str, content: dict | None = None) -> dict:
        return self.session.request(kind, content or {}, "control")["content"]

    def create(self) -> str:
        reply = self.control("create_subshell_request")
        self.assertEqual(reply["status"], "ok")
        self.created.append(reply["subshell_id"])
        return reply["subshell_id"]

    def start(self, code: str, shell: str | None, **content) -> str:
        session = self.session.client.session
        whole = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, **content}
        message = session.msg("execute_request", whole)
        message["header"]["subshell_id"] = shell
        self.session.client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def test_create_list_delete(self):
        before = self.control("list_subshell_request")["subshell_id"]
        first, second = self.create(), self.create()
        self.assertNotEqual(first, second)
        self.assertEqual(self.control("list_subshell_request")["subshell_id"], [*before, first, second])
        self.assertEqual(self.control("delete_subshell_request", {"subshell_id": first})["status"], "ok")
        self.assertEqual(self.control("list_subshell_request")["subshell_id"], [*before, second])
        again = self.control("delete_subshell_request", {"subshell_id": first})
        self.assertEqual((again["status"], again["ename"]), ("error", "SubshellError"))

    def test_the_feature_is_announced(self):
        self.assertIn("kernel subshells", self.control("kernel_info_request")["supported_features"])

    def test_a_subshell_runs_while_the_main_shell_waits(self):
        shell = self.create()
        self.ok("let shared = 1")
        main = self.start(WAIT.format(1500) + "; shared", None)
        time.sleep(0.2)
        sub = self.session.wait(self.start("shared = 42; console.log('sub'); shared", shell), timeout=10)
        self.assertEqual((sub.text, sub.stdout), ("42", "sub\n"))
        self.assertNotIn(main, self.session._replies)
        self.assertEqual(self.session.wait(main).text, "42")

    def test_parent_headers_name_the_subshell(self):
        shell = self.create()
        request = self.start("console.log(1); 2", shell)
        messages = self.session.wait(request).messages
        self.assertEqual({m["parent_header"]["subshell_id"] for m in messages}, {shell})

    def test_names_and_types_are_shared(self):
        shell = self.create()
        self.assertEqual(self.session.wait(self.start("const made = { n: 1 }; interface Made { n: number }", shell)).status, "ok")
        self.assertEqual(self.value("const m: Made = made; m.n"), "1")
        self.assertIn("TypeCheck", self.fails("made.nothing").error["ename"])

    def test_late_output_goes_to_the_cell_of_its_shell(self):
        shell = self.create()
        main = self.start("setTimeout(() => console.log('from main'), 300); " + WAIT.format(600), None)
        sub = self.start("setTimeout(() => console.log('from sub'), 300); " + WAIT.format(600), shell)
        self.assertEqual(self.session.wait(main).stdout, "from main\n")
        self.assertEqual(self.session.wait(sub).stdout, "from sub\n")

    def test_a_subshell_waits_for_a_synchronous_loop(self):
        shell = self.create()
        main = self.start("const stop = Date.now() + 1000; while (Date.now() < stop) {} 'main'", None)
        sub = self.start("'sub'", shell)
        self.assertEqual(self.session.wait(main).text, "'main'")
        self.assertEqual(self.session.wait(sub).text, "'sub'")

    def test_an_interrupt_ends_the_cells_of_all_shells(self):
        shell = self.create()
        self.ok("let kept = 5")
        main = self.start("await new Promise(() => {})", None)
        time.sleep(0.2)
        sub = self.start("while (true) {}", shell)
        time.sleep(0.3)
        self.session.interrupt()
        for request in (main, sub):
            self.assertEqual(self.session.wait(request, timeout=10).reply["ename"], "Interrupted")
        self.assertEqual(self.value("kept"), "5")

    def test_a_loop_leaves_what_it_has_reached_while_other_shells_wait(self):
        shell = self.create()
        for turn in range(8):
            main = self.start("await new Promise(() => {})", None)
            time.sleep(0.1)
            sub = self.start(f"let turns{turn} = 0;\nwhile (true) turns{turn}++", shell)
            time.sleep(0.3)
            begin = time.monotonic()
            self.session.interrupt()
            for request in (main, sub):
                self.assertEqual(self.session.wait(request, timeout=10).reply["ename"], "Interrupted")
            self.assertLess(time.monotonic() - begin, 1)
            self.assertGreater(int(self.value(f"turns{turn}")), 1000)

    def test_an_error_aborts_the_queue_of_its_own_shell_only(self):
        shell = self.create()
        main = self.start(WAIT.format(400) + "; 'main'", None)
        queued = self.start("'queued'", None)
        failing = self.start("throw 1", shell)
        dropped = self.start("2", shell)
        self.assertEqual(self.session.wait(failing).status, "error")
        self.assertEqual(self.session.wait(dropped).status, "aborted")
        self.assertEqual(self.session.wait(main).text, "'main'")
        self.assertEqual(self.session.wait(queued).text, "'queued'")

    def test_a_deleted_subshell_ends_what_waits_in_it(self):
        shell = self.create()
        running = self.start(WAIT.format(800) + "; 'ran'", shell)
        waiting = [self.start("'never'", shell) for _ in range(3)]
        time.sleep(0.2)
        self.assertEqual(self.control("delete_subshell_request", {"subshell_id": shell})["status"], "ok")
        for request in waiting:
            self.assertEqual(self.session.wait(request).status, "aborted")
        self.assertEqual(self.session.wait(running).text, "'ran'")

    def test_an_unknown_subshell_runs_nothing(self):
        result = self.session.wait(self.start("console.log('never')", "no-such-shell"))
        self.assertEqual((result.status, result.reply["ename"]), ("error", "SubshellError"))
        self.assertIn("no-such-shell", result.reply["evalue"])
        self.assertEqual(result.stdout, "")

    def test_completion_over_a_subshell_while_the_main_shell_is_busy(self):
        shell = self.create()
        main = self.start("const until = Date.now() + 1500; while (Date.now() < until) {}", None)
        time.sleep(0.2)
        message = self.session.client.session.msg("complete_request", {"code": "Math.ab", "cursor_pos": 7})
        message["header"]["subshell_id"] = shell
        self.session.client.shell_channel.send(message)
        reply = self.session.reply_to(message["header"]["msg_id"], timeout=10)
        self.assertEqual(reply["content"]["matches"], ["abs"])
        self.assertNotIn(main, self.session._replies)
        self.session.wait(main)

    def test_input_in_a_subshell(self):
        shell = self.create()
        main = self.start(WAIT.format(1500), None)
        sub = self.start("await input('sub?')", shell, allow_stdin=True)
        question = self.session.client.get_stdin_msg(timeout=10)
        self.assertEqual(question["parent_header"]["msg_id"], sub)
        self.session.client.input("yes")
        self.assertEqual(self.session.wait(sub).text, "'yes'")
        self.session.wait(main)

    def test_many_cells_at_once(self):
        self.ok("let total = 0")
        shells = [None, self.create(), self.create()]
        requests = [self.start(f"total += 1; const own{n} = {n}", shells[n % 3]) for n in range(30)]
        counts = [self.session.wait(request).reply["execution_count"] for request in requests]
        self.assertEqual(len(set(counts)), 30)
        self.assertEqual(self.value("total"), "30")
        self.assertEqual(self.value("own0 + own29"), "29")
