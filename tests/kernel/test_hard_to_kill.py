"""User code ends its thread, fills the memory, or blocks: the kernel goes on, and says what was lost."""

import re
import time
from collections.abc import Callable

import psutil
from session import KernelCase, Session
from unchecked import UncheckedCase

ANSI = re.compile(r"\x1b\[[0-9;]*m")


class EndOfTheProcess(UncheckedCase):
    def test_exit_in_a_cell(self):
        self.assertIn("exit code 3", self.lost("process.exit(3)"))
        self.assertIn("exit code 0", self.lost("process.exit()"))
        self.assertIn("exit code 5", self.lost("process.reallyExit(5)"))

    def test_exit_from_a_timer_while_a_cell_waits(self):
        self.lost("setTimeout(() => process.exit(4), 10); await new Promise(() => {})")

    def test_an_exit_handler_that_never_ends_is_interrupted(self):
        request = self.session.start("process.on('exit', () => { while (true) {} }); process.exit(1)")
        time.sleep(0.5)
        self.session.interrupt()
        self.assertEqual(self.session.wait(request, timeout=15).status, "error")
        self.assertEqual(self.value("1 + 1"), "2")

    def test_what_can_be_refused_is_refused_and_nothing_is_lost(self):
        self.ok("let still = 1")
        self.assertIn("not supported", self.fails("process.abort()").error["evalue"])
        self.assertIn("not supported", self.fails("process.chdir('..')").error["evalue"])
        self.assertEqual(self.value("still"), "1")

    def test_comms_and_questions_of_a_lost_session_end(self):
        self.ok("import { openComm } from 'convlab/kernel'; openComm('somewhere')")
        self.assertEqual(len(self.session.request("comm_info_request", {})["content"]["comms"]), 1)
        self.lost("process.exit(1)")
        self.assertEqual(self.session.request("comm_info_request", {})["content"]["comms"], {})

    def test_cells_of_a_subshell_end_too(self):
        reply = self.session.request("create_subshell_request", {}, "control")
        subshell = reply["content"]["subshell_id"]
        client = self.session.client
        message = client.session.msg("execute_request", {"code": "await new Promise(() => {})"})
        message["header"]["subshell_id"] = subshell
        client.shell_channel.send(message)
        time.sleep(0.3)
        self.lost("process.exit(1)")
        self.assertEqual(self.session.wait(message["header"]["msg_id"]).error["ename"], "StateLost")
        self.session.request("delete_subshell_request", {"subshell_id": subshell}, "control")


class ErrorsNobodyCatches(UncheckedCase):
    def told(self, code: str) -> str:
        result = self.ok(f"let alive = 1;\n{code}\nawait new Promise((r) => setTimeout(r, 200))")
        self.assertEqual(self.value("alive"), "1")
        return ANSI.sub("", result.stderr)

    def test_in_a_timer(self):
        self.assertRegex(
            self.told("setTimeout(() => { throw new RangeError('late') }, 1)"),
            r"RangeError: late(.|\n)*cell \[\d+\], line 2, column 26",
        )

    def test_in_an_event_handler(self):
        text = self.told(
            "import { EventEmitter } from 'node:events'; const emitter = new EventEmitter();\n"
            "emitter.on('x', () => { throw new Error('in a handler') });\n"
            "setImmediate(() => emitter.emit('x')); setImmediate(() => emitter.emit('error', new Error('no handler')))"
        )
        self.assertRegex(text, r"in a handler(.|\n)*line 3, column 31")
        self.assertIn("no handler", text)

    def test_rejections_are_each_told(self):
        text = self.told("for (let i = 0; i < 50; i++) Promise.reject(new Error(`no ${i}.`)); Promise.reject(5)")
        for i in range(50):
            self.assertIn(f"no {i}.", text)
        self.assertRegex(text, r"cell \[\d+\], line 2, column 45")

    def test_told_under_the_cell_that_began_it(self):
        first = self.session.start("setTimeout(() => Promise.reject(new Error('mine')), 300); 1")
        self.session.wait(first)
        second = self.ok("await new Promise((r) => setTimeout(r, 800))")
        self.assertEqual(second.stderr, "")
        late = [m["content"].get("text", "") for m in self.session._published.get(first, [])]
        self.assertIn("mine", "".join(late))


class FullMemory(UncheckedCase):
    environment = {"CONVLAB_TYPECHECK": "off", "CONVLAB_MEMORY": "400"}

    FILLERS = {
        "a growing array": "const a = []; for (;;) a.push(a.length)",
        "objects": "const a = []; for (;;) a.push({ i: a.length, inner: { x: 1 } })",
        "texts": "let s = 'x'; const a = []; for (;;) { s += s.length; a.push(s + Math.random()) }",
        "one growing map": "const m = new Map(); for (let i = 0; ; i++) m.set(i, { i })",
        "large arrays": "const a = []; for (;;) a.push(new Array(3e7).fill(0))",
        "buffers": "const a = []; for (;;) a.push(Buffer.alloc(1 << 20, 1))",
        "typed arrays": "const a = []; for (;;) a.push(new Float32Array(1e6).fill(1))",
        "promises": "const a = []; for (;;) a.push(new Promise(() => {}))",
        "a list made by the engine": "Array.from({ length: 1e9 }, (_, i) => ({ i }))",
        "a loop that awaits": "const a = []; for (;;) { a.push(new Array(1e5).fill(0)); await new Promise((r) => setTimeout(r, 1)) }",
    }

    def test_each_way_to_fill_it(self):
        for what, code in self.FILLERS.items():
            with self.subTest(what):
                why = self.lost(code)
                self.assertIn("memory was full", why)
                self.assertIn("400 MB", why)
                self.assertIn("CONVLAB_MEMORY", why)

    def test_a_timer_that_fills_it_while_no_cell_runs(self):
        self.ok("const kept = 1; const b: unknown[] = []; setInterval(() => b.push(new Float64Array(1e6).fill(1)), 5)")
        for _ in range(100):
            time.sleep(0.2)
            if self.value("typeof kept") == "'undefined'":
                return
        self.fail("the memory was never full")

    def test_garbage_is_no_reason(self):
        kinds = ["new Float32Array(1e6).fill(1)", "Array.from({ length: 1e5 }, (_, i) => ({ i }))", "Buffer.alloc(1e7, 1)"]
        self.ok("const kept = 2")
        for kind in kinds:
            with self.subTest(kind):
                self.ok(f"{{ let x; for (const e = Date.now() + 1500; Date.now() < e;) x = {kind} }}")
        self.assertEqual(self.value("kept"), "2")


class NativeCalls(KernelCase):
    def children(self) -> list[str]:
        found = psutil.Process(self.session.pid).children(recursive=True)
        return [name for child in found if "--lsp" not in (name := " ".join(child.cmdline()))]

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + 10
        while not holds():
            self.assertLess(time.monotonic(), end, self.children())
            time.sleep(0.05)

    def test_execSync(self):
        self.ok("let kept = 1")
        request = self.session.start("import { execSync } from 'node:child_process';\nexecSync('echo 1; sleep 1000')")
        self.until(lambda: any("sleep" in name for name in self.children()))
        self.session.interrupt()
        # An impatient reader loses nothing.
        time.sleep(0.3)
        self.session.interrupt()
        told = False
        while not told:
            message = self.session.hear(10)
            told = "can't be interrupted" in message["content"].get("text", "")
        self.assertTrue(any("sleep" in name for name in self.children()))
        self.session.interrupt()
        result = self.session.wait(request, timeout=10)
        self.assertEqual(result.error["ename"], "StateLost")
        self.assertIn("native call", result.error["evalue"])
        self.assertEqual(self.value("1 + 1"), "2")
        self.assertIn("Cannot find name 'kept'", self.fails("kept").error["evalue"])
        self.until(lambda: self.children() == [])
        self.session.language_server()

    def test_one_that_returns_by_itself_keeps_the_state(self):
        self.ok("let spared = 1")
        request = self.session.begin("import { execSync } from 'node:child_process';\nexecSync('sleep 3'); while (true) {}")
        time.sleep(0.7)
        self.session.interrupt()
        result = self.session.wait(request, timeout=20)
        self.assertEqual(result.error["ename"], "Interrupted")
        self.assertIn("can't be interrupted", result.stderr)
        self.assertEqual(self.value("spared"), "1")


class OverwrittenGlobals(UncheckedCase):
    def setUp(self):
        self.session = Session(env=self.environment)

    def tearDown(self):
        self.session.close()

    @classmethod
    def setUpClass(cls) -> None:
        pass

    @classmethod
    def tearDownClass(cls) -> None:
        pass

    def test_globals_may_go(self):
        names = "Promise JSON Buffer Symbol Reflect Atomics SharedArrayBuffer console process Error Map URL setTimeout".split()
        for name in names:
            self.ok(f"delete (globalThis as any).{name}; 1")
        self.assertEqual(self.value("class A { x = [1] }; new A()"), "A { x: [ 1 ] }")
        self.assertEqual(self.value("await 5"), "5")
        self.assertEqual(self.value("import { join } from 'node:path'; join('a', 'b')"), "'a/b'")
        self.assertEqual(self.fails("throw new TypeError('told')").error["evalue"], "told")

    def test_plain_additions_do_no_harm(self):
        self.ok("(Object.prototype as any).extra = 1; (Array.prototype as any).last = function () {}; 1")
        self.assertEqual(self.value("[1, { a: 2 }]"), "[ 1, { a: 2 } ]")
        self.assertEqual(self.value("import { join } from 'node:path'; join('a', 'b')"), "'a/b'")
        self.assertEqual(self.fails("throw new TypeError('told')").error["evalue"], "told")

    def test_every_cell_ends_whatever_built_in_object_is_broken(self):
        breaking = [
            "Map.prototype.get = null as any",
            "Promise.prototype.then = null as any",
            "(Object.prototype as any).then = () => { throw 1 }",
            "(Array.prototype as any)[Symbol.iterator] = null",
            "RegExp.prototype.exec = null as any; String.prototype.slice = null as any",
        ]
        for code in breaking:
            with self.subTest(code):
                session = Session(env=self.environment)
                try:
                    for cell in (code, "1 + 1", "console.log(7)", "throw new Error('x')"):
                        self.assertIn(session.run(cell, timeout=15).status, ("ok", "error"))
                finally:
                    session.close()
