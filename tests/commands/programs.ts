/** Starting our commands and writing notebooks for them to work on. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const venvPython =
  process.platform === "win32"
    ? join(root, ".venv", "Scripts", "python.exe")
    : join(root, ".venv", "bin", "python");

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end, without a shell. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs the built `convlab` command. */
export function convlab(
  args: readonly string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<Ended> {
  return runProgram(process.execPath, [join(root, "dist", "cli.js"), ...args], options);
}

export function scratchFolder(): string {
  return mkdtempSync(join(tmpdir(), "convlab-test-"));
}

/** A cell: text that begins with `md:` is Markdown, all other is code. */
export function writeNotebook(path: string, cells: readonly string[]): void {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "convlab", display_name: "convlab", language: "typescript" } },
    cells: cells.map((text, index) => {
      const shared = { id: `cell-${index}`, metadata: {} };
      return text.startsWith("md:")
        ? { ...shared, cell_type: "markdown", source: text.slice(3) }
        : { ...shared, cell_type: "code", source: text, execution_count: null, outputs: [] };
    }),
  };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(notebook, null, 1));
}
