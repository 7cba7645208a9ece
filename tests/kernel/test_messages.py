"""Replies to every request; what is wrong on the wire does no harm."""

import time

from session import KernelCase


class Messages(KernelCase):
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
        for code, status in [("1", "complete"), ("if (1) {", "incomplete"), ("1 1", "invalid")]:
            reply = self.session.request("is_complete_request", {"code": code})["content"]
            self.assertEqual(reply["status"], status)
            self.assertEqual("indent" in reply, status == "incomplete")

    def test_complete(self):
        reply = self.session.request("complete_request", {"code": "cons", "cursor_pos": 4})["content"]
        self.assertEqual(reply["status"], "ok")
        self.assertLessEqual(reply["cursor_start"], reply["cursor_end"])
        self.assertEqual(reply["cursor_end"], 4)

    def test_inspect(self):
        for level in (0, 1):
            reply = self.session.request(
                "inspect_request", {"code": "console", "cursor_pos": 3, "detail_level": level}
            )["content"]
            self.assertEqual(reply["status"], "ok")
            self.assertEqual(bool(reply["data"]), reply["found"])

    def test_history(self):
        self.ok("'remember me'")
        for access in ("tail", "range", "search"):
            reply = self.session.request(
                "history_request",
                {"output": False, "raw": True, "hist_access_type": access, "n": 3, "session": 0, "start": 0, "stop": 5, "pattern": "*"},
            )["content"]
            self.assertEqual(reply["status"], "ok")

    def test_comm_info(self):
        for content in ({}, {"target_name": "none"}):
            self.assertEqual(self.session.request("comm_info_request", content)["content"], {"status": "ok", "comms": {}})

    def test_a_comm_to_an_unknown_target_is_closed(self):
        message = self.session.client.session.msg("comm_open", {"comm_id": "c1", "target_name": "nobody", "data": {}})
        self.session.client.shell_channel.send(message)
        end = time.monotonic() + 5
        kinds = []
        while time.monotonic() < end and "comm_close" not in kinds:
            published = self.session.client.get_iopub_msg(timeout=5)
            if published["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                kinds.append(published["header"]["msg_type"])
        self.assertIn("comm_close", kinds)

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
