import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { root, runProgram, scratchFolder } from "./programs.js";

const scripts = join(root, "scripts");

/** Runs a few lines of JavaScript that import one of the scripts as `script`. */
function withScript(name: string, code: string, env: NodeJS.ProcessEnv = process.env) {
  const url = JSON.stringify(pathToFileURL(join(scripts, name)).href);
  const program = `const script = await import(${url});\n${code}`;
  return runProgram(process.execPath, ["--input-type=module", "-e", program], { env });
}

test("a Node that is too old is told so, without a stack", async () => {
  const folder = scratchFolder();
  const older = join(folder, "older.cjs");
  writeFileSync(older, 'Object.defineProperty(process.versions, "node", { value: "18.20.4" });');
  for (const command of ["lessons.mjs", "start.mjs", "test.mjs"]) {
    const ended = await runProgram(process.execPath, ["--require", older, join(scripts, command)]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^convlab needs Node 20\.12 or newer, and this is Node 18\.20\.4/);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
  }
});

describe.skipIf(process.platform === "win32")("the Python that is looked for", () => {
  /** Asks for Python where `PATH` holds nothing but these stand-ins, each printing what a Python would. */
  async function findAmong(answers: Record<string, string>): Promise<string> {
    const folder = scratchFolder();
    for (const [name, answer] of Object.entries(answers)) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho '${answer}'\n`);
      chmodSync(join(folder, name), 0o755);
    }
    const { stdout, stderr } = await withScript(
      "python.mjs",
      "console.log(await script.findPython().then((found) => found.path, (error) => [error.name, error.message].join(': ')));",
      { PATH: folder },
    );
    return stdout.trim() || stderr;
  }
  const python = (version: number[], venv = true) =>
    JSON.stringify({ version, venv, path: `/python${version.join(".")}` });

  test("is the first that is new enough", async () => {
    const found = await findAmong({
      python3: python([3, 9, 2]),
      "python3.11": python([3, 11, 4]),
      "python3.10": python([3, 10, 1]),
    });
    expect(found).toBe("/python3.11.4");
  });

  test("is missed in a sentence", async () => {
    expect(await findAmong({})).toMatch(
      /^SetUpError: convlab needs Python 3\.10 or newer for JupyterLab, and none was found/,
    );
    expect(await findAmong({ python: "Python was not found; run without arguments" })).toMatch(
      /none was found/,
    );
  });

  test("is told when it is too old", async () => {
    expect(await findAmong({ python3: python([3, 8, 10]) })).toMatch(
      /^SetUpError: convlab needs Python 3\.10 or newer, and \/python3\.8\.10 is 3\.8\.10\./,
    );
  });

  test("is told when it can't make virtual environments", async () => {
    expect(await findAmong({ python3: python([3, 12, 1], false) })).toMatch(
      /lacks the module that makes virtual environments.*sudo apt install python3\.12-venv/,
    );
  });
});

test("a network out of reach is named, and the lockfile stays as it was", async () => {
  const copy = scratchFolder();
  for (const path of ["scripts", "package.json", "package-lock.json"]) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  const ended = await runProgram(process.execPath, [join(copy, "scripts", "lessons.mjs")], {
    cwd: copy,
    env: {
      ...process.env,
      npm_config_registry: "http://127.0.0.1:9",
      npm_config_cache: join(copy, "cache"),
      npm_config_fetch_retries: "0",
    },
  });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/The npm packages could not be downloaded: .* is out of reach/);
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  expect(readFileSync(join(copy, "package-lock.json"))).toEqual(
    readFileSync(join(root, "package-lock.json")),
  );
  // Nothing says that the step was done, and nothing keeps the next run from trying again.
  expect(existsSync(join(copy, ".setup", "packages.stamp"))).toBe(false);
  expect(existsSync(join(copy, ".setup", "lock"))).toBe(false);
});

describe("the lock of the set-up", () => {
  const locking = (folder: string, work: string) =>
    `await script.withLock(${JSON.stringify(join(folder, "lock"))}, async () => { ${work} });`;
  const log = (folder: string, word: string) =>
    `(await import("node:fs")).appendFileSync(${JSON.stringify(join(folder, "log"))}, "${word} ");`;

  test("lets one process in at a time", async () => {
    const folder = scratchFolder();
    const work = `${log(folder, "in")} await new Promise((done) => setTimeout(done, 100)); ${log(folder, "out")}`;
    const ended = await Promise.all(
      Array.from({ length: 6 }, () => withScript("lock.mjs", locking(folder, work))),
    );
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("in out ".repeat(6));
    expect(existsSync(join(folder, "lock"))).toBe(false);
  });

  test("is taken over once from a process that was killed", async () => {
    const folder = scratchFolder();
    const url = JSON.stringify(pathToFileURL(join(scripts, "lock.mjs")).href);
    const holder = spawn(process.execPath, [
      "--input-type=module",
      "-e",
      `const script = await import(${url}); ${locking(folder, 'console.log("held"); await new Promise((done) => setTimeout(done, 60000));')}`,
    ]);
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    holder.kill("SIGKILL");
    await new Promise((resolve) => holder.once("exit", resolve));
    expect(existsSync(join(folder, "lock"))).toBe(true);

    const work = `${log(folder, "in")} await new Promise((done) => setTimeout(done, 100)); ${log(folder, "out")}`;
    const begin = Date.now();
    const ended = await Promise.all(
      Array.from({ length: 4 }, () => withScript("lock.mjs", locking(folder, work))),
    );
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("in out ".repeat(4));
    expect(Date.now() - begin).toBeLessThan(30_000);
  });

  test("is released when the work fails", async () => {
    const folder = scratchFolder();
    const ended = await withScript("lock.mjs", locking(folder, 'throw new Error("work")'));
    expect(ended.code).toBe(1);
    expect(existsSync(join(folder, "lock"))).toBe(false);
  });
});

test("a stamp changes with names and contents, not with the time", async () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, "src", "deep"), { recursive: true });
  const hash = async () => {
    const code = `console.log(script.hashOf(${JSON.stringify(folder)}, ["src", "absent"]));`;
    return (await withScript("stamp.mjs", code)).stdout.trim();
  };
  writeFileSync(join(folder, "src", "deep", "a.ts"), "1");
  const first = await hash();
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  writeFileSync(join(folder, "src", "deep", "a.ts"), "1");
  expect(await hash()).toBe(first);
  writeFileSync(join(folder, "src", "deep", "a.ts"), "2");
  const second = await hash();
  expect(second).not.toBe(first);
  writeFileSync(join(folder, "src", "deep", "b.ts"), "");
  expect(await hash()).not.toBe(second);
});
