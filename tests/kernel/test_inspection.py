"""Inspection through a real client: signature and doc comment, as text and as markdown, at both levels of detail."""

from session import KernelCase


class Inspection(KernelCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.session.write("shapes.ts", "/** How many corners. */\nexport const corners: number = 4;\n")
        cls.session.run(
            'import { corners } from "./shapes.ts";\n'
            "/**\n * Scales a number.\n * @param by the factor, **not** zero\n */\n"
            "function scale(x: number, by?: number): number;\nfunction scale(x: string): string;\n"
            "function scale(x: any): any { return x }\nlet size = 3;"
        )

    def inspect(self, marked: str, detail_level: int = 0) -> dict:
        code = marked.replace("|", "", 1)
        content = {"code": code, "cursor_pos": marked.index("|"), "detail_level": detail_level}
        reply = self.session.request("inspect_request", content)["content"]
        self.assertEqual(reply["status"], "ok")
        self.assertEqual(reply["found"], bool(reply["data"]))
        return reply["data"]

    def test_text_and_markdown(self):
        data = self.inspect("sc|ale(1)")
        self.assertIn("function scale(x: number, by?: number): number", data["text/plain"])
        self.assertIn("Scales a number.", data["text/plain"])
        self.assertIn("@param by — the factor, **not** zero".replace("**", ""), data["text/plain"])
        self.assertNotIn("```", data["text/plain"])
        self.assertIn("```typescript\nfunction scale(", data["text/markdown"])
        self.assertIn("**not**", data["text/markdown"])

    def test_between_parentheses_and_after_them(self):
        for marked in ("scale(|)", "scale(1, |", "scale(1)|", "const a = [scale(|"):
            self.assertIn("by?: number", self.inspect(marked)["text/plain"], marked)

    def test_in_detail(self):
        brief = self.inspect("scale(1|)")["text/plain"]
        detailed = self.inspect("scale|(1)", 1)["text/plain"]
        self.assertNotIn("Declared in", brief)
        self.assertIn("Declared in a cell", detailed)
        self.assertIn("function scale(x: string): string", detailed)
        self.assertIn("Declared in ./shapes.ts, line 2", self.inspect("corners|", 1)["text/plain"])

    def test_variables_files_node_and_code_points(self):
        self.assertEqual(self.inspect("si|ze")["text/plain"], "let size: number")
        self.assertIn("How many corners.", self.inspect('"🎉🎈"; corners|')["text/plain"])
        self.assertIn("memoryUsage", self.inspect("process.memoryUsage|()")["text/plain"])
        self.assertIn("any[]", self.inspect("console.log|")["text/plain"])

    def test_while_a_cell_runs(self):
        request = self.session.start("const until = Date.now() + 2000; while (Date.now() < until);")
        self.assertEqual(self.inspect("size|")["text/plain"], "let size: number")
        self.assertEqual(self.session.wait(request).status, "ok")

    def test_what_is_not_there(self):
        for marked in ("|", "unknownThing|", "// scale|", "  |  "):
            self.assertEqual(self.inspect(marked), {}, marked)

    def test_nothing_of_ours_is_shown(self):
        for name in ("scale", "size", "corners", "display"):
            self.assertNotIn("convlab$", str(self.inspect(f"{name}|", 1)))
