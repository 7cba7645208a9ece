"""Cells without the type check, where that is not what is tested."""

from session import KernelCase, Session


class UncheckedCase(KernelCase):
    """Without the type check, which is not what is tested here."""

    environment = {"CONVLAB_TYPECHECK": "off"}

    @classmethod
    def setUpClass(cls) -> None:
        cls.session = Session(env=cls.environment)

    def lost(self, code: str) -> str:
        """Runs a cell that loses all variables; returns why."""
        self.ok("const kept = 1")
        return self.is_lost(self.session.start(code))

    def is_lost(self, request: str) -> str:
        result = self.session.wait(request, timeout=60)
        self.assertEqual(result.status, "error")
        self.assertEqual(result.error["ename"], "StateLost")
        self.assertIn("All variables are lost", result.error["evalue"])
        self.assertEqual(self.value("typeof kept"), "'undefined'")
        return result.error["evalue"]
