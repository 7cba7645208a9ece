/** Finds a Python that can hold the lessons' Jupyter, and names what is inside a virtual environment. */
import { join } from "node:path";
import { run, SetUpError } from "./process.mjs";

const least = [3, 10];

/** The programs to try, as the systems name them. */
const candidates =
  process.platform === "win32"
    ? [["py", "-3"], ["python"], ["python3"]]
    : [
        "python3",
        "python",
        "python3.14",
        "python3.13",
        "python3.12",
        "python3.11",
        "python3.10",
      ].map((name) => [name]);

const question = `
import json, sys
try:
    import ensurepip, venv
    able = True
except ImportError:
    able = False
print(json.dumps({"version": list(sys.version_info[:3]), "path": sys.executable, "venv": able}))`;

/** @returns {Promise<{ version: number[], path: string, venv: boolean } | undefined>} */
export async function askPython(command) {
  const { code, output } = await run(command[0], [...command.slice(1), "-c", question]);
  if (code !== 0) return undefined;
  try {
    return JSON.parse(output.trim().split("\n").pop());
  } catch {
    return undefined; // The Microsoft Store's stand-in for Python prints an advertisement.
  }
}

const isNewEnough = ([major, minor]) =>
  major > least[0] || (major === least[0] && minor >= least[1]);

/**
 * The first Python on this machine that is new enough and can make virtual environments.
 * @throws {SetUpError} saying what to install
 */
export async function findPython() {
  const found = [];
  for (const command of candidates) {
    const python = await askPython(command);
    if (!python) continue;
    if (isNewEnough(python.version) && python.venv) return python;
    found.push(python);
  }
  if (found.length === 0) {
    throw new SetUpError(
      `convlab needs Python ${least.join(".")} or newer for JupyterLab, and none was found ` +
        `(tried ${candidates.map((c) => c.join(" ")).join(", ")}). Install it from https://www.python.org.`,
    );
  }
  const recent = found.find((python) => isNewEnough(python.version));
  if (recent) {
    const version = recent.version.slice(0, 2).join(".");
    throw new SetUpError(
      `Python ${version} (${recent.path}) lacks the module that makes virtual environments. ` +
        `On Debian and Ubuntu: sudo apt install python${version}-venv`,
    );
  }
  const [{ version, path }] = found;
  throw new SetUpError(
    `convlab needs Python ${least.join(".")} or newer, and ${path} is ${version.join(".")}. ` +
      "Install a newer one from https://www.python.org.",
  );
}

/** The Python of a virtual environment. */
export const pythonOf = (venv) =>
  process.platform === "win32" ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");
