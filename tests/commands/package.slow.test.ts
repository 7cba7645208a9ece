/** The package as npm ships it: installed in an empty folder elsewhere, it brings its kernel and its library. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, runProgram, scratchFolder, venvPython, writeNotebook } from "./programs.js";

/** npm itself, run by Node: no shell, also where npm is a batch file. */
function npm(args: readonly string[], cwd: string) {
  const program = process.env.npm_execpath;
  if (program === undefined) return runProgram("npm", args, { cwd });
  return runProgram(process.execPath, [program, ...args], { cwd });
}

interface Cell {
  outputs: { data?: Record<string, string | string[]>; evalue?: string }[];
}

test("npm pack, install elsewhere, install the kernel, run a cell", async () => {
  const elsewhere = join(scratchFolder(), "an empty folder");
  mkdirSync(elsewhere, { recursive: true });
  const packed = await npm(["pack", "--pack-destination", elsewhere], root);
  expect(packed.code, packed.stderr).toBe(0);
  const tarball = readdirSync(elsewhere).find((name) => name.endsWith(".tgz"))!;

  writeFileSync(join(elsewhere, "package.json"), '{ "private": true }');
  const installed = await npm(["install", "--no-audit", "--no-fund", `./${tarball}`], elsewhere);
  expect(installed.code, installed.stderr).toBe(0);

  const command = join(elsewhere, "node_modules", "convlab", "dist", "cli.js");
  const args = ["kernel", "install", "--prefix", elsewhere, "--name", "packed"];
  const told = await runProgram(process.execPath, [command, ...args], { cwd: elsewhere });
  expect(told.code, told.stderr).toBe(0);

  const cells = [
    'import { array, conv2d } from "convlab"\nconst sum: number = conv2d(array([[1, 2], [3, 4]]), array([[1, 1], [1, 1]])).get(0, 0)\nsum',
    'import { image } from "convlab"\nimage.photoNames.length > 0 && image.digit(7).shape.join()',
  ];
  writeNotebook(join(elsewhere, "try.ipynb"), cells);
  const ran = await runProgram(
    venvPython,
    [
      ...["-m", "jupyter", "nbconvert", "--to", "notebook", "--execute", "--output", "ran"],
      ...["--ExecutePreprocessor.kernel_name=packed", "try.ipynb"],
    ],
    { cwd: elsewhere, env: { ...process.env, JUPYTER_PATH: join(elsewhere, "share", "jupyter") } },
  );
  expect(ran.code, ran.stderr).toBe(0);
  const notebook = JSON.parse(readFileSync(join(elsewhere, "ran.ipynb"), "utf8"));
  const texts = (notebook.cells as Cell[]).map(({ outputs }) =>
    [outputs[0]?.data?.["text/plain"]].flat().join(""),
  );
  expect(texts).toEqual(["10", "'28,28'"]);
});
