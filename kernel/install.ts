/** Makes the kernel known to Jupyter: a folder with `kernel.json` and logos where Jupyter looks for kernels. */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { registerScriptExporter, unregisterScriptExporter } from "./script-exporter.js";

/** Where the kernelspec goes; `user` is what is meant when nothing is said. */
export interface Place {
  /** The folder of this user. */
  readonly user?: boolean;
  /** The environment of the Python that would run: a virtual environment, conda's, or the system's. */
  readonly sysPrefix?: boolean;
  /** Any other prefix: `DIR/share/jupyter/kernels`. */
  readonly prefix?: string;
}

export interface InstallOptions extends Place {
  /** The folder of the convlab package, with `dist/` and `assets/`. */
  readonly root: string;
  /** The name under which front ends know the kernel; default `convlab`. */
  readonly name?: string;
  /** What people see; default `TypeScript (convlab)`. */
  readonly displayName?: string;
}

/** One kernelspec of ours. */
export interface Installed {
  readonly name: string;
  readonly displayName: string;
  /** The folder that holds its `kernel.json`. */
  readonly folder: string;
  /** The Node that starts it and the kernel's file; both absolute. */
  readonly node: string;
  readonly kernel: string;
  /** What keeps it from starting, if anything. */
  readonly fault?: string;
}

/** Installing or removing failed for a reason that whoever typed the command can mend. */
export class InstallError extends Error {
  override readonly name = "InstallError";
}

const DEFAULT_NAME = "convlab";

/**
 * Writes the kernelspec, in place of an older one of the same name.
 * @throws InstallError when Jupyter is absent, the name can't be one, the kernel isn't built, or the folder can't be written.
 */
export function install(options: InstallOptions): Installed {
  const { root, name = DEFAULT_NAME, displayName = "TypeScript (convlab)" } = options;
  checkName(name);
  const kernel = join(resolve(root), "dist", "kernel", "main.cjs");
  if (!existsSync(kernel)) {
    throw new InstallError(
      `The kernel is not built: ${kernel} is missing. "npm run build" makes it.`,
    );
  }
  const folder = join(kernelsFolder(options), name);
  const manifest = readJson(join(root, "package.json")) as { version?: string } | null;
  const spec = {
    argv: [process.execPath, kernel, "{connection_file}"],
    display_name: displayName,
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false, convlab: { version: manifest?.version ?? "" } },
  };
  const fresh = `${folder}.${process.pid}`;
  try {
    mkdirSync(fresh, { recursive: true });
    writeFileSync(join(fresh, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
    const logos = join(root, "assets", "kernel");
    for (const file of ["logo-svg.svg", "logo-32x32.png", "logo-64x64.png"]) {
      copyFileSync(join(logos, file), join(fresh, file));
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } catch (error) {
    try {
      rmSync(fresh, { recursive: true, force: true });
    } catch {
      // It could not even be made; why the folder can't be written is what matters.
    }
    throw cannotWrite(folder, error);
  }
  const environment = environmentOf(options);
  try {
    const { version } = spec.metadata.convlab;
    if (environment !== null) registerScriptExporter(environment, resolve(root), version);
  } catch {
    // A Python that is not ours to change: `nbconvert --to script` joins the cells as they are.
  }
  return described(name, folder, spec);
}

/**
 * Removes the kernelspec of that name; returns its folder.
 * @throws InstallError when there is none there, or it is another kernel's.
 */
export function uninstall(options: Place & { readonly name?: string }): string {
  const { name = DEFAULT_NAME } = options;
  checkName(name);
  const folder = join(kernelsFolder(options), name);
  if (!existsSync(folder)) {
    const others = list().filter((one) => one.name === name);
    const elsewhere = others.map((one) => one.folder).join(", ");
    throw new InstallError(
      `No kernel "${name}" in ${folder}.${elsewhere ? ` There is one in ${elsewhere}.` : ""}`,
    );
  }
  if (!isOurs(readJson(join(folder, "kernel.json")))) {
    throw new InstallError(`${folder} is another kernel's; it stays.`);
  }
  try {
    rmSync(folder, { recursive: true });
  } catch (error) {
    throw cannotWrite(folder, error);
  }
  const environment = environmentOf(options);
  if (environment !== null) unregisterScriptExporter(environment);
  return folder;
}

/** Every kernelspec of ours where Jupyter looks: `JUPYTER_PATH`, the user's folder, the environment's, the system's. */
export function list(extra: Place = {}): Installed[] {
  const prefixes = new Set<string>();
  if (extra.prefix !== undefined) prefixes.add(resolve(extra.prefix));
  const python = findJupyter();
  if (python !== null) prefixes.add(python.prefix);
  const folders = [
    ...(process.env.JUPYTER_PATH ?? "").split(delimiter).filter((one) => one !== ""),
    userFolder(),
    ...[...prefixes].map((prefix) => join(prefix, "share", "jupyter")),
    ...(process.platform === "win32"
      ? [join(process.env.PROGRAMDATA ?? "C:\\ProgramData", "jupyter")]
      : ["/usr/local/share/jupyter", "/usr/share/jupyter"]),
  ];
  return [...new Set(folders)].flatMap((folder) => specsIn(join(folder, "kernels")));
}

function specsIn(kernels: string): Installed[] {
  if (!existsSync(kernels)) return [];
  return readdirSync(kernels).flatMap((name) => {
    const folder = join(kernels, name);
    const spec = readJson(join(folder, "kernel.json"));
    return isOurs(spec) ? [described(name, folder, spec)] : [];
  });
}

interface Spec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly metadata: { readonly convlab: object };
}

function isOurs(spec: unknown): spec is Spec {
  return typeof (spec as Partial<Spec> | null)?.metadata?.convlab === "object";
}

function described(name: string, folder: string, spec: Omit<Spec, "metadata">): Installed {
  const [node = "", kernel = ""] = spec.argv;
  const gone = [node, kernel].find((file) => !existsSync(file));
  return {
    name,
    displayName: spec.display_name,
    folder,
    node,
    kernel,
    ...(gone === undefined ? {} : { fault: `${gone} is gone; install the kernel again` }),
  };
}

function kernelsFolder({ user, sysPrefix, prefix }: Place): string {
  if ([user, sysPrefix, prefix].filter(Boolean).length > 1) {
    throw new InstallError("Say one of --user, --sys-prefix and --prefix, not several.");
  }
  // A prefix may be filled before Jupyter is there, as when an image is built.
  if (prefix !== undefined) return join(resolve(prefix), "share", "jupyter", "kernels");
  const jupyter = findJupyter();
  if (jupyter === null) {
    throw new InstallError(
      'Jupyter was not found: no Python here can import "jupyter_core". "pip install jupyterlab" brings it; --prefix DIR installs without asking for it.',
    );
  }
  if (sysPrefix) return join(jupyter.prefix, "share", "jupyter", "kernels");
  return join(userFolder(), "kernels");
}

/** The Python environment that was named; null for a user's own folder, which belongs to every Python. */
function environmentOf({ sysPrefix, prefix }: Place): string | null {
  if (prefix !== undefined) return resolve(prefix);
  return sysPrefix ? (findJupyter()?.prefix ?? null) : null;
}

/** Where Jupyter keeps what belongs to a user (jupyter_core.paths.jupyter_data_dir). */
function userFolder(): string {
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  if (JUPYTER_DATA_DIR) return resolve(JUPYTER_DATA_DIR);
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32") {
    return join(APPDATA ?? join(homedir(), "AppData", "Roaming"), "jupyter");
  }
  return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}

/** The Python that has Jupyter, of the active environment first, and its `sys.prefix`. */
function findJupyter(): { prefix: string } | null {
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
    const asked = spawnSync(python, ["-c", "import sys, jupyter_core; print(sys.prefix)"], {
      encoding: "utf8",
      windowsHide: true,
    });
    if (asked.status === 0) return { prefix: asked.stdout.trim() };
  }
  return null;
}

/** Jupyter's rule for names (jupyter_client.kernelspec). */
function checkName(name: string): void {
  if (/^[a-z0-9._-]+$/i.test(name) && !/^\.+$/.test(name)) return;
  throw new InstallError(
    `"${name}" can't name a kernel: wanted letters without accents, digits, ".", "-" and "_".`,
  );
}

function cannotWrite(folder: string, error: unknown): InstallError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code === "EACCES" || code === "EPERM" ? "no permission" : (code ?? message);
  return new InstallError(
    `Cannot write ${folder} (${reason}). Another place can be named with --user, --sys-prefix or --prefix DIR.`,
  );
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
