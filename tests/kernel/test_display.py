"""A cell's last value: as text, as a picture, as a page; and values that resist being shown."""

import base64
import struct
import zlib

from session import KernelCase


def png() -> bytes:
    """The smallest picture there is: one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
    )


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'

VALUES = {
    "null": "null",
    "-0": "-0",
    "2n ** 64n": "18446744073709551616n",
    "'it\\'s'": '"it\'s"',
    "new Map([['a', { b: [1, 2] }]])": "Map(1) { 'a' => { b: [ 1, 2 ] } }",
    "new Set(['x'])": "Set(1) { 'x' }",
    "new Date(0)": "1970-01-01T00:00:00.000Z",
    "new Float32Array([0.5, 1])": "Float32Array(2) [ 0.5, 1 ]",
    "Promise.resolve({ a: 1 })": "Promise { { a: 1 } }",
    "Symbol('s')": "Symbol(s)",
    "(function add() {})": "[Function: add]",
    "class Shape {}; Shape": "[class Shape]",
    "class Dot { constructor(readonly x: number) {} }; new Dot(3)": "Dot { x: 3 }",
    "({ a: { b: { c: { d: { e: 5 } } } } })": "{\n  a: {\n    b: { c: { d: { e: 5 } } }\n  }\n}",
    "const own: any = { name: 'own' }; own.self = own; own": "<ref *1> { name: 'own', self: [Circular *1] }",
}

# Each would throw somewhere on the way if it were touched carelessly.
RESISTING = {
    "a getter": "({ get bad(): number { throw new Error('touched') }, fine: 1 })",
    "a proxy": "new Proxy({ fine: 1 }, { get() { throw new Error('touched') }, ownKeys() { throw new Error('touched') }, getPrototypeOf() { throw new Error('touched') } })",
    "a revoked proxy": "{ const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); globalThis.revoked = proxy } globalThis.revoked",
    "an inspect": "({ fine: 1, [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('touched') } })",
    "an inspect that throws nothing": "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw undefined } })",
    "a toString": "({ fine: 1, toString() { throw new Error('touched') }, toJSON() { throw new Error('touched') } })",
    "a Jupyter.display": "({ fine: 1, [Symbol.for('Jupyter.display')]() { throw new Error('touched') } })",
    "a Jupyter.display to come": "({ fine: 1, async [Symbol.for('Jupyter.display')]() { throw new Error('touched') } })",
    "a then": "({ [Symbol.for('Jupyter.display')]: () => ({ get then(): any { throw new Error('touched') } }) })",
    "a message": "Object.defineProperty(new Error('x'), 'message', { get() { throw new Error('touched') } })",
    "a stack": "Object.defineProperty(new Error('x'), 'stack', { get() { throw new Error('touched') } })",
    "a constructor": "Object.create({ get constructor() { throw new Error('touched') } })",
    "a tag": "({ get [Symbol.toStringTag]() { throw new Error('touched') } })",
    "a canvas": "({ toDataURL() { throw new Error('touched') }, fine: 1 })",
    "a chart": "({ toSpec() { return { $schema: 5n } }, fine: 1 })",
    "records": "[{ get a() { throw new Error('touched') } }, { a: 1 }]",
    "a shape": "({ get shape() { throw new Error('touched') }, fine: 1 })",
    "numbers that are none": "({ shape: [2, 2], stride: [1, 2], offset: 0, dtype: 'float32', data: { length: 4, get 0() { throw new Error('touched') } } })",
    "a tensor": "({ shape: [2], dtype: 'float32', isDisposedInternal: false, dataSync() { throw new Error('gone') } })",
}

# What Jupyter.display may answer that is no bundle: the value is shown as text.
NO_BUNDLES = ["undefined", "null", "5", "'text'", "[]", "{}", "() => 1", "{ nonsense: 1 }", "Symbol('s')", "10n", "new Map()"]

HUGE = {
    "a string of 100 MB": "'x'.repeat(1e8)",
    "ten million numbers": "Array.from({ length: 1e7 }, (_, i) => i)",
    "bytes of 100 MB": "new Uint8Array(1e8)",
    "a Buffer of 100 MB": "Buffer.alloc(1e8)",
    "a Map of a million": "new Map(Array.from({ length: 1e6 }, (_, i) => [i, { i }]))",
    "an object of a million": "Object.fromEntries(Array.from({ length: 1e6 }, (_, i) => [i, i]))",
    "a million records": "Array.from({ length: 1e6 }, (_, i) => ({ i, name: `n${i}` }))",
    "a list of long texts": "Array.from({ length: 10000 }, () => 'y'.repeat(100000))",
    "a cube of lists": "Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => Array(100).fill(0)))",
    "an ndarray of 100 MB": "({ data: new Float32Array(25e6), shape: [5000, 5000], stride: [5000, 1], offset: 0, dtype: 'float32' })",
    "a nest of 100,000 lists": "let nest: any[] = []; for (let i = 0; i < 1e5; i++) nest = [nest]; nest",
}


class Display(KernelCase):
    def shown(self, code: str) -> dict:
        """The bundle of a cell's last value."""
        (result,) = self.ok(code).of("execute_result")
        return result["data"]

    def test_values_as_text(self):
        for code, text in VALUES.items():
            with self.subTest(code=code):
                self.assertEqual(self.shown(code), {"text/plain": text})

    def test_undefined_is_nothing(self):
        for code in ("undefined", "void 0", "const a = 1", "(() => {})()", "if (false) 1"):
            with self.subTest(code=code):
                self.assertEqual(self.ok(code).of("execute_result"), [])

    def test_an_error_as_a_value_names_the_readers_places(self):
        text = self.value("const failed = new RangeError('far')\nfailed")
        self.assertRegex(text, r"^RangeError: far\n    at .*cell \[\d+\], line 1, column 16")
        self.assertNotIn("worker.cjs", text)

    def test_what_resists_is_shown_and_the_kernel_goes_on(self):
        for name, code in RESISTING.items():
            with self.subTest(name):
                data = self.shown(f"// @ts-nocheck\n{code}")
                self.assertEqual(list(data), ["text/plain"])
                if "fine: 1" in code:
                    self.assertIn("fine: 1", data["text/plain"])
        self.assertEqual(self.value("1 + 1"), "2")

    def test_what_is_no_bundle_is_shown_as_text(self):
        for answer in NO_BUNDLES:
            for how in ("", "async "):
                with self.subTest(answer=answer, how=how):
                    code = f"({{ fine: 1, {how}[Symbol.for('Jupyter.display')]() {{ return ({answer}) }} }})"
                    data = self.shown(f"// @ts-nocheck\n{code}")
                    self.assertEqual(list(data), ["text/plain"])
                    self.assertIn("fine: 1", data["text/plain"])

    def test_bundles_of_what_json_lacks(self):
        data = self.shown(
            "({ [Symbol.for('Jupyter.display')]: () => ({\n"
            "  'application/json': { big: 5n, nan: NaN, gone: undefined, run() {}, s: Symbol('s'),\n"
            "    f: new Float32Array([1, 2]), when: new Date(0), list: [undefined], half: '\\ud83d' },\n"
            "  'text/plain': 5n, 'text/html': ['<b>\\n', '</b>'], 'text/latex': undefined,\n"
            "  'image/png': new Uint8Array([1, 2, 3]).buffer,\n"
            "}) })"
        )
        self.assertEqual(
            data,
            {
                "application/json": {
                    "big": 5,
                    "nan": None,
                    "f": [1, 2],
                    "when": "1970-01-01T00:00:00.000Z",
                    "list": [None],
                    "half": "\ufffd",
                },
                "text/plain": "5",
                "text/html": "<b>\n</b>",
                "image/png": "AQID",
            },
        )

    def test_a_circle_in_a_bundle_is_said(self):
        self.ok("import { display } from 'tslab'; const circle: any = {}; circle.self = circle")
        text = self.value("({ [Symbol.for('Jupyter.display')]: () => ({ 'application/json': circle }) })")
        self.assertIn("application/json can't be shown: The value contains itself", text)
        error = self.fails("display.raw('application/json', circle)").error
        self.assertIn("application/json can't be shown: The value contains itself", error["evalue"])
        error = self.fails("display.raw('application/json', '{oops')").error
        self.assertIn("application/json can't be shown", error["evalue"])
        # Through the symbol that libraries use.
        error = self.fails("(globalThis as any)[Symbol.for('convlab.show')]({ 'application/json': circle })").error
        self.assertIn("contains itself", error["evalue"])
        shown = self.ok("(globalThis as any)[Symbol.for('convlab.show')]({ 'text/plain': () => 1, 'application/json': { f() {} } })")
        self.assertEqual(shown.of("display_data")[0]["data"], {"text/plain": "() => 1", "application/json": {}})

    def test_huge_values_are_short_and_quick(self):
        for name, code in HUGE.items():
            with self.subTest(name):
                data = self.ok(code, timeout=20).of("execute_result")[0]["data"]
                self.assertLess(sum(len(text) for text in data.values()), 110_000)

    def test_a_picture_from_bytes(self):
        picture = base64.b64encode(png()).decode()
        data = self.shown(f"Buffer.from('{picture}', 'base64')")
        self.assertEqual(data["image/png"], picture)
        self.assertTrue(data["text/plain"].startswith("<Buffer 89 50 4e 47"))
        self.assertEqual(self.shown(f"new Uint8Array(Buffer.from('{picture}', 'base64'))")["image/png"], picture)
        for mime, start in [("image/jpeg", "[255, 216, 255, 224]"), ("image/gif", "Buffer.from('GIF89a')"), ("image/webp", "Buffer.from('RIFF0000WEBPVP8 ')")]:
            self.assertIn(mime, self.shown(f"Buffer.from({start})"))
        self.assertEqual(list(self.shown("Buffer.from('no picture')")), ["text/plain"])
        # An image inside another value is no picture.
        self.assertEqual(list(self.shown(f"[Buffer.from('{picture}', 'base64')]")), ["text/plain"])

    def test_an_svg_document(self):
        for code in (f"'{SVG}'", f"Buffer.from('{SVG}')", f"({{ nodeType: 1, tagName: 'svg', outerHTML: '{SVG}' }})"):
            with self.subTest(code=code):
                data = self.shown(code)
                self.assertEqual(data["image/svg+xml"], SVG)
                self.assertIn("text/plain", data)
        self.assertEqual(list(self.shown(f"'see: {SVG}'")), ["text/plain"])

    def test_objects_of_libraries(self):
        self.assertEqual(self.shown("({ nodeType: 1, tagName: 'P', outerHTML: '<p>x</p>' })")["text/html"], "<p>x</p>")
        self.assertEqual(self.shown("({ toDataURL: () => 'data:image/png;base64,AQID' })")["image/png"], "AQID")
        spec = "{ $schema: 'https://vega.github.io/schema/vega-lite/v5.json', mark: 'bar' }"
        self.assertEqual(self.shown(f"({{ toSpec: () => ({spec}) }})")["application/vnd.vegalite.v5+json"]["mark"], "bar")

    def test_records_are_a_table(self):
        data = self.shown("[{ name: '<b>', n: 1 }, { name: 'c', n: 2 }]")
        self.assertEqual(data["text/plain"], "[ { name: '<b>', n: 1 }, { name: 'c', n: 2 } ]")
        self.assertIn("&lt;b&gt;", data["text/html"])
        self.assertEqual(list(self.shown("[{ a: 1 }, { b: 2 }]")), ["text/plain"])

    def test_tensors(self):
        self.ok("// @ts-nocheck\nimport '@tensorflow/tfjs-backend-cpu'; import * as tf from '@tensorflow/tfjs-core'; await tf.ready()")
        self.assertEqual(self.value("tf.tensor2d([[1, 2], [3, 4]])"), "Tensor float32 2×2\n[[1 2]\n [3 4]]")
        self.assertEqual(self.value("({ w: tf.zeros([3, 3]), n: 1 })"), "{ w: Tensor float32 3×3, n: 1 }")
        self.assertEqual(self.value("tf.variable(tf.scalar(2), true, 'rate')"), "Variable rate: float32 number\n2")
        self.assertIn("too large for a preview", self.value("tf.zeros([5000, 5000])"))
        self.assertIn("disposed", self.value("const gone = tf.scalar(1); gone.dispose(); gone"))


class Updates(KernelCase):
    """What `convlab/kernel` shows, changes and clears."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.session.run("import { display, clearOutput } from 'convlab/kernel'")

    def published(self, code: str) -> list[tuple[str, object]]:
        """Outputs in their order, in short."""
        found = []
        for message in self.ok(code).messages:
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "stream":
                found.append((kind, content["text"]))
            elif kind == "clear_output":
                found.append((kind, content["wait"]))
            elif "display" in kind:
                found.append((kind, content["data"].get("text/plain")))
        return found

    def test_any_value_is_displayed_as_a_last_value_would_be(self):
        for value in ("[1, 2]", "'text'", "null", "new Map([[1, 2]])", "[{ a: 1 }, { a: 2 }]", f"'{SVG}'"):
            with self.subTest(value=value):
                (shown,) = self.ok(f"display({value}); 0").of("display_data")
                (result,) = self.ok(f"({value})").of("execute_result")
                self.assertEqual(shown["data"], result["data"])
                self.assertEqual((shown["metadata"], shown["transient"]), ({}, {}))

    def test_a_display_is_changed_under_its_name(self):
        result = self.ok("display('one', { id: 'd' }); display('two', { id: 'd', update: true }); 0")
        (first,), (second,) = result.of("display_data"), result.of("update_display_data")
        self.assertEqual((first["transient"], second["transient"]), ({"display_id": "d"}, {"display_id": "d"}))
        self.assertEqual((first["data"], second["data"]), ({"text/plain": "'one'"}, {"text/plain": "'two'"}))
        (later,) = self.ok("display(3, { id: 'd', update: true }); 0").of("update_display_data")
        self.assertEqual(later["transient"], {"display_id": "d"})
        error = self.fails("await display(1, { update: true })").error
        self.assertIn("needs its `id`", error["evalue"])

    def test_the_end_of_a_cell_shows_what_waits_for_it(self):
        wait = "(then: () => void) => (globalThis as any)[Symbol.for('convlab.atCellEnd')](then)"
        self.ok(f"const atEnd = {wait}; const put = (globalThis as any)[Symbol.for('convlab.show')]; 0")
        result = self.ok("atEnd(() => put({ 'text/plain': 'END' })); await new Promise((r) => setTimeout(r, 50)); 1")
        (shown,) = result.of("display_data")
        self.assertEqual(shown["data"], {"text/plain": "END"})
        self.assertEqual(self.ok("2").of("display_data"), [])
        failed = self.fails("atEnd(() => put({ 'text/plain': 'END' })); throw new Error('x')")
        self.assertEqual(failed.of("display_data"), [])
        self.ok("atEnd(() => { throw new Error('at the end') }); 3")
        self.assertEqual(self.value("4"), "4")

    def test_a_raw_bundle(self):
        (shown,) = self.ok("display({ 'text/html': '<b>', 'application/json': { n: 1n } }, { raw: true }); 0").of("display_data")
        self.assertEqual(shown["data"], {"text/html": "<b>", "application/json": {"n": 1}})
        self.fails("const loop: any = {}; loop.self = loop; await display({ 'application/json': loop }, { raw: true })")

    def test_outputs_are_cleared_in_their_order(self):
        self.assertEqual(
            self.published("console.log('a'); clearOutput(); console.log('b'); display(1); clearOutput({ wait: true }); display(2); 0"),
            [("stream", "a\n"), ("clear_output", False), ("stream", "b\n"), ("display_data", "1"), ("clear_output", True), ("display_data", "2")],
        )

    def test_an_animation(self):
        frames = self.published("for (let i = 0; i < 50; i++) { clearOutput({ wait: true }); display(i); await null } 0")
        self.assertEqual(frames, [one for i in range(50) for one in (("clear_output", True), ("display_data", str(i)))])

    def test_displays_appear_while_a_loop_blocks(self):
        request = self.session.start("display('before'); const until = Date.now() + 3000; while (Date.now() < until) {}")
        while self.session.client.get_iopub_msg(timeout=2.5)["header"]["msg_type"] != "display_data":
            pass
        self.session.wait(request)

    def test_a_late_display_belongs_to_its_cell(self):
        request = self.session.start("setTimeout(() => { display('late'); console.table([{ a: 1 }]) }, 300); 0")
        self.session.wait(request)
        self.ok("await new Promise((r) => setTimeout(r, 600))")
        late = [m for m in self.session._published.get(request, []) if m["header"]["msg_type"] == "display_data"]
        self.assertEqual(len(late), 2)
