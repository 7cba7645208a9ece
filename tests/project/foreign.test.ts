import { describe, expect, it } from "vitest";
import { denoMember, insteadOf, insteadOfDeno } from "../../kernel/cell/foreign.js";

describe("specifiers of other runtimes", () => {
  it.each([
    ["npm:chalk", "npm install chalk`", 'import "chalk"'],
    ["npm:chalk@5", "npm install chalk@5`", 'import "chalk"'],
    ["npm:/lodash@^4.17/fp", "npm install lodash@^4.17`", 'import "lodash/fp"'],
    [
      "npm:@scope/name@1.2.3/sub/path.js",
      "npm install @scope/name@1.2.3`",
      'import "@scope/name/sub/path.js"',
    ],
    ["jsr:@std/path@1/posix", "npx jsr add @std/path@1`", 'import "@std/path/posix"'],
    ["https://esm.sh/lodash@4.17.21/fp?bundle", "npm install lodash@4.17.21`", 'import "lodash"'],
    ["https://esm.sh/jsr/@std/csv@1", "npx jsr add @std/csv@1`", 'import "@std/csv"'],
    ["https://esm.sh/v135/@a/b@1", "npm install @a/b@1`", 'import "@a/b"'],
    ["https://cdn.jsdelivr.net/npm/d3@7/+esm", "npm install d3@7`", 'import "d3"'],
    ["https://cdn.skypack.dev/d3", "npm install d3`", 'import "d3"'],
    [
      "https://deno.land/std@0.224.0/data_structures/mod.ts",
      "npx jsr add @std/data-structures`",
      'import "@std/data-structures"',
    ],
    [
      "https://deno.land/x/oak@v12/mod.ts",
      'curl -Lo "mod.ts" "https://deno.land/x/oak@v12/mod.ts"`',
      'import "./mod.ts"',
    ],
    [
      "http://localhost:8000/a.js?x=1",
      'curl -Lo "a.js" "http://localhost:8000/a.js?x=1"`',
      'import "./a.js"',
    ],
    ["https://example.com", 'curl -Lo "file.ts"', 'import "./file.ts"'],
  ])("%s", (specifier, command, written) => {
    expect(insteadOf(specifier)).toContain(command);
    expect(insteadOf(specifier)).toContain(written);
  });

  it("names the reader's own package manager", () => {
    expect(insteadOf("npm:chalk@5", "pnpm add")).toContain("`pnpm add chalk@5`");
  });

  it("says whose part bun: and deno: are", () => {
    expect(insteadOf("bun:sqlite")).toContain("Bun");
    expect(insteadOf("deno:core")).toContain("Deno");
  });

  it.each(["npm:", "jsr:", "npm:@scope"])("%s names nothing", (specifier) => {
    expect(insteadOf(specifier)).toContain("names no package");
  });

  it.each([
    "lodash",
    "node:fs",
    "./a.ts",
    "/a/b.js",
    "file:///a",
    "data:text/javascript,1",
    "C:\\a.js",
    "@/lib/x",
    "#own",
  ])("%s is Node's", (specifier) => expect(insteadOf(specifier)).toBeUndefined());
});

describe("Deno's namespace", () => {
  it.each([
    ["readTextFile", "node:fs/promises"],
    ["cwd", "process.cwd()"],
    ["jupyter", "Jupyter.display"],
  ])("%s", (member, instead) => {
    expect(insteadOfDeno(member)).toContain(`\`Deno.${member}\``);
    expect(insteadOfDeno(member)).toContain(instead);
  });

  it("has no advice for what nobody knows, an inherited name included", () => {
    expect(insteadOfDeno("toString")).toBe(
      "This kernel runs on Node, where there is no `Deno.toString`.",
    );
    expect(insteadOfDeno("")).toBe("This kernel runs on Node, where there is no `Deno`.");
  });

  it("finds the member in code", () => {
    expect(denoMember("Deno.readTextFile('x')")).toBe("readTextFile");
    expect(denoMember("Deno\n  ?.env.get('x')")).toBe("env");
    expect(denoMember("Deno;")).toBe("");
  });
});
