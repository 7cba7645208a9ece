"""Streams and displays."""

import base64
import os
import subprocess
import unittest

from session import NODE, KernelCase, Session


def in_node(code: str, env: dict | None = None) -> tuple[str, str]:
    """What the same code prints as a program of Node's, into pipes: that is right here too."""
    environment = {**os.environ, **(env or {})}
    done = subprocess.run([NODE, "-e", code], capture_output=True, check=True, env=environment, timeout=30)
    return done.stdout.decode(), done.stderr.decode()


# Each prints as in Node, on the same stream.
CONSOLE = {
    "streams": "console.log('l'); console.info('i'); console.debug('d'); console.warn('w'); console.error('e')",
    "formats": "console.log('%s %d %i %f %j %o %O %c%%', 's', '42', 4.7, 1.5, {a: 1}, [1], {b: {c: {}}}, 'color: red', 'rest')",
    "values": "console.log(null, undefined, 1n, -0, NaN, 'text', Symbol('s'), [1, 'a'], new Map([[1, {a: 2}]]), new Set([1]))",
    "classes": "class P { x = 1; #y = 2; get z() { return 3 } } console.log(new P(), P, () => 1, Object.create(null))",
    "depth": "const v = {a: {b: {c: {d: {e: 1}}}}}; console.log(v); console.dir(v, {depth: 0}); console.dir(v, {depth: null})",
    "dir": "console.dir({a: [1, 2, 3]}, {compact: false, maxArrayLength: 1}); console.dir('text'); console.dir({s: 1}, {showHidden: true})",
    "coloured": "console.dir({a: 'x'}, {colors: true}); console.log(require('node:util').inspect({n: 1}, {colors: true}))",
    "group": "console.group('one'); console.log('in\\nside'); console.group(); console.error('deeper'); console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log('out'); console.groupCollapsed('c'); console.info('x'); console.groupEnd()",
    "count": "console.count(); console.count('a'); console.count(); console.countReset(); console.count()",
    "assert": "console.assert(true, 'no'); console.assert(false, 'said %s', 'why'); console.assert(0); console.assert(null, {a: 1})",
    "table of none": "console.table('text'); console.table(5); console.table([])",
    "circles": "const c = {}; c.self = c; console.log(c); console.log([c, [c]])",
    "empty": "console.log(); console.log(''); console.error()",
    "long": "console.log(Array.from({length: 200}, (_, i) => i)); console.log('y'.repeat(20000)); console.log(Buffer.from('abc'))",
    "korean": "console.log('합성곱', ['😀'], {키: '값'})",
    "detached": "const {log, error} = console; log('alone'); [1, 2].forEach(console.log)",
    "own": "const own = new console.Console(process.stdout, process.stderr); own.log('o'); own.warn('w'); own.group(); own.log('g')",
    "write": "process.stdout.write('a'); process.stdout.write(new Uint8Array([98])); process.stdout.write(Buffer.from('c')); process.stdout.write('ZA==', 'base64'); process.stdout.write('e\\r', 'utf8'); process.stderr.write('f')",
    "pieces": "const e = Buffer.from('😀합'); for (const b of e) process.stdout.write(Buffer.of(b)); process.stdout.write('\\n')",
    "bars": "for (let i = 0; i <= 3; i++) process.stdout.write('\\r' + '#'.repeat(i) + '\\u001b[K'); console.log()",
    "answers": "console.log(process.stdout.write('x'), console.log('y'))",
}

class Output(KernelCase):
    def test_20000_lines_complete_and_in_order(self):
        result = self.ok("for (let i = 0; i < 20000; i++) console.log(i)")
        self.assertEqual(result.stdout, "".join(f"{i}\n" for i in range(20000)))
        self.assertEqual(result.kinds[-1], "status")

    def test_20000_lines_with_pauses_and_both_streams(self):
        result = self.ok(
            "for (let i = 0; i < 2000; i++) { console.log('o' + i); if (i % 100 === 0) { console.error('e' + i); await null } }"
        )
        self.assertEqual(result.stdout.split(), [f"o{i}" for i in range(2000)])
        self.assertEqual(result.stderr.split(), [f"e{i}" for i in range(0, 2000, 100)])

    def test_the_console_prints_as_in_node(self):
        for name, code in CONSOLE.items():
            with self.subTest(name):
                # In a block, so that the names are this cell's own.
                result = self.ok(f"// @ts-nocheck\n{{ {code} }}")
                self.assertEqual((result.stdout, result.stderr), in_node(code))

    def test_times_and_traces(self):
        result = self.ok("console.time('t'); console.timeLog('t', 'so far'); console.timeEnd('t')")
        self.assertRegex(result.stdout, r"^t: [\d.]+m?s so far\nt: [\d.]+m?s\n$")
        result = self.ok("function inner() {\n  console.trace('where %s', 'now')\n}\ninner()")
        self.assertEqual(result.stdout, "")
        first, *frames = result.stderr.splitlines()
        self.assertEqual(first, "Trace: where now")
        self.assertRegex(frames[0], r"^    at inner \(cell \[\d+\], line 2, column 11\)$")
        self.assertRegex(frames[1], r"^    at .*cell \[\d+\], line 4, column 1\)?$")
        self.assertEqual(len(frames), 2, frames)

    def test_writing_calls_back_and_streams_end_in_stdout(self):
        result = self.ok(
            "import { Readable } from 'node:stream'; import { pipeline } from 'node:stream/promises'\n"
            "await new Promise<void>((done) => process.stdout.write('first ', () => done()))\n"
            "await new Promise<void>((done) => process.stdout.write(Buffer.from('second '), () => done()))\n"
            "await new Promise<void>((done) => process.stdout.write('third ', 'utf8', () => done()))\n"
            "await pipeline(Readable.from(['pi', 'ped']), process.stdout, { end: false })"
        )
        self.assertEqual(result.stdout, "first second third piped")
        self.assertEqual(self.fails("process.stdout.write(5 as any)").error["ename"], "TypeError")

    def test_one_line_of_ten_megabytes(self):
        result = self.ok("console.log('ab😀'.repeat(2_000_000))")
        self.assertEqual(result.stdout, "ab😀" * 2_000_000 + "\n")

    def test_characters_cut_between_writes(self):
        result = self.ok("process.stdout.write('a\\ud83d'); process.stdout.write('\\ude00b')")
        self.assertEqual(result.stdout, "a😀b")
        # Each stream has its own characters.
        result = self.ok(
            "const cut = Buffer.from('합'); process.stdout.write(cut.subarray(0, 1)); process.stderr.write('e'); process.stdout.write(cut.subarray(1))"
        )
        self.assertEqual((result.stdout, result.stderr), ("합", "e"))

    def test_a_progress_bar_is_kept_as_it_is(self):
        result = self.ok("for (let i = 0; i <= 100; i++) process.stdout.write(`\\r${i}%`)")
        self.assertEqual(result.stdout, "".join(f"\r{i}%" for i in range(101)))

    def test_colours_are_left_to_the_front_end(self):
        red = "\u001b[31mred\u001b[39m"
        self.assertEqual(self.ok("console.log('\\u001b[31mred\\u001b[39m')").stdout, red + "\n")
        # A result's text has none, whoever made it.
        custom = "[Symbol.for('nodejs.util.inspect.custom')]() { return '\\u001b[31mred\\u001b[39m' }"
        self.assertEqual(self.value(f"({{ {custom} }})"), "red")
        shown = "[Symbol.for('Jupyter.display')]() { return { 'text/plain': '\\u001b[31mred\\u001b[39m' } }"
        self.assertEqual(self.value(f"({{ {shown} }})"), "red")
        self.assertEqual(self.value("'\\u001b[31mred'"), "'\\x1B[31mred'")

    def test_a_table_is_shown_on_the_page(self):
        result = self.ok("console.log('before'); console.table([{ n: '<i>', v: 1 }, { n: 'b', v: 2 }]); console.log('after')")
        self.assertEqual(result.stdout, "before\nafter\n")
        self.assertEqual([k for k in result.kinds if k in ("stream", "display_data")], ["stream", "display_data", "stream"])
        (shown,) = result.of("display_data")
        self.assertIn("&lt;i&gt;", shown["data"]["text/html"])
        self.assertIn("│ 0       │ '<i>' │ 1 │", shown["data"]["text/plain"])
        result = self.ok("console.table(new Map([['k', 1]])); console.table([{ a: 1, b: 2 }], ['b']); console.table('text')")
        first, second = result.of("display_data")
        self.assertIn("Key", first["data"]["text/html"])
        self.assertNotIn(">a<", second["data"]["text/html"])
        self.assertEqual(result.stdout, "text\n")

    def test_process_stdout_and_long_text(self):
        self.assertEqual(self.ok("process.stdout.write('no newline')").stdout, "no newline")
        self.assertEqual(len(self.ok("console.log('x'.repeat(3_000_000))").stdout), 3_000_001)

    def test_korean_and_emoji_are_never_cut(self):
        result = self.ok("for (let i = 0; i < 3000; i++) process.stdout.write('합성곱😀')")
        self.assertEqual(result.stdout, "합성곱😀" * 3000)

    def test_console_methods(self):
        result = self.ok("console.info('i'); console.warn('w'); console.table([{ a: 1 }]); console.log('%d of %s', 1, 'x')")
        self.assertIn("i\n", result.stdout)
        self.assertIn("1 of x", result.stdout)
        self.assertIn("w", result.stderr)

    def test_text_appears_while_the_cell_runs(self):
        request = self.session.start("console.log('early'); await new Promise((r) => setTimeout(r, 1500)); console.log('late')")
        import time

        begin = time.monotonic()
        while True:
            message = self.session.client.get_iopub_msg(timeout=5)
            if message["header"]["msg_type"] == "stream":
                break
        self.assertIn("early", message["content"]["text"])
        self.assertLess(time.monotonic() - begin, 1.2)
        self.session.wait(request)

    def test_text_appears_while_a_loop_blocks(self):
        request = self.session.start("console.log('before the loop'); const end = Date.now() + 1500; while (Date.now() < end) {}")
        import time

        begin = time.monotonic()
        while self.session.client.get_iopub_msg(timeout=5)["header"]["msg_type"] != "stream":
            pass
        self.assertLess(time.monotonic() - begin, 1.2)
        self.session.wait(request)

    def test_tslab_display(self):
        self.ok("import * as tslab from 'tslab'")
        png = base64.b64encode(bytes([137, 80, 78, 71])).decode()
        for call, mime, data in [
            ("html('<b>x</b>')", "text/html", "<b>x</b>"),
            ("markdown('# x')", "text/markdown", "# x"),
            ("latex('$x$')", "text/latex", "$x$"),
            ("svg('<svg/>')", "image/svg+xml", "<svg/>"),
            ("javascript('1')", "text/javascript", "1"),
            ("text('plain')", "text/plain", "plain"),
            ("png(new Uint8Array([137, 80, 78, 71]))", "image/png", png),
            ("jpeg(new Uint8Array([137, 80, 78, 71]))", "image/jpeg", png),
            ("gif(new Uint8Array([137, 80, 78, 71]))", "image/gif", png),
            ("pdf(new Uint8Array([137, 80, 78, 71]))", "application/pdf", png),
            ("raw('text/x-own', 'own')", "text/x-own", "own"),
            ("raw('application/vnd.plotly.v1+json', '{\"data\": []}')", "application/vnd.plotly.v1+json", {"data": []}),
        ]:
            with self.subTest(call=call):
                shown = self.ok(f"tslab.display.{call}").of("display_data")
                self.assertEqual(len(shown), 1)
                self.assertEqual(shown[0]["data"][mime], data)
                self.assertEqual(shown[0]["transient"], {})

    def test_new_display_updates_itself(self):
        result = self.ok("import { newDisplay } from 'tslab'; const d = newDisplay(); d.text('one'); d.html('two'); d.text('three')")
        self.assertEqual([k for k in result.kinds if "display" in k], ["display_data", "update_display_data", "update_display_data"])
        first, *updates = result.of("display_data") + result.of("update_display_data")
        self.assertTrue(first["transient"]["display_id"])
        for update in updates:
            self.assertEqual(update["transient"], first["transient"])
        later = self.ok("d.text('from a later cell')").of("update_display_data")
        self.assertEqual(later[0]["transient"], first["transient"])

    def test_versions(self):
        self.assertEqual(self.value("import { versions } from 'tslab'; Object.keys(versions).sort()"), "[ 'node', 'tslab', 'typescript' ]")

    def test_jupyter_display_of_a_last_value(self):
        self.ok(
            "class Figure { [Symbol.for('Jupyter.display')]() { return { 'text/html': '<i>fig</i>', 'text/plain': 'fig', 'application/vnd.plotly.v1+json': { data: [1] } } } }\n"
            "class Slow { async [Symbol.for('Jupyter.display')]() { return { 'text/plain': 'awaited' } } }"
        )
        result = self.ok("new Figure()").of("execute_result")[0]
        self.assertEqual(result["data"], {"text/html": "<i>fig</i>", "text/plain": "fig", "application/vnd.plotly.v1+json": {"data": [1]}})
        self.assertEqual(self.value("new Slow()"), "awaited")

    def test_show_in_mid_cell(self):
        result = self.ok("(globalThis as any)[Symbol.for('convlab.show')]({ 'text/html': '<i>mid</i>' }); 1")
        self.assertEqual(result.of("display_data")[0]["data"]["text/html"], "<i>mid</i>")

    def test_show_in_place_of_what_was_shown(self):
        result = self.ok(
            "const show = (globalThis as any)[Symbol.for('convlab.show')];\n"
            "show({ 'text/plain': 'one' }, { id: 'live', update: false }); show({ 'text/plain': 'two' }, { id: 'live', update: true }); 1"
        )
        (first,), (second,) = result.of("display_data"), result.of("update_display_data")
        self.assertEqual((first["data"]["text/plain"], second["data"]["text/plain"]), ("one", "two"))
        self.assertEqual((first["transient"], second["transient"]), ({"display_id": "live"},) * 2)

    def test_text_and_displays_keep_their_order(self):
        result = self.ok(
            "import { display } from 'tslab'; for (let i = 0; i < 2000; i++) { console.log(i); display.text(String(i)); if (i % 7 === 0) await null }"
        )
        order = []
        for message in result.messages:
            kind = message["header"]["msg_type"]
            if kind == "stream":
                order += message["content"]["text"].split()
            elif kind == "display_data":
                order.append("d" + message["content"]["data"]["text/plain"])
        self.assertEqual(order, [x for i in range(2000) for x in (f"{i}", f"d{i}")])

    def test_values_that_resist_printing(self):
        self.ok("const circular: any = {}; circular.self = circular; circular")
        self.ok("({ get bad(): number { throw new Error('getter') } })")
        self.ok("new Proxy({}, { get() { throw new Error('proxy') } })")
        inspect = "[Symbol.for('nodejs.util.inspect.custom')]"
        shown = self.value(f"({{ a: 1, {inspect}() {{ throw new Error('inspect') }} }})")
        self.assertIn("a: 1", shown)
        self.assertIn("[its own way to be shown failed: inspect]", shown)


class Colours(unittest.TestCase):
    """FORCE_COLOR and NO_COLOR are the reader's, for Node's console and for packages, as in any program."""

    def test_colours_follow_the_environment(self):
        code = "console.log({ a: 'x' }, [1])"
        for env in ({"FORCE_COLOR": ""}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}):
            with self.subTest(env=env):
                session = Session(env=env)
                self.addCleanup(session.close)
                self.assertEqual(session.run(code).stdout, in_node(code, env)[0])
                self.assertEqual(session.run("({ a: 'x' })").text, "{ a: 'x' }")
                for failing in ("throw new Error('x')", "const n: string = 1", "const 1"):
                    traceback = "".join(session.run(failing).reply["traceback"])
                    self.assertEqual("\u001b" in traceback, "NO_COLOR" not in env, traceback)
