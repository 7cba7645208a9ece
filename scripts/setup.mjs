/**
 * What the commands need, made once and made again when its inputs change: npm packages, `dist/`, the virtual
 * environment with JupyterLab, and the kernel registered in it. Plain Node: nothing is installed yet.
 */
import "./node-version.mjs";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withLock } from "./lock.mjs";
import { exitWith, npmCommand, run, SetUpError } from "./process.mjs";
import { askPython, findPython, pythonOf } from "./python.mjs";
import { hashOf, Stamp } from "./stamp.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const venv = join(root, ".venv");
export const python = pythonOf(venv);

const networkSigns =
  /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|NewConnectionError|ConnectTimeoutError|name resolution|network (request|is unreachable)|ProxyError|CERT_/i;

/** Asked of `.venv` on every run: does its Python start, and has it what we need? */
const jupyterIsThere = `
import importlib.util as u, sys
names = ("jupyterlab", "nbclient", "nbconvert", "pytest")
sys.exit(any(u.find_spec(name) is None for name in names))`;

/** Why an installer failed: the network, or its own last words. */
function installFailure(what, source, output) {
  const tail = output.trim().split("\n").slice(-15).join("\n");
  if (networkSigns.test(output)) {
    return new SetUpError(
      `${what} could not be downloaded: ${source} is out of reach from here. ` +
        "The first run needs the network; check the connection or the proxy and run the command again.\n" +
        `The last lines were:\n${tail}`,
    );
  }
  return new SetUpError(`${what} could not be installed. The last lines were:\n${tail}`);
}

/** Shows that a step runs: its seconds count up in a terminal, and are said at the end everywhere. */
async function timed(label, work) {
  const begin = Date.now();
  const seconds = () => ((Date.now() - begin) / 1000).toFixed(0);
  const live = process.stderr.isTTY;
  process.stderr.write(`set-up: ${label} …${live ? "" : "\n"}`);
  const beat = setInterval(
    () =>
      process.stderr.write(live ? `\rset-up: ${label} … ${seconds()} s` : `  … ${seconds()} s\n`),
    live ? 1000 : 30_000,
  );
  try {
    await work();
  } catch (error) {
    process.stderr.write(live ? "\n" : "");
    throw error;
  } finally {
    clearInterval(beat);
  }
  const spent = `${((Date.now() - begin) / 1000).toFixed(1)} s`;
  process.stderr.write(live ? `\rset-up: ${label} done in ${spent}\n` : `  done in ${spent}\n`);
}

/** One step: left out while its stamp says that it was made from the same inputs and `isThere` holds. */
async function step(name, label, inputs, isThere, work) {
  const stamp = new Stamp(root, name);
  if (stamp.matches(inputs) && (await isThere())) return;
  stamp.remove();
  await timed(label, work);
  stamp.write(inputs);
}

const has = (...path) => existsSync(join(root, ...path));

async function installPackages() {
  const [npm, ...before] = npmCommand();
  const lockfile = join(root, "package-lock.json");
  const locked = readFileSync(lockfile);
  // Not `npm ci`: it refuses where one platform's optional package is missing from the registry.
  const options = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, output, missing } = await run(npm, [...before, ...options], { cwd: root });
  if (!readFileSync(lockfile).equals(locked)) writeFileSync(lockfile, locked);
  if (missing) throw new SetUpError("npm was not found; it comes with Node (https://nodejs.org).");
  if (code !== 0) throw installFailure("The npm packages", "registry.npmjs.org", output);
}

/** Cells write `import … from "convlab"`: Node finds the repository under that name. */
function linkPackage() {
  const link = join(root, "node_modules", "convlab");
  try {
    if (realpathSync(link) === realpathSync(root)) return;
  } catch {
    // Absent, or pointing to a folder that is gone.
  }
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link, { recursive: true, force: true });
  symlinkSync(root, link, "junction");
}

async function buildPackage() {
  const { code, output } = await run(process.execPath, ["scripts/build.mjs"], { cwd: root });
  if (code !== 0) {
    throw new SetUpError(`The TypeScript sources don't build:\n${output.trim()}`);
  }
}

async function makeEnvironment() {
  // Written last: one that was interrupted has its Python, and perhaps half of pip.
  const whole = join(venv, "made-by-convlab");
  if (!existsSync(whole) || !(await askPython([python]))) {
    const base = await findPython();
    // What was killed may still write for a moment.
    rmSync(venv, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
    const { code, output } = await run(base.path, ["-m", "venv", venv], { cwd: root });
    if (code !== 0)
      throw new SetUpError(`The virtual environment .venv can't be made:\n${output.trim()}`);
    writeFileSync(whole, "");
  }
  const options = ["--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2"];
  const { code, output } = await run(
    python,
    ["-m", "pip", "install", ...options, "-r", "requirements.txt"],
    { cwd: root },
  );
  if (code !== 0) throw installFailure("JupyterLab and its packages", "pypi.org", output);
  settleJupyterLab();
}

/** JupyterLab asks nobody for news and newer versions, and its own scripts are CommonJS, unlike ours. */
function settleJupyterLab() {
  writeFileSync(join(venv, "package.json"), '{ "type": "commonjs" }\n');
  const folder = join(venv, "share", "jupyter", "lab", "settings");
  mkdirSync(folder, { recursive: true });
  const notification = { fetchNews: "false", checkForUpdates: false };
  writeFileSync(
    join(folder, "overrides.json"),
    JSON.stringify({ "@jupyterlab/apputils-extension:notification": notification }, null, 2),
  );
}

async function registerKernel() {
  const { code, output } = await run(
    process.execPath,
    ["dist/cli.js", "kernel", "install", "--prefix", venv],
    { cwd: root },
  );
  if (code !== 0)
    throw new SetUpError(`The kernel can't be registered in .venv:\n${output.trim()}`);
}

async function allSteps() {
  // That it is missing is said before anything is fetched.
  if (!existsSync(python)) await findPython();
  const machine = [process.platform, process.arch, process.versions.modules];
  await step(
    "packages",
    "npm packages",
    hashOf(root, ["package.json", "package-lock.json"], machine),
    () => has("node_modules", ".package-lock.json"),
    installPackages,
  );
  linkPackage();
  const sources = [
    "src",
    "kernel",
    "cli",
    "handout",
    "scripts/build.mjs",
    "tsconfig.json",
    "tsconfig.build.json",
  ];
  await step(
    "build",
    "build",
    hashOf(root, [...sources, "package.json", "package-lock.json"]),
    () => has("dist", "index.js") && has("dist", "cli.js") && has("dist", "kernel", "main.cjs"),
    buildPackage,
  );
  await step(
    "python",
    ".venv with JupyterLab",
    hashOf(root, ["requirements.txt", "scripts/setup.mjs"], [root, process.platform, process.arch]),
    async () => (await run(python, ["-c", jupyterIsThere])).code === 0,
    makeEnvironment,
  );
  await step(
    "kernel",
    "kernel registered in .venv",
    hashOf(
      root,
      ["kernel/install.ts", "kernel/script-exporter.ts", "kernel/nbconvert/convlab_script.py"],
      [root, process.execPath],
    ),
    () => has(".venv", "share", "jupyter", "kernels", "convlab", "kernel.json"),
    registerKernel,
  );
}

/**
 * Makes everything that is missing or out of date. A second process waits for the first.
 * @throws {SetUpError} what the reader has to install or mend
 */
export async function setUp() {
  await withLock(join(root, ".setup", "lock"), allSteps, {
    onWait: (pid) =>
      console.error(`set-up: waiting for another one to end${pid ? ` (process ${pid})` : ""} …`),
  });
}

/** The environment for programs of `.venv`: its kernels before any other of this user. */
export function jupyterEnvironment() {
  return { ...process.env, JUPYTER_PREFER_ENV_PATH: "1", PYTHONUTF8: "1" };
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  await setUp().catch(exitWith);
  console.error("set-up: everything is there");
}
