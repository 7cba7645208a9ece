"""What was run before, as a console asks for it."""

from session import KernelCase


class History(KernelCase):
    def ask(self, access: str, **content) -> list:
        whole = {"output": False, "raw": True, "hist_access_type": access, **content}
        reply = self.session.request("history_request", whole)["content"]
        self.assertEqual(reply["status"], "ok")
        return reply["history"]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.session.run("let a = 1")
        cls.session.run("a + 1")
        cls.session.run("'silent'", silent=True)
        cls.session.run("'unstored'", store_history=False)
        cls.session.run("throw new Error('failed')")
        cls.session.run("a + 1")

    def test_tail(self):
        self.assertEqual(
            self.ask("tail", n=10), [[1, 1, "let a = 1"], [1, 2, "a + 1"], [1, 3, "throw new Error('failed')"], [1, 4, "a + 1"]]
        )
        self.assertEqual(self.ask("tail", n=1), [[1, 4, "a + 1"]])
        self.assertEqual(self.ask("tail", n=1, output=True), [[1, 4, ["a + 1", "2"]]])

    def test_range(self):
        for session in (0, 1):
            self.assertEqual(self.ask("range", session=session, start=2, stop=3), [[1, 2, "a + 1"]])
        for session in (-1, 5):
            self.assertEqual(self.ask("range", session=session, start=0, stop=10), [])
        self.assertEqual(len(self.ask("range", session=0, start=2, stop=None)), 3)

    def test_search(self):
        self.assertEqual(self.ask("search", pattern="a*1", n=5), [[1, 2, "a + 1"], [1, 4, "a + 1"]])
        self.assertEqual(self.ask("search", pattern="a ? 1", n=5, unique=True), [[1, 4, "a + 1"]])
        self.assertEqual(self.ask("search", pattern="*", n=2, output=True)[0][2][1], None)

    def test_a_request_of_an_unknown_kind_gets_the_tail(self):
        self.assertEqual(len(self.ask("nonsense", n=2)), 2)
