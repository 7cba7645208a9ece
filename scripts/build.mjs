/**
 * Builds `dist/` from the TypeScript sources: the library twice (ESM and CommonJS, with types), the kernel as
 * two bundles (protocol thread and user-code thread), and the `convlab` command.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

/** Packages stay outside the bundles, but for those that only the build needs (devDependencies). */
const { dependencies, optionalDependencies } = require("../package.json");
const external = [...Object.keys(dependencies), ...Object.keys(optionalDependencies)];

/** @type {import("esbuild").BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  external,
  sourcemap: true,
  logLevel: "warning",
  legalComments: "none",
};

rmSync(join(root, "dist"), { recursive: true, force: true });
await Promise.all([
  build({ ...shared, entryPoints: ["src/index.ts"], format: "esm", outfile: "dist/index.js" }),
  build({
    ...shared,
    entryPoints: ["src/index.ts"],
    format: "cjs",
    outfile: "dist/index.cjs",
    // `import.meta.url` finds the package's own assets; CommonJS knows the same as `__filename`.
    define: { "import.meta.url": "importMetaUrl" },
    banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  }),
  build({
    ...shared,
    entryPoints: { main: "kernel/main.ts", worker: "kernel/run/worker.ts" },
    format: "cjs",
    outdir: "dist/kernel",
    outExtension: { ".js": ".cjs" },
    minifySyntax: true,
  }),
  build({
    ...shared,
    entryPoints: ["cli/main.ts"],
    format: "esm",
    outfile: "dist/cli.js",
    banner: { js: "#!/usr/bin/env node" },
  }),
]);

const types = spawnSync(
  process.execPath,
  [join(dirname(require.resolve("typescript/package.json")), "bin", "tsc"), "-p", "tsconfig.build.json"],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = types.status ?? 1;
