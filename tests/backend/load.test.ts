/** Loading in this process: what is refused, what is taken instead, and what is said of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { backendFacts } from "../../src/backend/facts.js";
import { backendName, useBackend } from "../../src/backend/index.js";
import { loadBackend } from "../../src/backend/load.js";
import { addonFile, packageFolder } from "../../src/backend/native.js";
import { wasmState } from "../../src/backend/wasm/start.js";
import { wasmThreadCount } from "../../src/backend/wasm/thread-count.js";

afterEach(() => vi.unstubAllEnvs());

test("WebAssembly tells nothing of itself before it runs", () => {
  expect(() => wasmState()).toThrow("has not been started");
});

test("a back end of another name is refused, whoever asks for it", async () => {
  await expect(useBackend("gpu" as "cpu")).rejects.toThrow('useBackend got "gpu"; the back ends');
  vi.stubEnv("CONVLAB_BACKEND", "webgl");
  await expect(useBackend()).rejects.toThrow('CONVLAB_BACKEND is "webgl"; the back ends are auto');
  expect(backendName()).toBe("none");
});

test("without native, auto takes WebAssembly and tells why; native itself is an error", async () => {
  const missing = () => {
    throw new Error("it is nowhere");
  };
  await expect(loadBackend("native", missing)).rejects.toThrow(
    "The native back end can't be used: it is nowhere",
  );
  const { running, missingNative } = await loadBackend("auto", missing);
  expect(running.name).toBe("wasm");
  expect(missingNative).toBe("it is nowhere");
  expect(backendFacts(running).whyNotNative).toBe("it is nowhere");
  expect(wasmState()).toMatchObject({ threads: 1, simd: true });
});

test("a package that is nowhere, or was not compiled, is said so", () => {
  let found: string | undefined;
  try {
    found = packageFolder(parse(tmpdir()).root);
  } catch (error) {
    expect((error as Error).message).toContain("tfjs-node is not installed");
  }
  // Installed by npm it is found from everywhere.
  if (found !== undefined) expect(found).toContain("tfjs-node");
  const folder = mkdtempSync(join(tmpdir(), "convlab-native-"));
  mkdirSync(join(folder, "lib"));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ binary: { napi_versions: [3, 8, 999] } }),
  );
  expect(() => addonFile(folder)).toThrow(/without its compiled addon \(.*napi-v8/);
  rmSync(folder, { recursive: true });
});

test("numbers of threads", () => {
  expect(wasmThreadCount("3")).toBe(3);
  const most = wasmThreadCount("auto");
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(16);
  expect(wasmThreadCount("")).toBe(most);
  for (const wrong of ["0", "17", "1.5", "two"]) {
    expect(() => wasmThreadCount(wrong)).toThrow(`CONVLAB_WASM_THREADS is "${wrong}"`);
  }
});
