import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Checks files as a browser's worker sees them: with its names, and none of Node's. */
function inBrowser(files: string[]): { status: number | null; stdout: string } {
  const options =
    "--noEmit --ignoreConfig --lib es2023,webworker --module nodenext --target es2022 --strict --skipLibCheck";
  const tsc = ["node_modules/typescript/bin/tsc", ...options.split(" "), "--types", "", ...files];
  return spawnSync(process.execPath, tsc, { encoding: "utf8" });
}

test("cells and displays use no Node API", () => {
  const files = ["kernel/display", "kernel/cell"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(20);
  expect(inBrowser(files)).toMatchObject({ status: 0, stdout: "" });
});

test.each(["Buffer.from([1]);", "process.exit();", 'import "node:fs";\nimport fs from "node:fs";'])(
  "the check would find %j",
  (code) => {
    const file = join(mkdtempSync(join(tmpdir(), "convlab-browser-")), "one.ts");
    writeFileSync(file, `${code}\nexport {};\n`);
    expect(inBrowser([file]).status).not.toBe(0);
  },
);
