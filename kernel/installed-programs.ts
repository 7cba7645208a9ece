/** The programs that an installation refers to: the Python that has Jupyter, and the Node that will start the kernel. */
import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";

/** What Jupyter says about itself. */
export interface Jupyter {
  /** `sys.prefix` of the Python that has it. */
  readonly prefix: string;
  /** The folder of this user's data. */
  readonly user: string;
  /** Every folder in which it looks for data, `JUPYTER_PATH` among them. */
  readonly path: readonly string[];
}

/** Asked of Python; JSON is ASCII, so that no console's encoding can spoil a folder's name. */
const question = `
import json, sys
from jupyter_core.paths import jupyter_data_dir, jupyter_path
print(json.dumps({"prefix": sys.prefix, "user": jupyter_data_dir(), "path": jupyter_path()}))`;

/** The Jupyter of the first Python that has one, of the active environment before others. */
export function findJupyter(): Jupyter | null {
  const windows = process.platform === "win32";
  const inside = windows ? ["Scripts", "python.exe"] : ["bin", "python"];
  const { VIRTUAL_ENV, CONDA_PREFIX } = process.env;
  const pythons = [
    ...(VIRTUAL_ENV ? [join(VIRTUAL_ENV, ...inside)] : []),
    ...(CONDA_PREFIX
      ? [windows ? join(CONDA_PREFIX, "python.exe") : join(CONDA_PREFIX, ...inside)]
      : []),
    "python3",
    "python",
  ];
  for (const python of pythons) {
    const asked = spawnSync(python, ["-c", question], { encoding: "utf8", windowsHide: true });
    if (asked.status === 0) return JSON.parse(asked.stdout) as Jupyter;
  }
  return null;
}

/**
 * A path to the same program that an upgrade leaves valid: Homebrew's Node stands in a folder of its version
 * (`…/Cellar/node/24.1.0/bin/node`), and `…/opt/node/bin/node` always leads to the newest.
 */
export function lastingPath(program: string): string {
  const [, brew, formula] = /^(.*)\/Cellar\/([^/]+)\/[^/]+\/bin\/node$/.exec(program) ?? [];
  if (brew === undefined || formula === undefined) return program;
  const lasting = `${brew}/opt/${formula}/bin/node`;
  return existsSync(lasting) && realpathSync(lasting) === realpathSync(program) ? lasting : program;
}
