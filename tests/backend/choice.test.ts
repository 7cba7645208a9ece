/** The choice of back end, each in a process of its own, since a process loads tfjs once. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);
// Beside the package's node_modules, so that the bundle finds its packages.
let folder: string;
let library: string;

beforeAll(() => {
  folder = mkdtempSync(join(root, "node_modules", ".convlab-test-"));
  library = join(folder, "index.mjs");
  buildSync({
    entryPoints: [join(root, "tests/backend/library.entry.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile: library,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  status: number | null;
  out: string;
  err: string;
}

function run(code: string, env: Record<string, string | undefined> = {}): Ran {
  const program = `import { array, backendName, fast, reference, useBackend } from ${JSON.stringify(pathToFileURL(library).href)};
const x = array([[1, 2], [3, 4]]);
${code}`;
  const { CONVLAB_BACKEND: _, ...rest } = process.env;
  const ran = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: tmpdir(),
    env: { ...rest, ...env },
    encoding: "utf8",
  });
  return { status: ran.status, out: ran.stdout.trim(), err: ran.stderr };
}

/** Installed by npm, or compiled by `npm run native`. */
const nativeHere = ((): boolean => {
  if (existsSync(join(root, ".native", "package", "package.json"))) return true;
  try {
    require.resolve("@tensorflow/tfjs-node/package.json");
    return true;
  } catch {
    return false;
  }
})();

test("importing the library loads no back end, and the reference needs none", () => {
  const ran = run(`
    console.log(backendName(), reference.relu(x).get(1, 1));
    const { createRequire } = await import("node:module");
    const loaded = Object.keys(createRequire(${JSON.stringify(library)}).cache);
    console.log(loaded.filter((file) => file.includes("tensorflow")).length);`);
  expect(ran).toEqual({ status: 0, out: "none 4\n0", err: "" });
});

test("a fast operation before useBackend() says what to do", () => {
  const ran = run(`try { fast.relu(x); } catch (error) { console.log(error.message); }`);
  expect(ran.out).toContain("await useBackend()");
});

test("CONVLAB_BACKEND=wasm runs wasm and says nothing", () => {
  const ran = run(`console.log(await useBackend(), fast.relu(x).get(1, 1), backendName());`, {
    CONVLAB_BACKEND: "wasm",
  });
  expect(ran).toEqual({ status: 0, out: "wasm 4 wasm", err: "" });
});

test("CONVLAB_BACKEND=cpu is honoured, without tfjs's own advertisement", () => {
  const ran = run(`console.log(await useBackend(), fast.relu(x).get(1, 1));`, {
    CONVLAB_BACKEND: "cpu",
  });
  expect(ran).toEqual({ status: 0, out: "cpu 4", err: "" });
});

test("an unknown back end is refused with the list", () => {
  const ran = run(`try { await useBackend(); } catch (e) { console.log(e.name, e.message); }`, {
    CONVLAB_BACKEND: "gpu",
  });
  expect(ran.out).toContain('ArgumentError CONVLAB_BACKEND is "gpu"');
  expect(ran.out).toContain("auto, native, wasm, cpu");
});

test.skipIf(nativeHere)("auto falls back to wasm and says so once, on stderr", () => {
  const ran = run(`
    await useBackend(); await useBackend("wasm"); await useBackend("cpu"); await useBackend("auto");
    console.log(await useBackend("wasm"));`);
  expect(ran.out).toBe("wasm");
  expect(ran.err.match(/convlab: /g)).toHaveLength(1);
  expect(ran.err).toContain("WebAssembly");
});

test.skipIf(nativeHere)(
  "native that is asked for and missing is an error, never another back end",
  () => {
    const ran = run(
      `try { await useBackend(); } catch (e) { console.log(e.message, backendName()); }`,
      { CONVLAB_BACKEND: "native" },
    );
    expect(ran.out).toMatch(/^The native back end can't be used: .* none$/);
  },
);

test("back ends can be switched and used inside a worker thread", () => {
  const ran = run(
    `const { Worker } = await import("node:worker_threads");
    const code = \`import(${JSON.stringify(pathToFileURL(library).href)}).then(async (lab) => {
      const name = await lab.useBackend("wasm");
      (await import("node:worker_threads")).parentPort.postMessage([name, lab.fast.relu(lab.array([-1, 2])).get(1)]);
    })\`;
    const worker = new Worker(code, { eval: true });
    worker.on("message", (message) => console.log(...message));
    await new Promise((done) => worker.on("exit", done));
    await useBackend("cpu"); console.log(await useBackend("wasm"), fast.relu(x).get(1, 1));`,
  );
  expect(ran).toEqual({ status: 0, out: "wasm 2\nwasm 4", err: "" });
});

test.runIf(nativeHere)(
  "native is taken by auto without a word of ours, in a worker thread too",
  () => {
    const ran = run(
      `const { Worker } = await import("node:worker_threads");
    const code = \`import(${JSON.stringify(pathToFileURL(library).href)}).then(async (lab) => {
      const name = await lab.useBackend();
      (await import("node:worker_threads")).parentPort.postMessage([name, lab.fast.relu(lab.array([-1, 2])).get(1)]);
    })\`;
    const worker = new Worker(code, { eval: true });
    worker.on("message", (message) => console.log(...message));
    await new Promise((done) => worker.on("exit", done));
    console.log(await useBackend(), fast.relu(x).get(1, 1));`,
    );
    expect(ran.out).toBe("native 2\nnative 4");
    expect(ran.err).not.toContain("convlab:");
  },
);
