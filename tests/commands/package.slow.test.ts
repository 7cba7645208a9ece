/** The package as npm ships it: installed in an empty folder elsewhere, it brings its kernel and its library. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
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

/** In a folder as people have them. */
const elsewhere = join(scratchFolder(), "an empty folder 합성곱");
let tarball: string;

beforeAll(async () => {
  mkdirSync(elsewhere, { recursive: true });
  const packed = await npm(["pack", "--pack-destination", elsewhere], root);
  expect(packed.code, packed.stderr).toBe(0);
  tarball = `./${readdirSync(elsewhere).find((name) => name.endsWith(".tgz"))}`;
});

afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

/** Runs a notebook on an installed kernel as a desktop program would: with no PATH on which Node could be. */
async function textsOf(cells: string[], folder: string, kernel: string, prefix: string) {
  writeNotebook(join(folder, "try.ipynb"), cells);
  const ran = await runProgram(
    venvPython,
    [
      ...["-m", "nbconvert", "--to", "notebook", "--execute", "--output", "ran"],
      ...[`--ExecutePreprocessor.kernel_name=${kernel}`, "try.ipynb"],
    ],
    {
      cwd: folder,
      env: { ...process.env, PATH: "", JUPYTER_PATH: join(prefix, "share", "jupyter") },
    },
  );
  expect(ran.code, ran.stderr).toBe(0);
  const notebook = JSON.parse(readFileSync(join(folder, "ran.ipynb"), "utf8"));
  return (notebook.cells as Cell[]).map(({ outputs }) =>
    [outputs[0]?.data?.["text/plain"]].flat().join(""),
  );
}

test("installed in a project, it brings its kernel and its library", async () => {
  const project = join(elsewhere, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "private": true }');
  const installed = await npm(["install", "--no-audit", "--no-fund", `.${tarball}`], project);
  expect(installed.code, installed.stderr).toBe(0);

  const args = ["convlab", "kernel", "install", "--prefix", project, "--name", "packed"];
  const told = await npm(["exec", "--no", "--", ...args], project);
  expect(told.code, told.stderr).toBe(0);
  expect(told.stderr).not.toContain("npx's cache");

  const cells = [
    'import { array, conv2d } from "convlab"\nconst sum: number = conv2d(array([[1, 2], [3, 4]]), array([[1, 1], [1, 1]])).get(0, 0)\nsum',
    'import { image } from "convlab"\nimage.photoNames.length > 0 && image.digit(7).shape.join()',
  ];
  expect(await textsOf(cells, project, "packed", project)).toEqual(["10", "'28,28'"]);
});

test("installed globally, its command and kernel work from any folder", async () => {
  const prefix = join(elsewhere, "global");
  const installed = await npm(
    ["install", "--global", "--no-audit", "--no-fund", "--prefix", prefix, tarball],
    elsewhere,
  );
  expect(installed.code, installed.stderr).toBe(0);

  const windows = process.platform === "win32";
  const modules = windows ? join(prefix, "node_modules") : join(prefix, "lib", "node_modules");
  // On Windows the command is a batch file, which needs a shell.
  const command = windows
    ? join(modules, "convlab", "dist", "cli.js")
    : join(prefix, "bin", "convlab");
  const folder = join(elsewhere, "notes");
  mkdirSync(folder);
  const told = await runProgram(
    process.execPath,
    [command, "kernel", "install", "--prefix", folder],
    { cwd: folder },
  );
  expect(told.code, told.stderr).toBe(0);
  const listed = await runProgram(process.execPath, [
    command,
    "kernel",
    "list",
    "--prefix",
    folder,
  ]);
  expect(listed.stdout).toContain(`convlab  TypeScript (convlab)  ${folder}`);

  // An enum needs esbuild's program, a type error TypeScript's: both are found beside the kernel.
  const cells = [
    "enum Side { Left = 3, Right }\nSide.Right",
    "// @ts-expect-error\nconst s: string = Side.Left; s",
  ];
  expect(await textsOf(cells, folder, "convlab", folder)).toEqual(["4", "3"]);
});
