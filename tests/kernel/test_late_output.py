"""Output that comes when its cell has ended, or while another runs, belongs to the cell that started it."""

import subprocess
import time
from queue import Empty

from session import NODE, KernelCase

# Each prints LATE well after its cell has ended.
STARTS = {
    "timer": "setTimeout(() => console.log('LATE'), 300)",
    "timer with arguments": "setTimeout(console.log, 300, 'LATE')",
    "interval": "const i1 = setInterval(() => { console.log('LATE'); clearInterval(i1) }, 300)",
    "immediate in a timer": "setTimeout(() => setImmediate(() => console.log('LATE')), 300)",
    "promise chain": "new Promise((r) => setTimeout(r, 300)).then(() => 1).then(() => console.log('LATE'))",
    "async function": "(async () => { await new Promise((r) => setTimeout(r, 300)); console.log('LATE') })(); 0",
    "microtask": "setTimeout(() => queueMicrotask(() => console.log('LATE')), 300)",
    "tick": "setTimeout(() => process.nextTick(console.log, 'LATE'), 300)",
    "timers/promises": "import { setTimeout as nap } from 'node:timers/promises'; nap(300).then(() => console.log('LATE'))",
    "imported timer": "import { setTimeout as later } from 'node:timers'; later(() => console.log('LATE'), 300)",
    "promisified timer": "import { promisify } from 'node:util'; promisify(setTimeout)(300).then(() => console.log('LATE'))",
    "async iterator": "import * as tp from 'node:timers/promises'; (async () => { for await (const _ of tp.setInterval(300)) { console.log('LATE'); break } })(); 0",
    "async generator": "async function* steps() { await new Promise((r) => setTimeout(r, 300)); yield 1 }\n(async () => { for await (const _ of steps()) console.log('LATE') })(); 0",
    "emitter in a timer": "import { EventEmitter } from 'node:events'; const e1 = new EventEmitter(); e1.on('x', () => console.log('LATE')); setTimeout(() => e1.emit('x'), 300)",
    "file": "import * as fs from 'node:fs'; setTimeout(() => fs.readFile(__dirname, () => console.log('LATE')), 300)",
    "file promise": "import * as fsp from 'node:fs/promises'; setTimeout(() => fsp.stat('/').then(() => console.log('LATE')), 300)",
    "exec": "import { exec } from 'node:child_process'; exec('sleep 0.3; echo LATE', (_, out) => console.log(out.trim()))",
    "spawn": "import { spawn } from 'node:child_process'; spawn('sh', ['-c', 'sleep 0.3; echo LATE']).stdout.on('data', (d) => console.log(String(d).trim()))",
    "pipe": "import { spawn as sp } from 'node:child_process'; sp('sh', ['-c', 'sleep 0.3; echo LATE']).stdout.pipe(process.stdout); 0",
    "library listener": "import { spawn as sq } from 'node:child_process'; sq('sh', ['-c', 'sleep 0.3; printf LATE']).stdout.setEncoding('utf8').on('data', console.log); 0",
    "worker": "import { Worker } from 'node:worker_threads'; const w1 = new Worker('setTimeout(() => require(\"worker_threads\").parentPort.postMessage(\"LATE\"), 300)', { eval: true }); w1.on('message', console.log)",
    "output of a worker": "import { Worker as W2 } from 'node:worker_threads'; new W2('setTimeout(() => console.log(\"LATE\"), 300)', { eval: true }); 0",
    "message port": "const { port1, port2 } = new MessageChannel(); port1.on('message', (m) => { console.log(m); port1.close() }); setTimeout(() => port2.postMessage('LATE'), 300)",
    "server": "import * as http from 'node:http'; const s1 = http.createServer((_, res) => { res.end('LATE'); s1.close() }).listen(0, () => setTimeout(() => fetch(`http://localhost:${(s1.address() as any).port}`).then((r) => r.text()).then(console.log), 300)); 0",
    "http client": "import * as h2 from 'node:http'; const s2 = h2.createServer((_, res) => { res.end('LATE'); s2.close() }).listen(0, () => setTimeout(() => h2.get({ port: (s2.address() as any).port, agent: false }, (r) => r.setEncoding('utf8').on('data', console.log)), 300)); 0",
    "event target": "const t1 = new EventTarget(); t1.addEventListener('x', () => console.log('LATE')); setTimeout(() => t1.dispatchEvent(new Event('x')), 300)",
    "abort signal": "AbortSignal.timeout(300).addEventListener('abort', () => console.log('LATE')); 0",
    "stderr": "setTimeout(() => console.error('LATE'), 300)",
    "display": "import { display } from 'convlab/kernel'; setTimeout(() => display('LATE'), 300)",
    "library display": "setTimeout(() => (globalThis as any)[Symbol.for('convlab.show')]({ 'text/plain': 'LATE' }), 300)",
    "error of a timer": "setTimeout(() => { throw new Error('LATE') }, 300)",
    "error of a library's timer": "import { deprecate } from 'node:util'; setTimeout(JSON.parse, 300, 'LATE')",
    "rejection": "Promise.reject(new Error('LATE')); 0",
    "rejection of a timer": "setTimeout(() => Promise.reject(new Error('LATE')), 300)",
    "rejected value": "setTimeout(() => Promise.reject('LATE'), 300)",
    "thrown value": "setTimeout(() => { throw 'LATE' }, 300)",
    "rejection of an async function": "(async () => { await new Promise((r) => setTimeout(r, 300)); throw new Error('LATE') })(); 0",
    "error of an emitter": "import { EventEmitter as EE } from 'node:events'; const e2 = new EE(); setTimeout(() => e2.emit('error', new Error('LATE')), 300)",
    "error of a child": "import { spawn as s3 } from 'node:child_process'; s3('/no/such/LATE'); 0",
}


class LateOutput(KernelCase):
    def heard(self, request: str, seconds: float = 5) -> tuple[str | None, str]:
        """Whose the text is that contains LATE."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for published in self.session._published.values():
                for message in published:
                    content = message["content"]
                    text = content.get("text") or content.get("data", {}).get("text/plain", "")
                    if message["header"]["msg_type"] in ("stream", "display_data") and "LATE" in text:
                        published.remove(message)
                        return message["parent_header"].get("msg_id"), text
            try:
                self.session.hear(0.2)
            except Empty:
                continue
        return None, "nothing"

    def check(self, name: str, code: str) -> None:
        self.session._published.clear()
        request = self.session.start(code)
        result = self.session.wait(request)
        self.assertEqual(result.status, "ok", (name, result.reply.get("evalue")))
        if "LATE" in result.stdout + result.stderr:
            self.assertIn("rejection", name)
            return
        # The cell that runs meanwhile prints and makes promises of its own.
        other = self.session.start(
            "for (let k = 0; k < 12; k++) { await new Promise((r) => setTimeout(r, 50)); console.log(k) }"
        )
        owner, text = self.heard(request)
        self.assertNotEqual(owner, None, "no late output came")
        whose = {request: "its own cell", other: "the cell that runs"}.get(owner, "another cell")
        self.session.wait(other)
        self.assertEqual(whose, "its own cell", text)

    def test_while_another_cell_runs(self):
        for name, code in STARTS.items():
            with self.subTest(name):
                self.check(name, code)

    def test_after_the_last_cell(self):
        for code in (
            STARTS["timer"],
            STARTS["promise chain"],
            STARTS["error of a timer"],
            "import * as tslab from 'tslab'; setTimeout(() => tslab.display.text('LATE'), 300)",
            "require('node:child_process').spawn('sh', ['-c', 'sleep 0.3; printf LATE']).stdout.setEncoding('utf8').on('data', console.log); 0",
        ):
            with self.subTest(code):
                self.session._published.clear()
                request = self.session.start(code)
                self.assertEqual(self.session.wait(request).status, "ok")
                self.assertEqual(self.heard(request)[0], request)

    def test_after_an_interrupt(self):
        """Code that was ended leaves nothing behind that later output would be taken for."""
        for loop in ("while (true) {}", "await 0; while (true) {}", "setTimeout(() => { while (true) {} })"):
            stuck = self.session.start(loop)
            time.sleep(0.4)
            self.session.interrupt()
            self.session.wait(stuck)
            self.check("spawn", STARTS["timer"])
            result = self.ok("console.log('mine')")
            self.assertEqual(result.stdout, "mine\n")

    def test_an_interrupted_cell_is_silent(self):
        """Its timers do not go on behind the reader's back; those of other cells do."""
        self.ok("let ticks = 0; const ticking = setInterval(() => ticks++, 20)")
        for code in (
            "for (;;) { await new Promise((r) => setTimeout(r, 30)); console.log('LATE') }",
            "setInterval(() => console.log('LATE'), 30); await new Promise(() => {})",
            "import { setTimeout as rest } from 'node:timers/promises'; for (;;) { await rest(30); console.log('LATE') }",
            "import { stat } from 'node:fs/promises'; for (;;) { await stat('/'); console.log('LATE') }",
            "const again = () => { console.log('LATE'); setImmediate(again) }; again(); await new Promise(() => {})",
        ):
            with self.subTest(code):
                request = self.session.start(code)
                time.sleep(0.3)
                self.session.interrupt()
                self.assertIn("LATE", self.session.wait(request).stdout)
                before = int(self.value("ticks"))
                after = int(self.value("await new Promise((r) => setTimeout(r, 300)); ticks"))
                self.assertGreater(after, before)
                # What waited for a file goes on to its next `await`.
                self.assertLessEqual(len(self.session._published.pop(request, [])), 1)
        self.ok("clearInterval(ticking)")

    def test_what_one_cell_defines_another_starts(self):
        self.session._published.clear()
        self.ok("function later(text: string) { setTimeout(() => console.log(text), 100) }")
        request = self.session.start("later('LATE')")
        self.session.wait(request)
        self.ok("await new Promise((r) => setTimeout(r, 300))")
        self.assertEqual(self.heard(request)[0], request)

    def test_an_interval_goes_on_under_its_own_cell(self):
        begin = self.session.start("let beats = 0; const beat = setInterval(() => { console.log('LATE', ++beats) }, 50)")
        self.session.wait(begin)
        for n in range(3):
            self.assertEqual(self.ok(f"console.log({n}); await new Promise((r) => setTimeout(r, 200))").stdout, f"{n}\n")
        self.ok("clearInterval(beat)")
        self.assertGreater(len(self.session._published[begin]), 5)


class Timers(KernelCase):
    """Remembering cells must change nothing about Node's functions."""

    def test_they_look_as_before(self):
        for name in ("setTimeout", "setInterval", "setImmediate", "queueMicrotask", "process.nextTick"):
            plain = subprocess.run(
                [NODE, "-p", f"[{name}.name, {name}.length, Object.keys({name}).join(), typeof {name}.prototype].join()"],
                capture_output=True, text=True, check=True,
            ).stdout.strip().rsplit(",", 1)[0]
            # An arrow function has no prototype; nobody constructs these.
            self.assertEqual(self.value(f"[{name}.name, {name}.length, Object.keys({name}).join()].join()"), f"'{plain}'")

    def test_timeouts(self):
        self.assertEqual(
            self.value(
                """
const log: unknown[] = [];
const t = setTimeout(function (this: unknown, ...args: number[]) { log.push(this === t, ...args) }, 20, 1, 2);
log.push(t.hasRef(), t.unref() === t, t.hasRef(), t.ref() === t, t.refresh() === t, typeof +t);
const cleared = setTimeout(() => log.push("never"), 5);
clearTimeout(cleared);
clearTimeout(+setTimeout(() => log.push("never"), 5));
clearTimeout(String(+setTimeout(() => log.push("never"), 5)));
await new Promise((r) => setTimeout(r, 100));
log.join()"""
            ),
            "'true,true,false,true,true,number,true,1,2'",
        )

    def test_intervals(self):
        self.assertEqual(
            self.value(
                """
const calls: unknown[] = [];
const every = setInterval(function (this: unknown, a: string, b: string) {
  calls.push(this === every, a, b);
  if (calls.length === 6) clearInterval(this as NodeJS.Timeout);
}, 10, "a", "b");
await new Promise((r) => setTimeout(r, 150));
calls.join()"""
            ),
            "'true,a,b,true,a,b'",
        )

    def test_immediates_and_ticks(self):
        self.assertEqual(
            self.value(
                """
const order: unknown[] = [];
setImmediate((x: number) => order.push("immediate", x), 1);
clearImmediate(setImmediate(() => order.push("never")));
process.nextTick((x: number) => order.push("tick", x), 2);
queueMicrotask(() => order.push("micro"));
await new Promise((r) => setTimeout(r, 30));
order.sort().join()"""
            ),
            "'1,2,immediate,micro,tick'",
        )

    def test_modules_and_promises(self):
        self.assertEqual(
            self.value(
                """
import timers, { setTimeout as named, clearTimeout as clear } from "node:timers";
import * as nap from "node:timers/promises";
import { promisify } from "node:util";
[
  timers.setTimeout === setTimeout, named === setTimeout, clear === clearTimeout, timers.promises.setTimeout === nap.setTimeout,
  require("timers").setTimeout === setTimeout,
  promisify(setTimeout) === nap.setTimeout, promisify(setImmediate) === nap.setImmediate,
  await nap.setTimeout(5, "v"), await promisify(setTimeout)(5, "w"), await nap.setImmediate("i"), await nap.scheduler.wait(5),
].join()"""
            ),
            "'true,true,true,true,true,true,true,v,w,i,'",
        )
        self.assertEqual(
            self.value("await nap.setTimeout(5000, 0, { signal: AbortSignal.timeout(10) }).catch((e) => e.name)"),
            "'AbortError'",
        )

    def test_what_is_no_function_is_refused_as_by_node(self):
        for call in ("setTimeout(1 as any)", "setInterval('x' as any, 1)", "queueMicrotask(null as any)", "process.nextTick({} as any)"):
            error = self.fails(call).error
            self.assertIn("callback", error["evalue"])
            self.assertEqual(error["ename"], "TypeError")

    def test_emitters(self):
        self.assertEqual(
            self.value(
                """
import { EventEmitter, once, on } from "node:events";
class Own extends EventEmitter { n = 1 }
const own = new Own();
const heard: unknown[] = [];
const listener = function (this: unknown, ...args: unknown[]) { heard.push(this === own, ...args) };
own.on("a", listener); own.once("a", listener);
heard.push(own.emit("a", 1, 2), own.emit("a", 3), own.listenerCount("a"), own.listeners("a")[0] === listener);
own.off("a", listener);
heard.push(own.emit("a"), EventEmitter.prototype.emit.name, EventEmitter.prototype.emit.length);
EventEmitter.call(own as any);
const [value] = (setTimeout(() => own.emit("b", 7), 10), await once(own, "b"));
heard.push(value, Object.keys(new Own()).includes("n"));
heard.join()"""
            ),
            "'true,1,2,true,1,2,true,3,true,true,1,true,false,emit,1,7,true'",
        )
