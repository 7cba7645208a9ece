import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "../../kernel/cell/parse.js";
import { TypeChecker } from "../../kernel/types/index.js";

const home = fileURLToPath(new URL("../../kernel/types", import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), "convlab-advice-")));
let checker: TypeChecker;

beforeAll(() => {
  const untyped = join(folder, "node_modules", "@scope", "untyped");
  mkdirSync(untyped, { recursive: true });
  writeFileSync(join(untyped, "package.json"), '{ "name": "@scope/untyped", "main": "main.js" }');
  writeFileSync(join(untyped, "main.js"), "exports.a = 1;");
  checker = new TypeChecker({ folder, home });
});

afterAll(() => {
  checker.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The findings as `severity message`. */
async function found(source: string): Promise<string[]> {
  const { diagnostics } = await checker.check(source, parse(source).program);
  return diagnostics.map(({ severity, message }) => `${severity} ${message}`);
}

const install = (name: string): string =>
  `error Cannot find the package "${name}". Run \`npm install ${name}\` in the notebook's folder, then run this cell again.`;

test.each([
  ["import", 'import x from "nope-x"', install("nope-x")],
  ["import for its effect", 'import "nope-x/style.css"', install("nope-x")],
  ["import of types", 'import type { X } from "@scope/nope-x/deep"', install("@scope/nope-x")],
  ["import()", 'const m = await import("nope-x")', install("nope-x")],
  ["export from", 'export * from "nope-x"', install("nope-x")],
])("a package that is not installed: %s", async (_, source, message) => {
  expect(await found(source)).toEqual([message]);
});

test("a package without types is a hint, not an error, and given once", async () => {
  expect(await found('import { a } from "@scope/untyped"; a.b.c')).toEqual([
    'info The package "@scope/untyped" has no types, so nothing that is done with it is checked. If there are types for it, `npm install -D @types/scope__untyped` brings them.',
  ]);
  expect(await found('import { a } from "@scope/untyped"; a.b.c')).toEqual([]);
  expect(await found('import { a as again } from "@scope/untyped"; again.b')).toEqual([]);
});

test("a part that an installed package does not have", async () => {
  expect(await found('import { a } from "@scope/untyped/deep"')).toEqual([
    'error The package "@scope/untyped" is installed, but "@scope/untyped/deep" is not among what it exports.',
  ]);
});

test("what other runtimes write", async () => {
  expect(await found('import _ from "npm:lodash@4/fp"')).toEqual([
    'error Node imports no "npm:" specifier. Run `npm install lodash@4` in the notebook\'s folder, then import "lodash/fp".',
  ]);
  expect(await found('import { join } from "jsr:@std/path"')).toEqual([
    'error Node imports no "jsr:" specifier. Run `npx jsr add @std/path` in the notebook\'s folder, then import "@std/path".',
  ]);
  expect(await found('const text = await Deno.readTextFile("a.txt")')).toEqual([
    'error This kernel runs on Node: instead of `Deno.readTextFile` use `readFile(path, "utf8")` of "node:fs/promises".',
  ]);
  expect(await found("const file: Deno.FsFile | undefined = undefined")).toEqual([
    "error This kernel runs on Node, where there is no `Deno.FsFile`.",
  ]);
});

test("other messages stay TypeScript's", async () => {
  expect(await found("unknownName; Denon")).toEqual([
    "error Cannot find name 'unknownName'.",
    "error Cannot find name 'Denon'.",
  ]);
  expect(await found('import x from "~/layers"')).toEqual(["error Cannot find module '~/layers'."]);
  expect(await found('import x from "./nothing"; import y from "node:nothing"')).toEqual([
    "error Cannot find module './nothing'.",
    "error Cannot find module 'node:nothing'.",
  ]);
});
