"""Cells that ask the reader for a line."""

import time

from jupyter_client import BlockingKernelClient
from session import KernelCase, Session


class Stdin(KernelCase):
    def question(self, session: Session | None = None, timeout: float = 10) -> dict:
        message = (session or self.session).client.get_stdin_msg(timeout=timeout)
        self.assertEqual(message["header"]["msg_type"], "input_request")
        self.assertEqual(set(message["content"]), {"prompt", "password"})
        return message

    def ask(self, code: str) -> str:
        return self.session.start(code, allow_stdin=True)

    def answer(self, line: str, question: dict | None = None, session: Session | None = None) -> None:
        """With a question, as JupyterLab answers; without, as jupyter_client does."""
        client = (session or self.session).client
        message = client.session.msg("input_reply", {"value": line}, parent=question)
        client.stdin_channel.send(message)

    def test_input(self):
        request = self.ask('const name = await input("Name? "); `<${name}>`')
        question = self.question()
        self.assertEqual(question["content"], {"prompt": "Name? ", "password": False})
        self.assertEqual(question["parent_header"]["msg_id"], request)
        self.answer("Ada 😀", question)
        self.assertEqual(self.session.wait(request).text, "'<Ada 😀>'")

    def test_password(self):
        request = self.ask('(await input("Key: ", { password: true })).length')
        self.assertEqual(self.question()["content"], {"prompt": "Key: ", "password": True})
        self.answer("secret")
        result = self.session.wait(request)
        self.assertEqual(result.text, "6")
        self.assertNotIn("secret", str(result.messages))

    def test_from_the_module(self):
        request = self.ask('import { input as ask } from "convlab/kernel"; await ask()')
        self.assertEqual(self.question()["content"]["prompt"], "")
        self.answer("")
        self.assertEqual(self.session.wait(request).text, "''")

    def test_prompt_proposes_an_answer(self):
        for line, value in [("", "'3'"), ("5", "'5'")]:
            request = self.ask('await prompt("Size?", "3")')
            self.assertEqual(self.question()["content"]["prompt"], "Size? [3] ")
            self.answer(line)
            self.assertEqual(self.session.wait(request).text, value)
        request = self.ask('await prompt("Size?")')
        self.assertEqual(self.question()["content"]["prompt"], "Size? ")
        self.answer("")
        self.assertEqual(self.session.wait(request).text, "''")

    def test_output_stands_before_the_question(self):
        request = self.ask('console.log("before"); await input("?"); console.log("after")')
        self.question()
        self.answer("x")
        self.assertEqual(self.session.wait(request).stdout, "before\nafter\n")

    def test_two_questions_at_once_are_asked_one_after_the_other(self):
        request = self.ask('await Promise.all([input("a"), input("b")])')
        self.assertEqual(self.question()["content"]["prompt"], "a")
        self.assertFalse(self.session.client.stdin_channel.msg_ready())
        self.answer("1")
        self.assertEqual(self.question()["content"]["prompt"], "b")
        self.answer("2")
        self.assertEqual(self.session.wait(request).text, "[ '1', '2' ]")

    def test_a_front_end_without_input_is_not_asked(self):
        for code in ("await input('?')", "await prompt('?')"):
            result = self.fails(code, allow_stdin=False)
            self.assertIn("Nobody can be asked", result.error["evalue"])
        self.assertEqual(self.value("await input('?').catch(() => 'none')", allow_stdin=False), "'none'")

    def test_an_interrupted_question_leaves_the_next_one_alone(self):
        self.ok("let went: string[] = []")
        request = self.ask('try { went.push(await input("first")) } catch { went.push("on") }')
        stale = self.question()
        self.session.interrupt()
        self.assertEqual(self.session.wait(request).status, "error")
        again = self.ask('await input("second")')
        self.assertEqual(self.question()["content"]["prompt"], "second")
        # The line for the first question comes late; the front end says which it answers.
        self.answer("late", stale)
        time.sleep(0.2)
        self.answer("right")
        self.assertEqual(self.session.wait(again).text, "'right'")
        self.assertEqual(self.value("went"), "[]")

    def test_a_line_that_nobody_asked_for(self):
        self.answer("out of the blue")
        request = self.ask('await input("asked")')
        self.question()
        self.answer("in time")
        self.assertEqual(self.session.wait(request).text, "'in time'")

    def test_a_question_that_is_not_awaited_ends_with_its_cell(self):
        request = self.ask('const line = input("never"); "done"')
        self.assertEqual(self.session.wait(request).text, "'done'")
        self.assertIn("await input()", self.fails("await line", allow_stdin=True).error["evalue"])
        while self.session.client.stdin_channel.msg_ready():
            self.question()

    def test_a_timer_of_a_cell_that_has_ended_can_not_ask(self):
        self.ok('let late = ""; setTimeout(() => input("late").catch((e) => { late = e.message }), 50); 0', allow_stdin=True)
        self.assertIn("await input()", self.value("await new Promise((r) => setTimeout(r, 200)); late"))
        self.assertFalse(self.session.client.stdin_channel.msg_ready())

    def test_another_front_end_does_not_answer(self):
        other = BlockingKernelClient(connection_file=self.session.manager.connection_file)
        other.load_connection_file()
        other.start_channels()
        try:
            other.wait_for_ready(timeout=20)
            request = self.ask('await input("mine")')
            self.question()
            other.input("not mine")
            time.sleep(0.2)
            self.answer("mine")
            self.assertEqual(self.session.wait(request).text, "'mine'")
        finally:
            other.stop_channels()

    def test_the_kernel_answers_while_a_cell_asks(self):
        request = self.ask('await input("?")')
        self.question()
        reply = self.session.request("complete_request", {"code": "Math.ab", "cursor_pos": 7})["content"]
        self.assertEqual(reply["matches"], ["abs"])
        self.answer("x")
        self.session.wait(request)

    def test_arguments_of_any_kind(self):
        request = self.ask("await input(42 as any)")
        self.assertEqual(self.question()["content"]["prompt"], "42")
        self.answer("x")
        self.session.wait(request)
