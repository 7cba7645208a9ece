/** Child processes for the scripts: argument arrays only, never a shell. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Something the reader of the terminal can mend; shown as a sentence, without a stack. */
export class SetUpError extends Error {
  name = "SetUpError";
}

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, inherit?: boolean }} [options] with `inherit` it writes
 *   straight to this terminal, else its output is collected
 * @returns {Promise<{ code: number, output: string, missing: boolean }>} `missing`: there is no such program
 */
export function run(program, args, { cwd, env, inherit = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: env ?? process.env,
      stdio: inherit ? "inherit" : ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    // With `inherit`, Ctrl+C reaches the child too: it ends first and says how.
    const wait = () => {};
    const forward = () => child.kill("SIGTERM");
    if (inherit) process.on("SIGINT", wait).on("SIGTERM", forward);
    child.on("exit", () => process.off("SIGINT", wait).off("SIGTERM", forward));
    child.on("error", (error) =>
      resolve({ code: 127, output: String(error.message), missing: error.code === "ENOENT" }),
    );
    child.on("close", (code, signal) =>
      resolve({ code: code ?? (signal === "SIGINT" ? 130 : 1), output, missing: false }),
    );
  });
}

/** How to start npm without a shell: its own script under this Node, or the program (not on Windows). */
export function npmCommand() {
  const beside = join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js");
  const caller = process.env.npm_execpath;
  if (caller && /^npm(-cli)?\.[cm]?js$/.test(basename(caller)) && existsSync(caller)) {
    return [process.execPath, caller];
  }
  if (existsSync(beside)) return [process.execPath, beside];
  if (process.platform === "win32") {
    throw new SetUpError("npm was not found beside Node: start this through npm, as `npm run …`.");
  }
  return ["npm"];
}

/** Ends the process as `error` asks: a sentence for what the reader can mend, a stack for a defect of ours. */
export function exitWith(error) {
  console.error(error instanceof SetUpError ? `\n${error.message}` : error);
  process.exit(1);
}
