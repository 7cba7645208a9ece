import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse } from "../../kernel/cell/parse.js";
import { TypeChecker } from "../../kernel/types/index.js";
import { recordedServer } from "./recorded.js";

const recorded = recordedServer();
const { home, folder } = recorded;
const checker = new TypeChecker({ folder, home });

afterAll(() => {
  checker.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a cell; how often the server was asked for its findings, and the codes of these. */
async function run(source: string): Promise<{ asked: number; codes: number[] }> {
  const before = recorded.count("textDocument/diagnostic");
  const { diagnostics, checked, commit } = await checker.check(source, parse(source).program);
  expect(checked).toBe(true);
  const codes = diagnostics.map(({ code }) => code);
  if (codes.length === 0) commit();
  return { asked: recorded.count("textDocument/diagnostic") - before, codes };
}

const fresh = { asked: 1, codes: [] };
const remembered = { asked: 0, codes: [] };

test("a cell that is run again and again is checked once", async () => {
  await run("let total = 0; const step = (x: number) => x + 1;");
  expect(await run("total = step(total)")).toEqual(fresh);
  for (let i = 0; i < 20; i++) expect(await run("total = step(total)")).toEqual(remembered);
});

test("also when it declares names, and when cells take turns", async () => {
  expect(await run("const width = 3;")).toEqual(fresh);
  expect(await run("const area = width * 2;")).toEqual(fresh);
  for (let i = 0; i < 5; i++) {
    expect(await run("const width = 3;")).toEqual(remembered);
    expect(await run("const area = width * 2;")).toEqual(remembered);
  }
});

test("findings are remembered too", async () => {
  expect(await run("const wrong: number = 'x';")).toEqual({ asked: 1, codes: [2322] });
  expect(await run("const wrong: number = 'x';")).toEqual({ asked: 0, codes: [2322] });
});

test("a name that means something else now is a reason to check again", async () => {
  await run("const shape = { sides: 4 };");
  expect(await run("shape.sides")).toEqual(fresh);
  await run("const shape = { corners: 4 };");
  expect(await run("shape.sides")).toEqual({ asked: 1, codes: [2339] });
  expect(await run("newcomer")).toEqual({ asked: 1, codes: [2304] });
  await run("const newcomer = 1;");
  expect(await run("newcomer")).toEqual(fresh);
});

test("so are an edited file, a package, and a global declaration", async () => {
  writeFileSync(join(folder, "part.ts"), "export const part: number = 1;");
  expect(await run('import { part } from "./part"; part.toFixed();')).toEqual(fresh);
  expect(await run('import { part } from "./part"; part.toFixed();')).toEqual(remembered);
  writeFileSync(join(folder, "part.ts"), 'export const part: string = "another length";');
  expect(await run('import { part } from "./part"; part.toFixed();')).toEqual({
    asked: 1,
    codes: [2551],
  });
  expect(await run("[1].second()")).toEqual({ asked: 1, codes: [2339] });
  expect(await run("declare global { interface Array<T> { second(): T } }")).toEqual(fresh);
  expect(await run("[1].second()")).toEqual(fresh);
});

test("after a reset nothing is remembered", async () => {
  await run("const kept = 1;");
  await run("kept + 1");
  checker.reset();
  expect(await run("kept + 1")).toEqual({ asked: 1, codes: [2304] });
});

test("a cell that is not to be checked asks for no findings", async () => {
  const before = recorded.count("textDocument/diagnostic");
  const source = "const quiet = 1;";
  const result = await checker.check(source, parse(source).program, { diagnose: false });
  result.commit();
  expect((await checker.complete("qui", 3))?.items.map(({ text }) => text)).toEqual(["quiet"]);
  expect(recorded.count("textDocument/diagnostic") - before).toBe(0);
});
