import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "../../kernel/cell/parse.js";
import { type CheckResult, TypeChecker } from "../../kernel/types/index.js";

const home = fileURLToPath(new URL("../../kernel/types", import.meta.url));
const PATIENCE = 1500;
let folder: string;
let checker: TypeChecker;
let logged: string[];

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "convlab-supervised-")));
  logged = [];
  checker = new TypeChecker({
    folder,
    home,
    patience: PATIENCE,
    log: (line) => logged.push(line),
  });
  (await check("const survivor = { a: 1 };")).commit();
});

afterEach(() => {
  checker.close();
  rmSync(folder, { recursive: true, force: true });
});

const check = (source: string): Promise<CheckResult> =>
  checker.check(source, parse(source).program);

async function codes(source: string): Promise<number[]> {
  const { checked, diagnostics } = await check(source);
  expect(checked).toBe(true);
  return diagnostics.map(({ code }) => code);
}

const signal = (name: "SIGKILL" | "SIGSTOP"): boolean =>
  process.kill(checker.serverPid as number, name);

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("killed while idle it comes back by itself and knows the session", async () => {
  const pid = checker.serverPid;
  signal("SIGKILL");
  await until(() => checker.serverPid !== undefined && checker.serverPid !== pid);
  expect(await codes("survivor.b")).toEqual([2339]);
  expect((await checker.complete("survivor.", 9))?.items.map(({ text }) => text)).toEqual(["a"]);
});

test("killed while it checks a cell, it checks the cell again", async () => {
  const answer = codes(`${"survivor.a;\n".repeat(2000)}survivor.b`);
  await new Promise((resolve) => setTimeout(resolve, 2));
  signal("SIGKILL");
  expect(await answer).toEqual([2339]);
});

test("killed under a completion: an answer from the next one, or none, and soon", async () => {
  const list = checker.complete("survivor.", 9);
  signal("SIGKILL");
  const begin = performance.now();
  expect([undefined, "a"]).toContain((await list)?.items[0]?.text);
  expect(performance.now() - begin).toBeLessThan(2000);
});

test("hung, it is replaced; completion does not wait for that", async () => {
  await codes("survivor.a"); // The one before was killed: what is stopped must be the one that answers now.
  const pid = checker.serverPid;
  signal("SIGSTOP");
  const begin = performance.now();
  expect(await checker.complete("survivor.", 9)).toBeNull();
  expect(await checker.inspect("survivor", 8, false)).toBeNull();
  // Far below the patience with which a check waits.
  expect(performance.now() - begin).toBeLessThan(PATIENCE);
  expect(await codes("survivor.b")).toEqual([2339]);
  expect(checker.serverPid).not.toBe(pid);
  expect((await checker.complete("survivor.", 9))?.items.map(({ text }) => text)).toEqual(["a"]);
});

test("where it can't live, cells go on unchecked and one line says so", async () => {
  // The first one had answered: five more that have not are enough.
  for (let i = 0; i < 6; i++) {
    await until(() => checker.serverPid !== undefined || i === 5);
    if (checker.serverPid !== undefined) signal("SIGKILL");
    const pid = checker.serverPid;
    await until(() => checker.serverPid !== pid);
  }
  expect(checker.serverPid).toBeUndefined();
  const { checked, diagnostics } = await check("survivor.b");
  expect([checked, diagnostics]).toEqual([false, []]);
  expect(await checker.complete("survivor.", 9)).toBeNull();
  expect(logged.join("\n")).toContain("runs unchecked");
});
