"""What child processes print into the output that they share with the cell."""

from session import KernelCase

ECHO = "['-e', 'console.log(\"out 합\"); console.error(\"err\")']"


class ChildOutput(KernelCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.session.run(
            "import { spawn, spawnSync, execSync, execFileSync, exec, fork } from 'node:child_process'\n"
            "const node = process.execPath\n"
            "const ended = (child: import('node:child_process').ChildProcess) => new Promise((done) => child.on('close', done))"
        )

    def test_every_way_to_inherit(self):
        for code in (
            f"spawnSync(node, {ECHO}, {{ stdio: 'inherit' }}).status",
            f"spawnSync(node, {ECHO}, {{ stdio: ['ignore', 'inherit', 'inherit'] }}).status",
            f"spawnSync(node, {ECHO}, {{ stdio: [0, 1, 2] }}).status",
            f"execFileSync(node, {ECHO}, {{ stdio: 'inherit' }}); 0",
            "execSync('echo \"out 합\"; echo err >&2', { stdio: 'inherit' }); 0",
            f"await ended(spawn(node, {ECHO}, {{ stdio: 'inherit' }}))",
            f"await ended(spawn(node, {ECHO}, {{ stdio: ['pipe', process.stdout, process.stderr] }}))",
            f"(await import('child_process')).spawnSync(node, {ECHO}, {{ stdio: 'inherit' }}).status",
            f"require('child_process').spawnSync(node, {ECHO}, {{ stdio: 'inherit' }}).status",
        ):
            with self.subTest(code=code):
                result = self.ok(code)
                self.assertEqual((result.stdout, result.stderr, result.text), ("out 합\n", "err\n", "0"))

    def test_a_forked_module(self):
        self.session.write("forked.cjs", "console.log('from the fork'); process.send('sent')")
        result = self.ok(
            "const child = fork('forked.cjs'); const sent = new Promise((done) => child.once('message', done)); await ended(child); await sent"
        )
        self.assertEqual((result.stdout, result.text), ("from the fork\n", "'sent'"))

    def test_one_stream_into_the_other(self):
        result = self.ok(f"spawnSync(node, {ECHO}, {{ stdio: ['ignore', 2, 1] }}).status")
        self.assertEqual((result.stdout, result.stderr), ("err\n", "out 합\n"))

    def test_what_is_piped_or_ignored_stays_so(self):
        self.assertEqual(self.value("execSync('echo piped').toString()"), "'piped\\n'")
        self.assertEqual(self.value("execSync('echo piped', { encoding: 'utf8', stdio: 'pipe' })"), "'piped\\n'")
        self.assertEqual(self.value("execFileSync('echo', ['piped'], { encoding: 'utf8' })"), "'piped\\n'")
        self.assertEqual(self.value(f"spawnSync(node, {ECHO}).stdout.toString()"), "'out 합\\n'")
        self.assertEqual(self.value(f"spawnSync(node, {ECHO}, {{ encoding: 'utf8' }}).stderr"), "'err\\n'")
        result = self.ok(f"spawnSync(node, {ECHO}, {{ stdio: ['ignore', 'pipe', 'inherit'] }}).stdout.toString()")
        self.assertEqual((result.stdout, result.stderr, result.text), ("", "err\n", "'out 합\\n'"))
        result = self.ok(f"spawnSync(node, {ECHO}, {{ stdio: 'ignore' }}).stdout")
        self.assertEqual((result.stdout, result.stderr, result.text), ("", "", "null"))
        code = "let text = ''; const piped = spawn('echo', ['later']); piped.stdout.on('data', (bytes) => { text += bytes }); await ended(piped); text"
        result = self.ok(code)
        self.assertEqual((result.stdout, result.text), ("", "'later\\n'"))
        self.assertEqual(self.value("await new Promise((done) => exec('echo ex', (_, out) => done(out)))"), "'ex\\n'")

    def test_failures_are_errors_as_before(self):
        error = self.fails("execSync('echo partly; exit 3', { stdio: 'inherit' })").error
        self.assertEqual((error["ename"], error["evalue"]), ("Error", "Command failed: echo partly; exit 3"))
        code = "let status = 0; try { execSync('exit 3', { stdio: 'inherit' }) } catch (error) { status = (error as any).status } status"
        self.assertEqual(self.value(code), "3")
        error = self.fails("execFileSync('no-such-program', { stdio: 'inherit' })").error
        self.assertIn("ENOENT", error["evalue"])
        self.assertEqual(self.value("(spawnSync('no-such-program', { stdio: 'inherit' }).error as any).code"), "'ENOENT'")

    def test_much_output(self):
        result = self.ok("execSync('seq 1 500000', { stdio: 'inherit' }); 0")
        self.assertEqual(result.stdout, "".join(f"{i}\n" for i in range(1, 500_001)))
        result = self.ok("await ended(spawn('seq', ['1', '500000'], { stdio: 'inherit' }))")
        self.assertEqual(result.stdout, "".join(f"{i}\n" for i in range(1, 500_001)))

    def test_output_appears_while_the_child_runs(self):
        request = self.session.start("await ended(spawn('sh', ['-c', 'echo early; sleep 3'], { stdio: 'inherit' }))")
        while self.session.client.get_iopub_msg(timeout=2.5)["header"]["msg_type"] != "stream":
            pass
        self.session.wait(request)
