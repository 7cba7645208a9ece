"""Interrupts end whatever runs and keep all state."""

import time

from session import KernelCase, Session

# The smallest module with a function that never returns.
WASM = "[0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11]"

BUSY = {
    "at top level": "while (true) {}",
    "in a function": "function busy() { for (;;) {} }\nbusy()",
    "in a method called by the engine": "[3, 2, 1].sort(() => { while (true) {} })",
    "after an await": "await null; for (;;) {}",
    "in a promise's then": "Promise.resolve().then(() => { while (true) {} }); await new Promise(() => {})",
    "in promises that never let go": "await (async () => { for (;;) await 1 })()",
    "in promises nobody waits for": "const again = (): unknown => Promise.resolve().then(again); again(); await new Promise(() => {})",
    "in microtasks": "const more = () => queueMicrotask(more); more(); await new Promise(() => {})",
    "in next ticks": "const tick = () => process.nextTick(tick); tick(); await new Promise(() => {})",
    "in an asynchronous iteration": "for await (const x of (async function* () { for (;;) yield 1 })()) {}",
    "where errors are caught": "while (true) { try { while (true) {} } catch {} }",
    "in a finally": "try { throw 1 } finally { while (true) {} }",
    "with a busy finally around it": "try { while (true) {} } finally { while (true) {} }",
    "while the value is inspected": "({ [Symbol.for('nodejs.util.inspect.custom')]() { while (true) {} } })",
    "while the value is displayed": "({ [Symbol.for('Jupyter.display')]() { while (true) {} } })",
    "in a toString": "`${{ toString(): string { while (true) {} } }}`",
    "in a getter": "({ get x(): number { while (true) {} } }).x",
    "in a proxy's trap": "(new Proxy({} as any, { get() { while (true) {} } })).x",
    "in a regular expression": "/(a+)+$/.test('a'.repeat(40) + 'b')",
    "in a generator": "function* ones() { for (;;) yield 1 }\nfor (const x of ones()) {}",
    "in WebAssembly": f"const wasm = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array({WASM})));\n(wasm.exports.f as () => void)()",
    "in JSON.stringify": "const many = Array.from({ length: 300_000 }, (_, i) => ({ i })); while (true) JSON.stringify(many)",
    "in eval": "eval('while (true) {}')",
    "in another context": "import vm from 'node:vm';\nvm.runInNewContext('while (true) {}')",
    "in a module being imported": "import './endless.ts'",
    "in a module being required": "require('./endless.cjs')",
    "in a disposal": "{ using held = { [Symbol.dispose]() { while (true) {} } }; }",
    "waiting for shared memory": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
    "waiting for a promise": "await new Promise(() => {})",
    "waiting for a timer": "await new Promise((r) => setTimeout(r, 60_000))",
    "printing": "while (true) console.log('again')",
}


class Interrupts(KernelCase):
    def interrupted(self, code: str, after: float = 0.3) -> float:
        """Runs a cell that never ends, interrupts it; returns the seconds from interrupt to reply."""
        request = self.session.start(code)
        time.sleep(after)
        return self.interrupt(request)

    def after_begin(self, code: str) -> None:
        request = self.session.begin(code)
        time.sleep(0.3)
        self.interrupt(request)

    def interrupt(self, request: str) -> float:
        begin = time.monotonic()
        self.assertEqual(self.session.interrupt()["content"]["status"], "ok")
        result = self.session.wait(request, timeout=10)
        took = time.monotonic() - begin
        self.assertEqual(result.status, "error")
        self.assertRegex(result.error["ename"], "(?i)interrupt")
        return took

    def setUp(self):
        self.ok("let state = { n: 41 }")

    def tearDown(self):
        self.assertEqual(self.value("state.n + 1"), "42")

    def test_whatever_is_busy_ends_and_leaves_the_state(self):
        self.session.write("endless.ts", "export const one: number = 1;\nwhile (true) {}\n")
        self.session.write("endless.cjs", "while (true) {}\n")
        for where, code in BUSY.items():
            with self.subTest(where):
                self.assertLess(self.interrupted(f"// @ts-nocheck\n{code}"), 5)
                self.assertEqual(self.value("state.n"), "41")

    def test_what_the_loop_has_done_is_kept(self):
        self.after_begin("let progress = 0;\nwhile (true) progress++")
        self.assertGreater(int(self.value("progress")), 1000)
        self.after_begin("const seen: number[] = [];\nfor (;;) if (seen.length < 7) seen.push(seen.length)")
        self.assertEqual(self.value("seen.length"), "7")

    def test_a_timer_that_is_busy_when_its_cell_has_ended(self):
        self.ok("setTimeout(() => { while (true) state.n = 41 }, 1)")
        time.sleep(0.3)
        self.assertEqual(self.session.interrupt()["content"]["status"], "ok")
        self.ok("state.n")

    def test_a_cell_that_waits_behind_a_busy_timer_never_runs(self):
        self.ok("let ran = false; setTimeout(() => { while (true) {} }, 1)")
        time.sleep(0.3)
        request = self.session.start("ran = true")
        time.sleep(0.3)
        self.interrupt(request)
        self.assertEqual(self.value("ran"), "false")

    def test_an_interval_that_is_busy_each_time(self):
        self.ok("setInterval(() => { while (true) {} }, 1)")
        time.sleep(0.3)
        self.interrupted("'behind it'")
        self.ok("state.n")

    def test_a_comm_handler(self):
        self.ok(
            "import { registerCommTarget } from 'convlab/kernel';\n"
            "registerCommTarget('busy', (comm) => { comm.onMessage(() => { while (true) {} }) })"
        )
        client = self.session.client
        for kind, content in (
            ("comm_open", {"comm_id": "b1", "target_name": "busy", "data": {}}),
            ("comm_msg", {"comm_id": "b1", "data": {}}),
        ):
            client.shell_channel.send(client.session.msg(kind, content))
        time.sleep(0.5)
        request = self.session.start("'behind it'")
        time.sleep(0.3)
        self.interrupt(request)
        self.ok("state.n")

    def test_in_a_module_that_waits(self):
        self.session.write("waits.mjs", "await new Promise(() => {});\n")
        self.interrupted("// @ts-nocheck\nimport './waits.mjs'")

    def test_again_and_again(self):
        for _ in range(5):
            self.interrupted("while (true) {}", after=0.15)

    def test_several_at_once(self):
        request = self.session.start("while (true) {}")
        time.sleep(0.3)
        for _ in range(4):
            self.session.interrupt()
        self.interrupt(request)

    def test_at_any_moment_every_cell_ends(self):
        """Also when the interrupt comes as a cell ends, or between two: the next one always runs."""
        self.ok("let count = 0")
        for wait in (0, 0.002, 0.005, 0.01, 0.015, 0.016, 0.018, 0.02, 0.03) * 3:
            first = self.session.start(
                "count++; for (const e = Date.now() + 15; Date.now() < e;);", stop_on_error=False
            )
            second = self.session.start("count++; await null", stop_on_error=False)
            time.sleep(wait)
            self.session.interrupt()
            for request in (first, second):
                self.assertIn(self.session.wait(request, timeout=10).status, ("ok", "error"))
            self.assertEqual(self.value("'next'"), "'next'")

    def test_queued_cells_are_aborted(self):
        first = self.session.start("while (true) {}")
        second = self.session.start("console.log('no')")
        time.sleep(0.3)
        self.session.interrupt()
        self.assertEqual(self.session.wait(first).status, "error")
        self.assertEqual(self.session.wait(second).status, "aborted")

    def test_waiting_for_a_type_check(self):
        """The language server does not answer; the cell ends all the same, and the next one is checked."""
        server = self.session.language_server()
        server.suspend()
        try:
            self.assertLess(self.interrupted("const checked: number = state.n"), 5)
        finally:
            server.resume()
        self.fails("checked")

    def test_an_idle_kernel_is_interrupted_without_effect(self):
        for _ in range(3):
            self.assertEqual(self.session.interrupt()["content"]["status"], "ok")
            self.ok("1")


class BeforeTheFirstCell(KernelCase):
    def test_a_kernel_that_has_run_nothing_is_interrupted(self):
        self.assertEqual(self.session.interrupt()["content"]["status"], "ok")
        self.assertEqual(self.value("1 + 1"), "2")
        session = Session()
        try:
            request = session.start("while (true) {}")
            time.sleep(1)
            session.interrupt()
            self.assertEqual(session.wait(request).error["ename"], "Interrupted")
            self.assertEqual(session.run("2 + 2").text, "4")
        finally:
            session.close()


class WhatGoesOn(KernelCase):
    """What an interrupted cell has begun for others, and what it has not come to."""

    def interrupted(self, code: str, after: float = 0.4) -> None:
        request = self.session.begin(code)
        time.sleep(after)
        self.session.interrupt()
        self.assertEqual(self.session.wait(request).reply["ename"], "Interrupted")

    def test_names_that_were_not_reached_are_unknown_in_values_and_types(self):
        self.ok("const kept = 5; class Twice { m() { return 1 } }")
        self.interrupted("let reached = 7; await new Promise(() => {}); const kept = 's'; class Twice { m() { return 'two' } } let fresh = 1; enum En { A }")
        self.assertEqual(self.value("kept.toFixed(1) + new Twice().m().toFixed(1) + reached.toFixed(1)"), "'5.01.07.0'")
        self.assertIn("TS2304", self.fails("fresh").error["evalue"])
        self.assertIn("TS2304", self.fails("En.A").error["evalue"])

    def test_a_promise_of_an_interrupted_cell_still_settles(self):
        self.interrupted("const seven = new Promise<number>((resolve) => setTimeout(() => resolve(7), 900)); await seven")
        self.assertEqual(self.value("await seven"), "7")

    def test_a_server_lives_on(self):
        self.interrupted(
            "import http from 'node:http'\n"
            "const server = http.createServer(async (_, answer) => { await new Promise((r) => setTimeout(r, 5)); answer.end('hi') }).listen(0)\n"
            "await new Promise(() => {})"
        )
        self.assertEqual(self.value("const { port } = server.address() as { port: number }\nawait (await fetch(`http://localhost:${port}`)).text()"), "'hi'")
        self.ok("server.close(); server.closeAllConnections()")

    def test_a_generator_that_awaits_ends(self):
        self.interrupted("const ticks = (async function* () { for (let i = 0; ; i++) { await new Promise((r) => setTimeout(r, 5)); yield i } })(); for await (const tick of ticks) {}")
        self.assertEqual(self.value("(await ticks.next()).done"), "true")

    def test_finally_runs_and_who_catches_everything_stops_too(self):
        self.interrupted("const seen: string[] = []; try { for (;;) await new Promise((r) => setTimeout(r, 5)) } finally { seen.push('closed') }")
        self.ok("await new Promise((r) => setTimeout(r, 50))")
        self.assertEqual(self.value("seen.join()"), "'closed'")
        self.interrupted("let tries = 0; for (;;) { try { await new Promise((r) => setTimeout(r, 5)) } catch {} tries++ }")
        self.ok("await new Promise((r) => setTimeout(r, 50)); const then = tries; await new Promise((r) => setTimeout(r, 100))")
        self.assertEqual(self.value("tries === then"), "true")

    def test_its_interval_and_its_loop_of_timeouts_are_silent(self):
        self.interrupted("let n = 0; const again = () => { n++; setTimeout(again, 5) }; again(); setInterval(() => n++, 5); await new Promise(() => {})")
        self.ok("await new Promise((r) => setTimeout(r, 30)); const before = n; await new Promise((r) => setTimeout(r, 100))")
        self.assertEqual(self.value("n > 3 && n === before"), "true")
