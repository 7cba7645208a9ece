/**
 * Builds `dist/` from the TypeScript sources: the library twice (ESM and CommonJS, with types), the kernel as
 * two bundles (protocol thread and user-code thread), the `convlab` command, and what a handout carries (Plotly
 * and the fonts of formulas). All is made beside `dist/` and put in its place at the end.
 */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const fresh = `.setup/dist-${process.pid}`;

/** Packages stay outside the bundles, but for those that only the build needs (devDependencies). */
const { version, dependencies, optionalDependencies } = require("../package.json");
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

/** Cells may overwrite globals: the kernel's bundles hold on to those that they use. */
const globals = `
  Array ArrayBuffer Atomics BigInt Buffer Date Error Int32Array JSON Map Math Number Object Promise Proxy RangeError
  ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError Uint8Array URL WeakMap
  WeakRef WeakSet performance process setImmediate`;
const holdGlobals = `const { ${globals.trim().split(/\s+/).join(", ")} } = globalThis;`;

/** Plotly as a handout carries it: minified and gzipped, 1.4 MB of 10. */
async function packPlotly() {
  const folder = dirname(require.resolve("plotly.js-dist/package.json"));
  const source = readFileSync(join(folder, "plotly.js"), "utf8");
  const { code } = await transform(source, {
    minify: true,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
  });
  writeFileSync(join(root, fresh, "handout", "plotly.min.js.gz"), gzipSync(code, { level: 9 }));
  copyFileSync(join(folder, "LICENSE"), join(root, fresh, "handout", "LICENSE-plotly"));
}

/** The style and the fonts of formulas. */
function copyFormulaStyle() {
  const folder = dirname(require.resolve("katex/package.json"));
  const target = join(root, fresh, "handout", "katex");
  mkdirSync(target);
  for (const file of ["katex.min.css", ...readdirSync(join(folder, "dist", "fonts"))]) {
    if (file.endsWith(".css")) copyFileSync(join(folder, "dist", file), join(target, file));
    if (file.endsWith(".woff2"))
      copyFileSync(join(folder, "dist", "fonts", file), join(target, file));
  }
  copyFileSync(join(folder, "LICENSE"), join(target, "LICENSE"));
}

rmSync(join(root, fresh), { recursive: true, force: true });
mkdirSync(join(root, fresh, "handout"), { recursive: true });
try {
  copyFormulaStyle();
  await Promise.all([
    packPlotly(),
    build({
      ...shared,
      platform: "browser",
      target: "es2022",
      charset: "utf8",
      sourcemap: false,
      entryPoints: ["handout/figures.js"],
      outfile: `${fresh}/handout/figures.js`,
    }),
    build({
      ...shared,
      entryPoints: ["src/index.ts"],
      format: "esm",
      outfile: `${fresh}/index.js`,
    }),
    build({
      ...shared,
      entryPoints: ["src/index.ts"],
      format: "cjs",
      outfile: `${fresh}/index.cjs`,
      // `import.meta.url` finds the package's own assets; CommonJS knows the same as `__filename`.
      define: { "import.meta.url": "importMetaUrl" },
      banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    }),
    build({
      ...shared,
      entryPoints: {
        main: "kernel/boot.ts",
        kernel: "kernel/main.ts",
        worker: "kernel/run/worker.ts",
        "typescript-hooks": "kernel/modules/typescript-hooks.ts",
        "outside-kernel": "kernel/run/outside-kernel.ts",
        "export-notebook": "kernel/export-notebook.ts",
      },
      format: "cjs",
      outdir: `${fresh}/kernel`,
      outExtension: { ".js": ".cjs" },
      minifySyntax: true,
      banner: { js: holdGlobals },
      // Code that V8 has compiled before can't import by itself (Node 20).
      supported: { "dynamic-import": false },
      define: {
        CONVLAB_VERSION: JSON.stringify(version),
        TYPESCRIPT_VERSION: JSON.stringify(dependencies.typescript),
      },
    }),
    build({
      ...shared,
      entryPoints: ["cli/main.ts"],
      format: "esm",
      outfile: `${fresh}/cli.js`,
      banner: { js: "#!/usr/bin/env node" },
    }),
  ]);
  // What cells see of the kernel itself.
  for (const file of ["tslab.d.ts", "kernel-module.d.ts", "globals.d.ts"]) {
    copyFileSync(join(root, "kernel/types", file), join(root, fresh, "kernel", file));
  }
  const exporter = "convlab_script.py";
  copyFileSync(join(root, "kernel/nbconvert", exporter), join(root, fresh, "kernel", exporter));
  const types = spawnSync(
    process.execPath,
    [
      join(dirname(require.resolve("typescript/package.json")), "bin", "tsc"),
      ...["-p", "tsconfig.build.json", "--outDir", `${fresh}/types`],
    ],
    { cwd: root, stdio: "inherit" },
  );
  if (types.status !== 0) throw new Error("the types of the library could not be written");
  // TypeScript takes declarations for what the nearest package.json says: CommonJS code needs its own.
  const commonjs = join(root, fresh, "types-commonjs");
  cpSync(join(root, fresh, "types"), commonjs, { recursive: true });
  writeFileSync(join(commonjs, "package.json"), '{ "type": "commonjs" }\n');
  rmSync(join(root, "dist"), { recursive: true, force: true, maxRetries: 5 });
  renameSync(join(root, fresh), join(root, "dist"));
} catch (error) {
  // esbuild and tsc have said what is wrong, with the file and the line.
  if (!error.errors) console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(join(root, fresh), { recursive: true, force: true });
}
