/**
 * The native back end: the kernels of `@tensorflow/tfjs-node` on tfjs-core alone. Leaving out the union package that
 * tfjs-node asks for saves a hundred packages and a tenth of a second, and lets an unpacked tarball do as well as an
 * installed package (measured in bench/OPS.md, sections 2 and 5).
 */
import { existsSync, realpathSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import util from "node:util";
import type { Tf } from "./tfjs.js";

const require = createRequire(import.meta.url);

/** The part of `module` that decides what a `require` gives; Node documents it by use, not by type. */
interface ModuleLoader {
  _load(request: string, parent: { filename?: string } | undefined, isMain: boolean): unknown;
}

/** The class inside tfjs-node that speaks to TensorFlow. */
interface NativeKernels {
  NodeJSKernelBackend: new (binding: unknown, packageName: string) => object;
}

/**
 * Where the package lies, installed by npm or unpacked and compiled by `npm run native`.
 *
 * @param from the folder that is looked from, upwards
 * @throws {Error} when it is nowhere.
 */
export function packageFolder(from = dirname(fileURLToPath(import.meta.url))): string {
  try {
    return dirname(require.resolve("@tensorflow/tfjs-node/package.json"));
  } catch {
    for (let folder = from; ; folder = dirname(folder)) {
      const unpacked = join(folder, ".native", "package");
      // Node names what it loads by real paths, and the folder may be a link.
      if (existsSync(join(unpacked, "package.json"))) return realpathSync(unpacked);
      if (folder === dirname(folder)) break;
    }
    throw new Error("@tensorflow/tfjs-node is not installed on this machine.");
  }
}

/**
 * The compiled addon, for the newest Node-API that both sides know.
 *
 * @throws {Error} when it was not compiled.
 */
export function addonFile(folder: string): string {
  const { binary } = require(join(folder, "package.json")) as {
    binary: { napi_versions: number[] };
  };
  const known = binary.napi_versions.filter((version) => version <= Number(process.versions.napi));
  const file = join(folder, "lib", `napi-v${Math.max(...known)}`, "tfjs_binding.node");
  if (!existsSync(file)) {
    throw new Error(`@tensorflow/tfjs-node is here without its compiled addon (${file}).`);
  }
  return file;
}

/** tfjs-node 4.22 calls two functions that Node 23 removed; on Node 22 this also silences DEP0051. */
function restoreRemovedUtil(): void {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
    isArray: Array.isArray,
  });
}

/**
 * Registers the back end `tensorflow` with tfjs-core.
 *
 * @throws {Error} when the package or its addon is missing, or the addon does not load.
 */
export function registerNative(tf: Tf): void {
  if (tf.findBackendFactory("tensorflow") !== null) return;
  const folder = packageFolder();
  const file = addonFile(folder);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  restoreRemovedUtil();
  const binding: unknown = require(file);
  const given: Record<string, unknown> = {
    "@tensorflow/tfjs": tf,
    "./proto/api_pb": {}, // serves TensorBoard summaries only
  };
  const loader = Module as unknown as ModuleLoader;
  const load = loader._load;
  loader._load = (request, parent, isMain) =>
    request in given && parent?.filename?.startsWith(folder + sep)
      ? given[request]
      : load.call(loader, request, parent, isMain);
  try {
    require(join(folder, "dist", "register_all_kernels"));
    const { NodeJSKernelBackend } = require(
      join(folder, "dist", "nodejs_kernel_backend"),
    ) as NativeKernels;
    const create = (): object => new NodeJSKernelBackend(binding, "@tensorflow/tfjs-node");
    tf.registerBackend("tensorflow", create as Parameters<Tf["registerBackend"]>[1], 3);
  } finally {
    loader._load = load;
  }
}
