import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** In a process of its own: this one's children are the test runner's. */
const script = `
  const { spawn } = require("node:child_process");
  const { endChildProcesses } = require("./child-processes.cjs");
  const sleeper = () => spawn("sh", ["-c", "sleep 100; true"], { stdio: "ignore" });
  const [first, spared] = [sleeper(), sleeper()];
  setTimeout(() => endChildProcesses(spared.pid), 300);
  first.on("exit", (_, signal) => {
    let alive = true;
    try { process.kill(spared.pid, 0) } catch { alive = false }
    console.log(JSON.stringify({ signal, alive }));
    spared.kill("SIGKILL");
    process.exit(0);
  });`;

test.skipIf(process.platform === "win32")(
  "all children end but the one that is spared",
  async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL("../../kernel/run/child-processes.ts", import.meta.url))],
      bundle: true,
      platform: "node",
      format: "cjs",
      write: false,
    });
    const code = `const module_ = { exports: {} };
    (function (module, exports) { ${outputFiles[0]!.text} })(module_, module_.exports);
    ${script.replace('require("./child-processes.cjs")', "module_.exports")}`;
    const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    await once(child, "close");
    expect(JSON.parse(out)).toEqual({ signal: "SIGKILL", alive: true });
  },
);
