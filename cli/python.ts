import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "./command-error.js";
import { packageRoot } from "./package-root.js";

const modules = ["jupyter_client", "nbclient", "nbconvert"];

const question = `
import importlib.util as u, sys
missing = [n for n in ${JSON.stringify(modules)} if u.find_spec(n) is None]
print(" ".join(missing)); sys.exit(len(missing))`;

function environmentPython(folder: string): string {
  return process.platform === "win32"
    ? join(folder, "Scripts", "python.exe")
    : join(folder, "bin", "python");
}

/** The Pythons to try when none was named: the package's own environment, the active one, the system's. */
function usualPythons(): string[] {
  const environments = [join(packageRoot(), ".venv"), process.env.VIRTUAL_ENV];
  const installed = environments
    .flatMap((folder) => (folder ? [environmentPython(folder)] : []))
    .filter((path) => existsSync(path));
  return [...installed, "python3", "python"];
}

/**
 * A Python that has what running and exporting notebooks takes.
 * @param named the program that the user asked for, if any
 * @throws {CommandError} if there is no Python, or it lacks Jupyter
 */
export function findJupyterPython(named?: string): string {
  let first: { python: string; missing: string } | undefined;
  for (const python of named ? [named] : usualPythons()) {
    const answer = spawnSync(python, ["-c", question], { encoding: "utf8", windowsHide: true });
    if (answer.status === 0) return python;
    if (!answer.error) first ??= { python, missing: answer.stdout.trim() };
  }
  if (!first) {
    throw new CommandError(
      named
        ? `There is no Python at ${named}.`
        : "No Python was found; install Python 3.10 or newer, or name one with --python.",
    );
  }
  throw new CommandError(
    `Jupyter is missing: ${first.python} has no ${first.missing || modules.join(" ")}. ` +
      `Install it with: ${first.python} -m pip install ${modules.join(" ")}`,
  );
}
