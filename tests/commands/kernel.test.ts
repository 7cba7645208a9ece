import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { convlab, root, scratchFolder } from "./programs.js";

test("the kernel is installed, listed and removed below a prefix", async () => {
  const prefix = scratchFolder();
  const folder = join(prefix, "share", "jupyter", "kernels", "convlab");

  const installed = await convlab(["kernel", "install", "--prefix", prefix]);
  expect(installed.code, installed.stderr).toBe(0);
  expect(installed.stdout).toContain(folder);
  const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
  expect(spec.argv).toEqual([
    process.execPath,
    join(root, "dist", "kernel", "main.cjs"),
    "{connection_file}",
  ]);
  expect(spec.language).toBe("typescript");

  const listed = await convlab(["kernel", "list", "--prefix", prefix]);
  expect(listed.stdout).toContain(folder);

  const removed = await convlab(["kernel", "uninstall", "--prefix", prefix]);
  expect(removed.code, removed.stderr).toBe(0);
  expect(existsSync(folder)).toBe(false);
});

test("says in a sentence what keeps it from installing or removing", async () => {
  const prefix = scratchFolder();
  const absent = await convlab(["kernel", "uninstall", "--prefix", prefix]);
  expect(absent.code).toBe(1);
  expect(absent.stderr).toMatch(/^No kernel "convlab" in /);

  const blocked = join(prefix, "blocked");
  mkdirSync(blocked);
  writeFileSync(join(blocked, "share"), "a file where a folder has to be");
  const refused = await convlab(["kernel", "install", "--prefix", blocked]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/^Cannot write .*share/);
  expect(refused.stderr).not.toMatch(/^\s+at /m);
});

test("an unknown command is named", async () => {
  const ended = await convlab(["lesson"]);
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/unknown command 'lesson'/);
});
