"""Streams and displays."""

import base64

from session import KernelCase


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
        self.assertIn("can't be shown", self.value(f"({{ {inspect}() {{ throw new Error('inspect') }} }})"))
