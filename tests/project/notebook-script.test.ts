import { spawnSync } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type NotebookCell, notebookScript } from "../../kernel/cell/notebook-script.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tsc = join(
  dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
  "bin",
  "tsc",
);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "convlab-script-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(folder, "local.ts"),
    "export const one = 1; export class Two {} export default 'd'; export type T = 1;",
  );
  writeFileSync(join(folder, "other.ts"), "export const one = 'other'; export type T = 2;");
  const compilerOptions = {
    target: "esnext",
    module: "nodenext",
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    noImplicitAny: false,
    skipLibCheck: true,
    types: ["node"],
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, include: ["*.ts"] }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const code = (...sources: string[]): NotebookCell[] =>
  sources.map((source) => ({ cell_type: "code", source }));

/** What TypeScript 7 says of a script. */
function compile(script: string): string {
  writeFileSync(join(folder, "script.ts"), script);
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  return stdout + stderr;
}

/** Compiles a script, then runs it, types removed by esbuild; answers what it prints. */
async function output(...sources: string[]): Promise<string> {
  const script = notebookScript(code(...sources));
  expect(compile(script), script).toBe("");
  const { build } = await import("esbuild");
  await build({
    entryPoints: [join(folder, "script.ts")],
    outfile: join(folder, "script.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: `node${process.versions.node}`,
    logLevel: "silent",
  });
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, "script.mjs")], {
    encoding: "utf8",
  });
  return stdout + stderr;
}

describe("names declared anew", () => {
  it("as anything, while earlier functions keep what they meant", async () => {
    expect(
      await output(
        "const a = 1; let n = 0; const read = () => a; interface P { x: number }",
        "const a = 'text'; console.log(a.toUpperCase(), read().toFixed(1))",
        "function a(p: P) { return p.x }\nconsole.log(a({ x: 5 }))",
        "class a { y = 2 } interface P { z: number } const p: P = { z: 1 }; n += 1; console.log(new a().y, p.z, n)",
        "enum a { Red = 'r' } type P = a; const q: P = a.Red; console.log(q)",
        "for (var n = 7; n < 8; n++) console.log(n)",
        "var n = 9; console.log(n)",
        "for (var n = 3; n < 5; n++); console.log(n); for (var [p] of [['q']]) console.log(p)",
        "namespace a { export const inside = 'ns' } namespace Fresh { export type T = 1 } const f: Fresh.T = 1; console.log(a.inside, f)",
        "declare const n: number | undefined; console.log(n)",
        "const { a, ...n } = { a: [1], m: 2 }; console.log(a.length, n.m)",
      ),
    ).toBe("TEXT 1.0\n5\n2 1 1\nr\n7\n9\n5\nq\nns 1\nundefined\n1 2\n");
  });

  it("imports: again the same, another under the same name, a name in between", async () => {
    expect(
      await output(
        "import { one, type T } from './local.ts'; import * as path from 'node:path'; const t: T = 1;",
        "import { one, Two } from './local.ts'; import d from './local.ts'; console.log(one.toFixed(), d, typeof Two, t)",
        "import { one, type T } from './other.ts'; const u: T = 2; console.log(one.trim(), u)",
        "import * as path from 'node:path'; import { join } from 'node:path'; const Two = 2; console.log(path.join('a'), join('b'), Two)",
        "import type { Two as Three } from './local.ts'; let three: Three | undefined",
        "import { Two as Three } from './local.ts'; three = new Three(); console.log(typeof three)",
        "import { type Two as Three } from './local.ts'; three = new Three() as Three",
        "import 'node:fs'; import { Two } from './local.ts'; console.log(typeof Two)",
      ),
    ).toBe("1 d function 1\nother 2\na b 2\nobject\nfunction\n");
  });

  it("exports, once or more often", async () => {
    expect(
      await output(
        "export const a = 1; export default 5",
        "export default function named() { return 6 }\nexport { a }; export * from './local.ts'",
        "export const a = 2; export default class {}\nexport { one } from './other.ts'; console.log(a + named())",
      ),
    ).toBe("8\n");
  });

  it("what may stand in no block", async () => {
    const script = notebookScript(
      code(
        "const a = 1",
        "const a = 2; declare global { var late: number } globalThis.late = 4;",
        "import fs = require('node:fs'); import { type Dirent } from 'node:fs'; let e: Dirent | undefined; fs.existsSync(String(late));",
      ),
    );
    expect(compile(script.replace(/import fs = .*;/, 'import fs from "node:fs";')), script).toBe(
      "",
    );
    expect(script).toContain("import fs = require('node:fs');");
  });
});

describe("cells become one text", () => {
  it("no cell goes on with the one before", async () => {
    expect(
      await output(
        "const f = (x: number) => x",
        "(2)",
        "const g = f",
        "[1].map((x) => console.log(g(x)))",
        "let s = 'x'",
        "`y`",
        "export default f",
        "(3)",
      ),
    ).toBe("1\n");
  });

  it("awaits, values at the end, and a module without imports", async () => {
    expect(
      await output(
        "const x = await Promise.resolve(3)",
        "x + 1",
        "using u = { [Symbol.dispose]() { console.log('end') } }",
        "console.log(x)",
      ),
    ).toBe("3\nend\n");
  });

  it("Markdown and what can't be read become comments; @ts-nocheck counts for all", () => {
    const cells: NotebookCell[] = [
      { cell_type: "markdown", source: ["# Title\n", "\n", "text */"] },
      { cell_type: "raw", source: "raw" },
      { cell_type: "code", source: ["const a = ;\n", "b"] },
      { cell_type: "code", source: "  // @ts-nocheck\nconst n: number = 'x'" },
      { cell_type: "code", source: "" },
    ];
    const script = notebookScript(cells);
    expect(script).toBe(
      "// @ts-nocheck\n\n// # Title\n//\n// text */\n\n// This cell is no TypeScript (line 1, column 11: Unexpected token)\n// const a = ;\n// b\n\n  // @ts-nocheck\nconst n: number = 'x';\n\nexport {};\n",
    );
    expect(compile(script)).toBe("");
  });
});

describe("every chapter compiles", () => {
  const chapters = readdirSync(join(root, "notebooks"), {
    recursive: true,
    encoding: "utf8",
  }).filter((file) => file.endsWith(".ipynb"));
  it.each(chapters)("%s", (file) => {
    const { cells } = JSON.parse(readFileSync(join(root, "notebooks", file), "utf8")) as {
      cells: NotebookCell[];
    };
    expect(compile(notebookScript(cells))).toBe("");
  });
});
