import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, runProgram, scratchFolder } from "./programs.js";

test("a bare clone sets itself up, also after it was killed halfway, and runs a chapter", async () => {
  const folder = join(scratchFolder(), "clone");
  const cloned = await runProgram("git", ["clone", "--quiet", root, folder]);
  expect(cloned.code, cloned.stderr).toBe(0);
  const setup = join(folder, "scripts", "setup.mjs");

  // Killed while npm unpacks, and again while pip does: what is half there must not be taken for whole.
  for (const step of ["npm packages", ".venv with JupyterLab"]) {
    const first = spawn(process.execPath, [setup], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    await new Promise<void>((resolve) => {
      first.stderr.on("data", (text) => {
        said += text;
        if (said.includes(step)) setTimeout(resolve, 4_000);
      });
      first.on("exit", () => resolve());
    });
    expect(first.exitCode, `killed before "${step}" ended`).toBe(null);
    first.kill("SIGKILL");
    await once(first, "exit");
    // npm or pip itself may still write for a moment, as after a crash of the terminal.
  }

  const chapter = readdirSync(join(folder, "notebooks")).find((file) => file.endsWith(".ipynb"))!;
  const name = chapter.replace(".ipynb", "");
  const lessons = () =>
    runProgram(process.execPath, [join(folder, "scripts", "lessons.mjs"), name], { cwd: folder });
  const ended = await lessons();
  expect(ended.code, ended.stderr).toBe(0);
  expect(existsSync(join(folder, "handouts", "en", `${name}.html`))).toBe(true);
  const status = await runProgram("git", ["status", "--porcelain"], { cwd: folder });
  expect(status.stdout).toBe("");

  // The second time nothing is set up, so that no network is needed.
  const again = await lessons();
  expect(again.code, again.stderr).toBe(0);
  expect(again.stderr).not.toContain("set-up:");
});
