/**
 * `npm run native`: the native back end on a machine where the install script of `@tensorflow/tfjs-node` cannot reach
 * its download. Everything comes from the npm registry and PyPI and goes to `.native/`: the package's tarball, the
 * TensorFlow library inside a Python wheel, and the addon that one g++ line compiles against it (10 s).
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { exitWith, npmCommand, run, SetUpError } from "./process.mjs";
import { findPython, pythonOf } from "./python.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, ".native");
const unpacked = join(folder, "package");
const wheel = "tensorflow-cpu==2.21.0";
const libraries = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

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

/** Unpacks a package of the npm registry into `to/package`, without running anything of it. */
async function unpack(name, to) {
  mkdirSync(to, { recursive: true });
  const packed = await step(
    `fetch ${name}`,
    [...npmCommand(), "pack", "--silent", "--ignore-scripts", name],
    "The npm registry must be in reach once.",
    { cwd: to },
  );
  const tarball = packed.trim().split("\n").pop();
  await step(`unpack ${name}`, ["tar", "-xzf", tarball], "tar is needed.", { cwd: to });
  rmSync(join(to, tarball));
}

/** The folder of a TensorFlow whose libraries are complete, if there is one. */
async function findTensorflow() {
  const places = [process.env.TENSORFLOW_DIR, join(folder, "python", "tensorflow")];
  const code =
    'import importlib.util as u, os; print(os.path.dirname(u.find_spec("tensorflow").origin))';
  const venv = pythonOf(join(root, ".venv"));
  if (existsSync(venv)) {
    const asked = await run(venv, ["-c", code]);
    if (asked.code === 0) places.push(asked.output.trim());
  }
  return places.find((place) => place && libraries.every((lib) => existsSync(join(place, lib))));
}

async function fetchTensorflow() {
  const python = (await findPython()).path;
  const target = join(folder, "python");
  const args = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", target, wheel];
  await step(
    `fetch ${wheel} (about 280 MB, 1.3 GB unpacked)`,
    [python, ...args],
    "PyPI must be in reach once, or set TENSORFLOW_DIR to the folder of an installed tensorflow.",
  );
  return join(target, "tensorflow");
}

async function nodeHeaders() {
  const headers = join(folder, "headers");
  const places = [
    join(dirname(dirname(process.execPath)), "include", "node"),
    join(headers, "package", "include"),
  ];
  const find = () => places.find((place) => existsSync(join(place, "node_api.h")));
  if (!find()) await unpack("node-api-headers@1.5.0", headers);
  return find();
}

async function main() {
  if (process.platform !== "linux") {
    throw new SetUpError(
      "npm run native compiles on Linux only. Here, try npm install @tensorflow/tfjs-node@4.22.0; without it, convlab runs on WebAssembly.",
    );
  }
  if (!existsSync(join(unpacked, "package.json"))) {
    await unpack("@tensorflow/tfjs-node@4.22.0", folder);
  }
  const tensorflow = (await findTensorflow()) ?? (await fetchTensorflow());
  const { binary } = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8"));
  const known = binary.napi_versions.filter((version) => version <= Number(process.versions.napi));
  const napi = Math.max(...known);
  const addon = join(unpacked, "lib", `napi-v${napi}`, "tfjs_binding.node");
  mkdirSync(dirname(addon), { recursive: true });
  await step(
    "compile the addon",
    [
      process.env.CXX || "g++",
      ...["-std=c++17", "-O2", "-fPIC", "-shared", `-DNAPI_VERSION=${napi}`],
      ...[`-I${await nodeHeaders()}`, `-I${join(tensorflow, "include")}`],
      join(unpacked, "binding", "tfjs_backend.cc"),
      join(unpacked, "binding", "tfjs_binding.cc"),
      ...["-o", addon, `-L${tensorflow}`, ...libraries.map((lib) => `-l:${lib}`)],
      `-Wl,-rpath,${tensorflow}`,
    ],
    "A C++ compiler is needed; on Debian and Ubuntu: sudo apt install g++.",
  );
  await step(
    "load it",
    [process.execPath, "-e", `require(${JSON.stringify(addon)})`],
    "Remove .native and run npm run native again.",
  );
  console.log(`The native back end is ready in ${relative(process.cwd(), folder) || "."}.`);
}

main().catch(exitWith);
