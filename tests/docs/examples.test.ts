/** Every public function has an example; every example has the right types, runs, and gives what it says. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as convlab from "../../src/index.js";
import { allExamples, isValue, withComparisons } from "./examples.js";
import { exportedNames, publicFunctions } from "./public-functions.js";

const root = join(import.meta.dirname, "../..");
const examples = allExamples();

test("every public function has an example", () => {
  const without = publicFunctions().filter(
    ({ docstring, isClass }) => !isClass && !docstring.includes("@example"),
  );
  expect(without.map(({ name }) => name)).toEqual([]);
});

test("the functions are found that a program finds", () => {
  const found = new Set(publicFunctions().map(({ name }) => name));
  const names = (module: object, prefix: string): string[] =>
    Object.entries(module).flatMap(([name, value]) => {
      if (typeof value === "function") return [prefix + name];
      const isModule = Object.prototype.toString.call(value) === "[object Module]";
      return isModule ? names(value, `${prefix}${name}.`) : [];
    });
  expect(names(convlab, "").filter((name) => !found.has(name))).toEqual([]);
});

describe("examples", () => {
  let folder: string;
  const before = process.cwd();
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "convlab-examples-"));
    process.chdir(folder); // what an example saves is not left in the project
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(examples)("$name", async ({ code }) => {
    const { code: program } = transformSync(`(async () => {${withComparisons(code)}\n})()`, {
      loader: "ts",
      target: "es2022",
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    });
    const expectValue = (got: unknown, text: string): void => {
      if (!isValue(got, text)) {
        throw new Error(`the example says ${text}, but it gives ${String(got?.toString())}`);
      }
    };
    const scope: Record<string, unknown> = { ...convlab, expectValue };
    await new Function(...Object.keys(scope), `return ${program}`)(...Object.values(scope));
  });
});

test("the examples have the right types", () => {
  const folder = mkdtempSync(join(root, "node_modules", ".convlab-examples-"));
  try {
    const imports = `import { ${exportedNames().join(", ")} } from ${JSON.stringify(join(root, "src/index.js"))};`;
    const functions = examples.map(
      ({ name, code }, i) => `// ${name}\nasync function example${i}() {\n${code}\n}`,
    );
    writeFileSync(join(folder, "examples.ts"), [imports, ...functions].join("\n"));
    const options = { noEmit: true, noUnusedLocals: false, verbatimModuleSyntax: false };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: join(root, "tsconfig.json"),
        compilerOptions: { ...options, rootDir: root },
        include: ["examples.ts"],
      }),
    );
    const tsc = join(dirname(import.meta.dirname), "../node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    expect(stdout).toBe("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
