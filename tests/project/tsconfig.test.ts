import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aliasTargets } from "../../kernel/project/aliases.js";
import { addCommand } from "../../kernel/project/package-manager.js";
import { Project } from "../../kernel/project/project.js";
import { parseJsonWithComments, readTsconfig } from "../../kernel/project/tsconfig.js";

let folder: string;
let clock = 1_000_000;

beforeEach(() => {
  folder = join(realpathSync(mkdtempSync(join(tmpdir(), "convlab-project-"))), "공책 100% #1");
  mkdirSync(folder);
});
afterEach(() => rmSync(dirname(folder), { recursive: true, force: true }));

/** Writes a file with a time of change of its own. */
function write(name: string, content: unknown): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  utimesSync(path, ++clock, clock);
  return path;
}

describe("JSON with comments", () => {
  it("takes comments and trailing commas, and leaves strings alone", () => {
    const text = `\uFEFF{ // one, two ]
      "a//b": "/* no */ ,}", /* "x": 1, */ "list": [1, 2, /* last */ ], "escaped": "\\",}",
    }`;
    expect(parseJsonWithComments(text)).toEqual({
      "a//b": "/* no */ ,}",
      list: [1, 2],
      escaped: '",}',
    });
    expect(parseJsonWithComments(" // nothing\n")).toEqual({});
  });

  it.each([
    ['{\n  "a": 1,\n  "b": tru\n}', 3],
    ['{\n  "a": 1\n  "b": 2\n}', 3],
    ['{\n  // c\n  "a": "open\n}', 3],
    ['{\n  "a": {\n', 2],
    ["{}\n}", 2],
  ])("%j is wrong in line %i", (text, line) => {
    expect(() => parseJsonWithComments(text)).toThrow(`line ${line} is no JSON`);
  });
});

describe("a tsconfig", () => {
  it("extends files and packages; the last word counts; folders start where they are written", () => {
    write("node_modules/@tsconfig/strictest/package.json", { name: "@tsconfig/strictest" });
    write("node_modules/@tsconfig/strictest/tsconfig.json", {
      compilerOptions: { strict: true, lib: ["es2020"], noImplicitReturns: true },
    });
    write("node_modules/exported/package.json", {
      name: "exported",
      exports: { "./base": "./made/base.json" },
    });
    write("node_modules/exported/made/base.json", {
      compilerOptions: { allowUnusedLabels: false, paths: { "e/*": ["./e/*"] } },
    });
    write(
      "config/base.json",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how a tsconfig writes its own folder
      '{ "extends": "exported/base", "compilerOptions": { "typeRoots": ["./types", "${configDir}/own"], "noImplicitReturns": false, }, }',
    );
    const file = write("tsconfig.json", {
      extends: ["@tsconfig/strictest", "./config/base"],
      compilerOptions: { lib: ["es2022"] },
    });
    const config = readTsconfig(file);
    expect(config.options).toEqual({
      strict: true,
      lib: ["es2022"],
      noImplicitReturns: false,
      allowUnusedLabels: false,
      typeRoots: [join(folder, "config/types"), join(folder, "own")],
    });
    expect(config.paths).toEqual({ "e/*": [join(folder, "node_modules/exported/made/e/*")] });
    expect(config.sources).toHaveLength(4);
  });

  it("turns baseUrl into aliases", () => {
    const file = write("tsconfig.json", {
      compilerOptions: { baseUrl: "./src", paths: { "@/*": ["*"] } },
    });
    expect(readTsconfig(file).paths).toEqual({
      "@/*": [join(folder, "src/*")],
      "*": [join(folder, "src/*")],
    });
  });

  it.each([
    ["itself", { extends: "./tsconfig.json" }, "extends itself"],
    ["nothing", { extends: "./nowhere" }, 'extends "./nowhere", which was not found'],
    [
      "no package",
      { extends: "nobody/base.json" },
      'extends "nobody/base.json", which was not found',
    ],
    ["a list", [1], "an object is wanted"],
    ["no JSON", '{\n "extends: }', "line 2 is no JSON"],
  ])("%s is a mistake", (_, content, message) => {
    const file = write("tsconfig.json", content);
    expect(() => readTsconfig(file)).toThrow(message);
    expect(() => readTsconfig(file)).toThrow(file);
  });
});

describe("the project of a notebook", () => {
  it("is the nearest upwards, taken anew when it or what it extends changes", () => {
    const project = new Project(join(folder, "notebooks", "deep"));
    mkdirSync(join(folder, "notebooks", "deep"), { recursive: true });
    project.refresh();
    expect(project.reportsImplicitAny).toBe(false);
    write("base.json", { compilerOptions: { strict: true } });
    write("tsconfig.json", { extends: "./base" });
    expect(project.refresh()).toBe(true);
    expect(project.refresh()).toBe(false);
    expect(project.reportsImplicitAny).toBe(true);
    write("base.json", { compilerOptions: { strict: true, noImplicitAny: false } });
    expect(project.refresh()).toBe(true);
    expect(project.reportsImplicitAny).toBe(false);
    const nearer = write("notebooks/tsconfig.json", { compilerOptions: { noImplicitAny: true } });
    expect(project.refresh()).toBe(true);
    expect(project.reportsImplicitAny).toBe(true);
    rmSync(nearer);
    expect(project.refresh()).toBe(true);
    expect(project.reportsImplicitAny).toBe(false);
  });

  it("keeps what speaks of code, drops what speaks of files or would be noise", () => {
    write("tsconfig.json", {
      compilerOptions: {
        jsx: "react-jsx",
        useDefineForClassFields: false,
        module: "commonjs",
        noUnusedLocals: true,
        outDir: "out",
        composite: true,
        target: "es5",
      },
      files: ["a.ts"],
    });
    const project = new Project(folder);
    project.refresh();
    expect(project.options).toEqual({ jsx: "react-jsx", useDefineForClassFields: false });
    expect(project.emitOptions).toEqual(project.options);
  });

  it("tells what is wrong once, and takes the correction", () => {
    write("tsconfig.json", "{ strict }");
    const project = new Project(folder);
    project.refresh();
    expect(project.takeProblem()).toContain("line 1 is no JSON");
    expect(project.takeProblem()).toBeUndefined();
    expect(project.options).toEqual({});
    write("tsconfig.json", { compilerOptions: { strict: "yes", noImplicitReturns: true } });
    project.refresh();
    expect(project.takeProblem()).toContain('"strict" must be true or false, not "yes"');
    expect(project.options).toEqual({ noImplicitReturns: true });
    write("tsconfig.json", { extends: "./later.json" });
    project.refresh();
    expect(project.takeProblem()).toContain("was not found");
    write("later.json", { compilerOptions: { strict: true } });
    expect(project.refresh()).toBe(true);
    expect(project.takeProblem()).toBeUndefined();
    expect(project.reportsImplicitAny).toBe(true);
  });
});

describe("aliases", () => {
  const paths = {
    "@/*": ["/p/src/*", "/p/old/*"],
    "@/lib/*": ["/p/lib/*"],
    exact: ["/p/exact.ts"],
    "*-gen": ["/p/gen/*"],
    "*": ["/p/any/*"],
  };
  it.each([
    ["@/a/b", ["/p/src/a/b", "/p/old/a/b"]],
    ["@/lib/x", ["/p/lib/x"]],
    ["exact", ["/p/exact.ts"]],
    ["my-gen", ["/p/gen/my"]],
    ["$&", ["/p/any/$&"]],
    ["./a", []],
    ["/a", []],
    ["node:fs", []],
  ])("%s", (specifier, targets) => expect(aliasTargets(specifier, paths)).toEqual(targets));

  it("none without a match", () => expect(aliasTargets("lodash", { "@/*": ["/p/*"] })).toEqual([]));
});

describe("the command that adds a package", () => {
  it.each([
    ["pnpm-lock.yaml", "", "pnpm add"],
    ["yarn.lock", "", "yarn add"],
    ["bun.lockb", "", "bun add"],
    ["package-lock.json", "{}", "npm install"],
    ["package.json", '{ "packageManager": "pnpm@9.1.0+sha512.x" }', "pnpm add"],
    ["package.json", "no JSON", "npm install"],
  ])("%s %s", (file, content, command) => {
    write(file, content);
    mkdirSync(join(folder, "notebooks"));
    expect(addCommand(join(folder, "notebooks"))).toBe(command);
  });
});
