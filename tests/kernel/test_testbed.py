"""
The checks that runtimed's kernel-testbed makes of every kernel, one test for each, under its name and by tier.
Source: https://github.com/runtimed/kernel-testbed (27 checks in 4 tiers). Where its check is loose, this one is not.
"""

import unittest

from session import KernelCase, Session


class Tier1Basic(KernelCase):
    def test_heartbeat_responds(self):
        beat = self.session.client.hb_channel
        beat.unpause()
        self.session.run("await new Promise((r) => setTimeout(r, 1500))")
        self.assertTrue(beat.is_beating())

    def test_iopub_welcome(self):
        from jupyter_client.blocking.client import BlockingKernelClient

        client = BlockingKernelClient()
        client.load_connection_info(self.session.manager.get_connection_info())
        client.start_channels(shell=False, stdin=False, hb=False, control=False)
        message = client.get_iopub_msg(timeout=10)
        self.assertEqual(message["msg_type"], "iopub_welcome")
        self.assertEqual(message["content"], {"subscription": ""})
        self.assertEqual(message["parent_header"], {})
        client.stop_channels()

    def info(self) -> dict:
        return self.session.request("kernel_info_request", {})["content"]

    def test_kernel_info_reply_valid(self):
        self.assertEqual(self.info()["status"], "ok")

    def test_kernel_info_has_language_info(self):
        language = self.info()["language_info"]
        self.assertEqual(language["name"], "typescript")
        self.assertRegex(language["version"], r"^\d+\.\d+")
        for field in ("mimetype", "file_extension"):
            self.assertTrue(language[field])

    def test_kernel_info_has_protocol_version(self):
        self.assertEqual(self.info()["protocol_version"], "5.5")

    def test_execute_stdout(self):
        self.assertEqual(self.ok("console.log('hello')").stdout, "hello\n")

    def test_execute_stderr(self):
        self.assertEqual(self.ok("console.error('error')").stderr, "error\n")

    def test_execute_reply_ok(self):
        reply = self.ok("const x = 1").reply
        self.assertEqual(reply["payload"], [])
        self.assertEqual(reply["user_expressions"], {})

    def test_status_busy_idle_lifecycle(self):
        kinds = [
            (one["msg_type"], one["content"].get("execution_state"))
            for one in self.ok("console.log(1); 2").messages
        ]
        self.assertEqual(
            kinds,
            [
                ("status", "busy"),
                ("execute_input", None),
                ("stream", None),
                ("execute_result", None),
                ("status", "idle"),
            ],
        )

    def test_execute_input_broadcast(self):
        result = self.ok("const broadcast = 1")
        (content,) = result.of("execute_input")
        self.assertEqual(content["code"], "const broadcast = 1")
        self.assertEqual(content["execution_count"], result.reply["execution_count"])

    def test_shutdown_reply(self):
        session = Session()
        reply = session.request("shutdown_request", {"restart": False}, "control")
        self.assertEqual(reply["content"], {"status": "ok", "restart": False})
        self.assertEqual(session.manager.provisioner.process.wait(timeout=10), 0)
        session.close()


class Tier2Interactive(KernelCase):
    def test_complete_request(self):
        self.ok("const test_variable_for_completion = 42")
        code = "test_variable_for_"
        reply = self.session.request("complete_request", {"code": code, "cursor_pos": len(code)})["content"]
        self.assertEqual(reply["status"], "ok")
        self.assertEqual(reply["matches"], ["test_variable_for_completion"])
        self.assertEqual((reply["cursor_start"], reply["cursor_end"]), (0, len(code)))

    def test_inspect_request(self):
        self.ok("const inspected = 42")
        reply = self.session.request(
            "inspect_request", {"code": "inspected", "cursor_pos": 9, "detail_level": 0}
        )["content"]
        self.assertEqual((reply["status"], reply["found"]), ("ok", True))
        self.assertIn("inspected", reply["data"]["text/plain"])

    def status(self, code: str) -> str:
        return self.session.request("is_complete_request", {"code": code})["content"]["status"]

    def test_is_complete_complete(self):
        self.assertEqual(self.status("const x = 1"), "complete")

    def test_is_complete_incomplete(self):
        self.assertEqual(self.status("const x = {"), "incomplete")

    def test_history_request(self):
        self.ok("const x = 'in the history'")
        tail = {"output": False, "raw": True, "hist_access_type": "tail", "n": 10}
        reply = self.session.request("history_request", tail)["content"]
        self.assertEqual(reply["status"], "ok")
        self.assertEqual(reply["history"][-1][2], "const x = 'in the history'")

    def test_comm_info_request(self):
        reply = self.session.request("comm_info_request", {})["content"]
        self.assertEqual(reply, {"status": "ok", "comms": {}})

    def test_error_handling(self):
        error = self.fails("function function").error
        self.assertEqual(error["ename"], "SyntaxError")
        self.assertTrue(error["traceback"])


class Tier3RichOutput(KernelCase):
    def test_display_data(self):
        result = self.ok(
            "import { display } from 'convlab/kernel'\nawait display({ 'text/html': '<b>bold</b>' }, { raw: true })"
        )
        (shown,) = result.of("display_data")
        self.assertEqual(shown["data"]["text/html"], "<b>bold</b>")
        self.assertEqual(shown["transient"], {})

    def test_update_display_data(self):
        result = self.ok(
            "import { display } from 'convlab/kernel'\n"
            "await display({ 'text/html': 'initial' }, { raw: true, id: 'one' })\n"
            "await display({ 'text/html': 'updated' }, { raw: true, id: 'one', update: true })"
        )
        (first,), (second,) = result.of("display_data"), result.of("update_display_data")
        self.assertEqual(first["transient"], {"display_id": "one"})
        self.assertEqual(second["transient"], {"display_id": "one"})
        self.assertEqual(second["data"]["text/html"], "updated")

    def test_execute_result(self):
        result = self.ok("1 + 1")
        (content,) = result.of("execute_result")
        self.assertEqual(content["data"]["text/plain"], "2")
        self.assertEqual(content["execution_count"], result.reply["execution_count"])

    def test_rich_execute_result(self):
        code = "({ [Symbol.for('Jupyter.display')]() { return { 'text/html': '<b>bold</b>' } } })"
        (content,) = self.ok(code).of("execute_result")
        self.assertEqual(content["data"]["text/html"], "<b>bold</b>")


class Tier4Advanced(KernelCase):
    def test_stdin_input_request(self):
        request = self.session.start("const answer = await prompt('Enter:'); answer", allow_stdin=True)
        message = self.session.client.get_stdin_msg(timeout=10)
        self.assertEqual(message["msg_type"], "input_request")
        self.assertEqual(message["parent_header"]["msg_id"], request)
        self.assertIn("Enter:", message["content"]["prompt"])
        self.assertIs(message["content"]["password"], False)
        self.session.client.input("test_input_42")
        self.assertEqual(self.session.wait(request).text, "'test_input_42'")

    def test_comms_lifecycle(self):
        self.ok(
            "import { registerCommTarget } from 'convlab/kernel'\n"
            "registerCommTarget('echo', (comm, opened) => {\n"
            "  comm.send({ hello: opened.data.name })\n"
            "  comm.onMessage(({ data, buffers }) => comm.send({ twice: 2 * data.n }, { buffers }))\n"
            "  comm.onClose(() => console.log('closed'))\n"
            "})"
        )

        def sent(kind: str, content: dict, buffers: list[bytes] | None = None) -> list[dict]:
            client = self.session.client
            message = client.session.msg(kind, content)
            client.session.send(client.shell_channel.socket, message, buffers=buffers)
            outputs = []
            while not outputs or outputs[-1]["content"].get("execution_state") != "idle":
                published = client.get_iopub_msg(timeout=10)
                if published["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                    outputs.append(published)
            return [one for one in outputs if one["msg_type"] != "status"]

        (rejected,) = sent("comm_open", {"comm_id": "a", "target_name": "unknown", "data": {}})
        self.assertEqual((rejected["msg_type"], rejected["content"]["comm_id"]), ("comm_close", "a"))
        (hello,) = sent("comm_open", {"comm_id": "b", "target_name": "echo", "data": {"name": "me"}})
        self.assertEqual(hello["content"], {"comm_id": "b", "data": {"hello": "me"}})
        self.assertEqual(
            self.session.request("comm_info_request", {})["content"]["comms"], {"b": {"target_name": "echo"}}
        )
        (twice,) = sent("comm_msg", {"comm_id": "b", "data": {"n": 21}}, [b"\x00\xff" * 1000, b""])
        self.assertEqual(twice["content"]["data"], {"twice": 42})
        self.assertEqual([bytes(one) for one in twice["buffers"]], [b"\x00\xff" * 1000, b""])
        (closed,) = sent("comm_close", {"comm_id": "b", "data": {}})
        self.assertEqual(closed["content"]["text"], "closed\n")
        self.assertEqual(self.session.request("comm_info_request", {})["content"]["comms"], {})

    def test_interrupt_request(self):
        self.assertEqual(self.session.interrupt()["content"], {"status": "ok"})
        self.ok("1")

    def test_execution_count_increments(self):
        counts = [self.ok("const x = 1").reply["execution_count"] for _ in range(3)]
        self.assertEqual(counts, [counts[0], counts[0] + 1, counts[0] + 2])

    def test_parent_header_correlation(self):
        client = self.session.client
        message = client.session.msg("execute_request", {"code": "console.log('hello'); 1"})
        client.shell_channel.send(message)
        result = self.session.wait(message["header"]["msg_id"])
        self.assertEqual(len(result.messages), 5)
        for one in result.messages:
            self.assertEqual(one["parent_header"], message["header"])


class TheList(unittest.TestCase):
    def test_is_whole(self):
        tiers = {Tier1Basic: 11, Tier2Interactive: 7, Tier3RichOutput: 4, Tier4Advanced: 5}
        for tier, count in tiers.items():
            self.assertEqual(len([name for name in vars(tier) if name.startswith("test_")]), count, tier)
