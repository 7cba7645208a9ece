"""Comms both ways: what a cell serves, what it opens, buffers, errors, interrupts."""

import time
import uuid

from session import KernelCase, Result


class Comms(KernelCase):
    def send(self, kind: str, content: dict, buffers: list[bytes] | None = None, metadata: dict | None = None) -> str:
        session = self.session.client.session
        message = session.msg(kind, content, metadata=metadata)
        session.send(self.session.client.shell_channel.socket, message, buffers=buffers)
        return message["header"]["msg_id"]

    def published(self, request: str, timeout: float = 30) -> Result:
        """What a comm's message brings, up to its idle; it has no reply."""
        end = time.monotonic() + timeout
        wait, self.session.reply_to = self.session.reply_to, lambda *_, **__: {"content": {}}
        try:
            return self.session.wait(request, max(0.1, end - time.monotonic()))
        finally:
            self.session.reply_to = wait

    def open(self, target: str, data: dict | None = None, **more) -> tuple[str, Result]:
        comm = uuid.uuid4().hex
        content = {"comm_id": comm, "target_name": target, "data": data or {}}
        return comm, self.published(self.send("comm_open", content, **more))

    def message(self, comm: str, data: dict | None = None, **more) -> Result:
        return self.published(self.send("comm_msg", {"comm_id": comm, "data": data or {}}, **more))

    def comms(self, target: str | None = None) -> dict:
        content = {} if target is None else {"target_name": target}
        return self.session.request("comm_info_request", content)["content"]["comms"]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        result = cls.session.run(
            """
import { registerCommTarget, openComm, display, clearOutput } from "convlab/kernel";
registerCommTarget("echo", (comm, { data, buffers, metadata }) => {
  comm.send({ opened: data }, { buffers, metadata });
  comm.onMessage(({ data, buffers, metadata }) => comm.send({ echo: data }, { buffers, metadata }));
  comm.onClose(({ data }) => console.log("closed", data.why));
});
"""
        )
        assert result.status == "ok", result.reply

    def test_a_target_answers(self):
        comm, opened = self.open("echo", {"a": [1, "ü😀", None]})
        self.assertEqual(opened.kinds, ["status", "comm_msg", "status"])
        self.assertEqual(opened.of("comm_msg")[0], {"comm_id": comm, "data": {"opened": {"a": [1, "ü😀", None]}}})
        self.assertEqual(self.comms("echo")[comm], {"target_name": "echo"})
        self.assertEqual(self.comms("other"), {})
        answered = self.message(comm, {"n": 1})
        self.assertEqual(answered.of("comm_msg")[0]["data"], {"echo": {"n": 1}})
        closed = self.published(self.send("comm_close", {"comm_id": comm, "data": {"why": "done"}}))
        self.assertEqual(closed.stdout, "closed done\n")
        self.assertNotIn("comm_close", closed.kinds)
        self.assertNotIn(comm, self.comms())
        self.assertEqual(self.message(comm, {}).kinds, ["status", "status"])

    def test_an_unknown_target_is_closed_at_once(self):
        comm, opened = self.open("nobody")
        self.assertEqual(opened.of("comm_close"), [{"comm_id": comm, "data": {}}])
        self.assertNotIn(comm, self.comms())

    def test_buffers_go_both_ways(self):
        big = bytes(range(256)) * 40_000  # 10 MB
        comm, opened = self.open("echo", buffers=[b"\x00\x01\xff", b"", big], metadata={"m": 1})
        (message,) = [m for m in opened.messages if m["header"]["msg_type"] == "comm_msg"]
        self.assertEqual([bytes(b) for b in message["buffers"]], [b"\x00\x01\xff", b"", big])
        self.assertEqual(message["metadata"], {"m": 1})

    def test_buffers_are_the_bytes_of_what_the_cell_gives(self):
        result = self.ok(
            """
const whole = new Uint8Array([1, 2, 3, 4, 5, 6]);
const shared = new SharedArrayBuffer(2);
new Uint8Array(shared).set([7, 8]);
const numbers = new Float32Array([1, 2]);
const c = openComm("t", { x: 1 }, {
  buffers: [whole.subarray(2, 4), numbers, shared, whole.buffer, new DataView(whole.buffer, 5), Buffer.from("é")],
});
numbers[0] = 9;
"""
        )
        (message,) = [m for m in result.messages if m["header"]["msg_type"] == "comm_open"]
        self.assertEqual(message["content"]["target_name"], "t")
        self.assertEqual(message["content"]["data"], {"x": 1})
        self.assertEqual(
            [bytes(b) for b in message["buffers"]],
            [b"\3\4", b"\0\0\x80?\0\0\0@", b"\7\x08", b"\1\2\3\4\5\6", b"\6", "é".encode()],
        )
        self.assertIn(message["content"]["comm_id"], self.comms("t"))
        self.assertEqual(self.ok("c.close({ bye: 1 }); c.close()").of("comm_close")[0]["data"], {"bye": 1})
        self.assertEqual(self.comms("t"), {})
        self.assertIn("closed", self.fails("c.send()").error["evalue"])

    def test_received_numbers_are_aligned(self):
        self.ok(
            """registerCommTarget("numbers", (comm, { buffers: [odd, floats] }) => {
  comm.send({ sum: new Float32Array(floats!.buffer, floats!.byteOffset, 2).reduce((a, b) => a + b), odd: odd!.length });
});"""
        )
        _, opened = self.open("numbers", buffers=[b"abc", b"\0\0\x80?\0\0\0@"])
        self.assertEqual(opened.of("comm_msg")[0]["data"], {"sum": 3, "odd": 3}, opened.stderr)

    def test_what_is_no_json_is_refused_where_it_is_sent(self):
        for data in ("{ a: 1n }", "[1] as any", "(() => 1) as any", "(() => { const a: any = {}; a.a = a; return a })()"):
            self.assertEqual(self.fails(f"openComm('bad', {data})").error["ename"], "TypeError", data)
        self.fails("openComm('bad', {}, { buffers: ['text' as any] })")
        self.assertEqual(self.comms("bad"), {})
        sent = self.ok("openComm('json', { d: new Date(0), u: undefined, f: () => 1, n: NaN }).close()")
        self.assertEqual(sent.of("comm_open")[0]["data"], {"d": "1970-01-01T00:00:00.000Z", "n": None})

    def test_output_and_errors_of_a_handler_go_to_the_message(self):
        self.ok(
            """registerCommTarget("talk", (comm) => {
  console.log("opening");
  comm.onMessage(async ({ data }) => {
    console.log("got", data.n);
    await new Promise((r) => setTimeout(r, 50));
    display({ "text/html": "<b>x</b>" }, { raw: true });
    console.log("later", data.n);
    if (data.n === 2) throw new RangeError("too many");
  });
});"""
        )
        comm, opened = self.open("talk")
        self.assertEqual(opened.stdout, "opening\n")
        one = self.message(comm, {"n": 1})
        self.assertEqual(one.stdout, "got 1\nlater 1\n")
        self.assertEqual(one.of("display_data")[0]["data"], {"text/html": "<b>x</b>"})
        # The handler is done before idle.
        self.assertEqual(one.kinds[-1], "status")
        two = self.message(comm, {"n": 2})
        self.assertIn("RangeError: too many", two.stderr.replace("\x1b[0m", "").replace("\x1b[31m\x1b[1m", ""))
        self.assertEqual(self.value("40 + 2"), "42")

    def test_a_target_that_fails_closes_its_comm(self):
        self.ok('registerCommTarget("broken", () => { throw new Error("no") })')
        comm, opened = self.open("broken")
        self.assertEqual(opened.of("comm_close")[0]["comm_id"], comm)
        self.assertIn("no", opened.stderr)
        self.assertNotIn(comm, self.comms())

    def test_messages_wait_for_a_target_that_takes_its_time(self):
        self.ok(
            """registerCommTarget("slow", async (comm) => {
  await new Promise((r) => setTimeout(r, 200));
  comm.onMessage(({ data }) => comm.send({ got: data.n }));
});"""
        )
        comm = uuid.uuid4().hex
        opening = self.send("comm_open", {"comm_id": comm, "target_name": "slow", "data": {}})
        messages = [self.send("comm_msg", {"comm_id": comm, "data": {"n": n}}) for n in range(3)]
        self.published(opening)
        self.assertEqual([self.published(m).of("comm_msg")[0]["data"]["got"] for m in messages], [0, 1, 2])

    def test_messages_are_handled_while_a_cell_waits(self):
        comm, _ = self.open("echo")
        cell = self.session.start("await new Promise((r) => setTimeout(r, 1500)); console.log('cell')")
        time.sleep(0.2)
        self.assertEqual(self.message(comm, {"n": 1}).of("comm_msg")[0]["data"], {"echo": {"n": 1}})
        self.assertNotIn(cell, self.session._replies)
        # Whoever shows one state for the kernel must still see it busy.
        state = self.session._published[None][-1] if None in self.session._published else None
        while state is None:
            message = self.session.client.get_iopub_msg(timeout=5)
            if message["header"]["msg_type"] == "status" and not message["parent_header"]:
                state = message
        self.assertEqual(state["content"]["execution_state"], "busy")
        self.assertEqual(self.session.wait(cell).stdout, "cell\n")

    def test_a_cell_waits_for_a_message(self):
        self.ok(
            """let arrived: (n: number) => void;
const number = new Promise<number>((r) => { arrived = r; });
registerCommTarget("number", (comm) => comm.onMessage(({ data }) => arrived(data.n)));"""
        )
        comm, _ = self.open("number")
        cell = self.session.start("await number * 2")
        time.sleep(0.2)
        self.message(comm, {"n": 21})
        self.assertEqual(self.session.wait(cell).text, "42")

    def test_a_handler_that_never_ends_is_interrupted(self):
        self.ok(
            """registerCommTarget("endless", (comm) => comm.onMessage(async ({ data }) => {
  if (data.how === "wait") await new Promise(() => {});
  while (true) {}
}));
let kept = 7;"""
        )
        for how in ("loop", "wait"):
            comm, _ = self.open("endless")
            request = self.send("comm_msg", {"comm_id": comm, "data": {"how": how}})
            time.sleep(0.3)
            self.session.interrupt()
            self.published(request, timeout=10)
            self.assertEqual(self.value("kept"), "7")

    def test_an_update_from_a_cell_reaches_the_comm(self):
        result = self.ok('const w = openComm("w"); for (let i = 0; i < 100; i++) w.send({ i }); console.log("after")')
        self.assertEqual([c["data"]["i"] for c in result.of("comm_msg")], list(range(100)))
        self.assertEqual(result.kinds.index("stream"), len(result.kinds) - 2)

    def test_many_messages_at_once(self):
        comm, _ = self.open("echo")
        requests = [self.send("comm_msg", {"comm_id": comm, "data": {"n": n}}) for n in range(300)]
        for n, request in enumerate(requests):
            self.assertEqual(self.published(request).of("comm_msg")[0]["data"], {"echo": {"n": n}})

    def test_comms_end_with_the_thread_that_held_them(self):
        from session import Session

        session = Session()
        try:
            session.run('import { openComm } from "convlab/kernel"; const c = openComm("mine")')
            result = session.run("process.exit(3)")
            self.assertEqual(result.status, "error")
            self.assertEqual(session.request("comm_info_request", {})["content"]["comms"], {})
        finally:
            session.close()
