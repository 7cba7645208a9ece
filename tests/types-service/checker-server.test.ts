/** The language server behind the checker: killed, hanging, missing, not needed. */
import { expect, test } from "vitest";
import { parse } from "../../kernel/cell/parse.js";
import { needsTypes, TypeChecker } from "../../kernel/types/index.js";
import { check, checker, folder, found, home, ran } from "./checking.js";

test("a server that is killed comes back and knows the session", async () => {
  await ran("const survivor = { a: 1 };");
  const pid = checker.serverPid as number;
  process.kill(pid, "SIGKILL");
  expect((await found("survivor.b")).join()).toContain(
    "Property 'b' does not exist on type '{ a: number; }'",
  );
  expect(checker.serverPid).not.toBe(pid);
  // Killed while it works on the answer.
  const answer = found("survivor.c");
  setTimeout(() => process.kill(checker.serverPid as number, "SIGKILL"), 1);
  expect(await answer).toHaveLength(1);
});

test("a server that hangs is replaced", async () => {
  const impatient = new TypeChecker({ folder, home, patience: 2000 });
  await ran("const before = 1;", impatient);
  process.kill(impatient.serverPid as number, "SIGSTOP");
  expect(await found("before.foo", impatient)).toHaveLength(1);
  impatient.close();
});

test("after a reset earlier names are gone", async () => {
  const fresh = new TypeChecker({ folder, home });
  await ran("const gone = 1;", fresh);
  fresh.reset();
  expect(await found("gone", fresh)).toEqual(["1:1 2304 Cannot find name 'gone'."]);
  fresh.close();
});

test("without TypeScript one sentence says what to do, and cells are not held up", async () => {
  const lines: string[] = [];
  const lonely = new TypeChecker({ folder, home: "/", log: (line) => lines.push(line) });
  const { checked, diagnostics } = await check("const x: number = ''", lonely);
  expect({ checked, diagnostics }).toEqual({ checked: false, diagnostics: [] });
  expect(lines[0]).toContain("npm install typescript@7");
});

test("cells of literals and operators need no types", () => {
  const needs = (source: string): boolean => needsTypes(parse(source).program);
  for (const source of [
    "1+1",
    "'a' + `b`",
    "[1, 2].length;".slice(0, 6),
    "({ a: 1, 'b': [true ? 1 : null] })",
    "",
    ";",
    "(-1) ** 2 < 3 && !0",
  ]) {
    expect([source, needs(source)]).toEqual([source, false]);
  }
  for (const source of [
    "x",
    "const a = 1",
    "f()",
    "[1].length",
    "`$" + "{x}`",
    "import 'x'",
    "({ [x]: 1 })",
    "({ m() {} })",
  ]) {
    expect([source, needs(source)]).toEqual([source, true]);
  }
});
