/** Makes the kernel known to Jupyter: a folder with `kernel.json` and logos where Jupyter looks for kernels. */
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
import { delimiter, dirname, join, resolve } from "node:path";
import { findJupyter, lastingPath } from "./installed-programs.js";
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
    argv: [lastingPath(process.execPath), kernel, "{connection_file}"],
    display_name: displayName,
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false, convlab: { version: manifest?.version ?? "" } },
  };
  const fresh = `${folder}.${process.pid}`;
  try {
    makeFolder(fresh);
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

/** Every kernelspec of ours where Jupyter looks, below `JUPYTER_PATH` also when there is no Jupyter, and below a prefix. */
export function list(extra: Pick<Place, "prefix"> = {}): Installed[] {
  const named = (process.env.JUPYTER_PATH ?? "").split(delimiter).filter((one) => one !== "");
  const folders = [
    ...(extra.prefix === undefined ? [] : [join(resolve(extra.prefix), "share", "jupyter")]),
    ...(findJupyter()?.path ?? named),
  ];
  return [...new Set(folders)].flatMap((folder) => specsIn(join(folder, "kernels")));
}

function specsIn(kernels: string): Installed[] {
  let names: string[];
  try {
    names = readdirSync(kernels);
  } catch {
    return []; // It is not there, or not ours to read.
  }
  return names.flatMap((name) => {
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
  return join(jupyter.user, "kernels");
}

/** The Python environment that was named; null for a user's own folder, which belongs to every Python. */
function environmentOf({ sysPrefix, prefix }: Place): string | null {
  if (prefix !== undefined) return resolve(prefix);
  return sysPrefix ? (findJupyter()?.prefix ?? null) : null;
}

/** Makes a folder and those above it. Node's own way (`recursive`) never returns for one below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another installation may have made it in the meantime.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
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
