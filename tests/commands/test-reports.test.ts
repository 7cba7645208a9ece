import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { root, runProgram, scratchFolder, venvPython } from "./programs.js";

/** Runs a runner on tests that it fails, and reads its report with the function of scripts/test-reports.mjs. */
async function readReport(reader: string, program: string, args: string[], cwd: string) {
  const { code } = await runProgram(program, args, { cwd });
  const url = pathToFileURL(join(root, "scripts", "test-reports.mjs")).href;
  const scripts = await import(/* @vite-ignore */ url);
  return { code, ...scripts[reader](code, join(cwd, "report")) };
}

test("the failed tests of Vitest are counted and named", async () => {
  const folder = scratchFolder();
  const vitest = join(root, "node_modules", "vitest");
  const from = JSON.stringify(join(vitest, "dist", "index.js"));
  writeFileSync(
    join(folder, "sums.test.js"),
    `import { describe, expect, test } from ${from};
     test("right", () => expect(1 + 1).toBe(2));
     describe("a sum", () => test("is wrong", () => expect(1 + 1).toBe(3)));`,
  );
  writeFileSync(join(folder, "broken.test.js"), "import './nowhere.js';");
  const args = [join(vitest, "vitest.mjs"), "run", "--reporter=json", "--outputFile=report"];
  const result = await readReport("vitestResult", process.execPath, args, folder);
  expect(result).toMatchObject({ code: 1, passed: 1, failed: 2 });
  const failures = result.failures.sort();
  expect(failures[0]).toMatch(/broken\.test\.js: .*nowhere\.js/);
  expect(failures[1]).toMatch(/sums\.test\.js: a sum is wrong: .*expected 2 to be 3/);
});

test("the failed tests of pytest are counted and named", async () => {
  const folder = scratchFolder();
  const lines = [
    "import pytest",
    "def test_right(): pass",
    'def test_wrong(): assert "<a>" == "&"',
  ];
  lines.push("@pytest.mark.skip", "def test_skipped(): pass");
  writeFileSync(join(folder, "test_sums.py"), lines.join("\n"));
  const args = ["-m", "pytest", "-q", "--junitxml=report"];
  const result = await readReport("pytestResult", venvPython, args, folder);
  expect(result).toMatchObject({ code: 1, passed: 1, failed: 1 });
  expect(result.failures).toEqual([
    expect.stringMatching(/^test_sums::test_wrong: AssertionError: assert '<a>' == '&'/),
  ]);
});

test("a runner that broke down counts as a failure", async () => {
  const args = ["--eval", "process.exit(3)"];
  const result = await readReport("vitestResult", process.execPath, args, scratchFolder());
  expect(result).toMatchObject({ passed: 0, failed: 1 });
  expect(result.failures[0]).toContain("ended with 3");
});
