/** A type checker in a folder of its own, for the tests of one file. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect } from "vitest";
import { parse } from "../../kernel/cell/parse.js";
import { type CheckResult, TypeChecker } from "../../kernel/types/index.js";

export const home = fileURLToPath(new URL("../../kernel/types", import.meta.url));
// A folder with a space, Korean and a percent sign: its URI must still be valid.
export const folder = join(
  realpathSync(mkdtempSync(join(tmpdir(), "convlab-types-"))),
  "합성곱 50% #1",
);
export let checker: TypeChecker;
export const logged: string[] = [];

beforeAll(() => {
  mkdirSync(folder);
  checker = new TypeChecker({ folder, home, log: (line) => logged.push(line) });
});

afterAll(() => {
  checker.close();
  rmSync(folder, { recursive: true, force: true });
});

export const check = (source: string, using = checker): Promise<CheckResult> =>
  using.check(source, parse(source).program);

/** The findings as `line:column code message`. */
export async function found(source: string, using = checker): Promise<string[]> {
  const { diagnostics, checked } = await check(source, using);
  expect(checked).toBe(true);
  return diagnostics.map((d) => `${d.line}:${d.column} ${d.code} ${d.message}`);
}

/** Checks that a cell is right, and makes it part of the session. */
export async function ran(source: string, using = checker): Promise<void> {
  const result = await check(source, using);
  expect(result.diagnostics).toEqual([]);
  result.commit();
}
