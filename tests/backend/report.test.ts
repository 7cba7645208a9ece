/** What the report says, of facts that are given and of the back ends that run here. */
import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { backendFacts } from "../../src/backend/facts.js";
import { type BackendName, backendReport, useBackend } from "../../src/backend/index.js";
import { type BackendFacts, BackendReport } from "../../src/backend/report.js";
import { language } from "../../src/check/language.js";
import { nativeHere } from "./library.js";

afterEach(() => language("en"));

const facts: BackendFacts = {
  name: "wasm",
  threads: 1,
  simd: true,
  library: "WebAssembly (tfjs 4.22.0)",
  tensors: 12_345,
  bytes: 12_345_678,
  whyNotNative: "it is not installed",
  whyOneThread: "threads did not start",
};

test("before a back end is loaded it says how to load one", () => {
  expect(backendReport()).toMatchObject({ name: "none", threads: 1, library: "none", tensors: 0 });
  expect(String(backendReport())).toContain("await useBackend()");
  language("ko");
  expect(String(backendReport())).toMatch(/^아직 .*await useBackend\(\)/);
});

test("every fact is a field, and in the text, in both languages", () => {
  const report = new BackendReport(facts);
  expect({ ...report }).toEqual(facts);
  expect(String(report).split("\n")).toEqual([
    "Back end wasm: WebAssembly (tfjs 4.22.0), threads: 1 with SIMD",
    "Tensors alive: 12,345, 12.3 MB",
    "One thread: threads did not start",
    "Not native: it is not installed",
  ]);
  expect(inspect(report)).toBe(String(report));
  language("ko");
  expect(String(report).split("\n")).toEqual([
    "백엔드 wasm: WebAssembly (tfjs 4.22.0), 스레드 1개, SIMD 사용",
    "살아 있는 텐서: 12,345개, 12.3 MB",
    "스레드 하나: threads did not start",
    "native가 아닌 이유: it is not installed",
  ]);
});

test("what there is nothing to say of is left out", () => {
  const { whyNotNative, whyOneThread, ...rest } = facts;
  const report = new BackendReport({ ...rest, simd: false, bytes: 800 });
  expect(String(report)).toBe(
    "Back end wasm: WebAssembly (tfjs 4.22.0), threads: 1\nTensors alive: 12,345, 0.8 kB",
  );
});

const here: [BackendName, RegExp][] = [
  ["wasm", /^WebAssembly \(tfjs \d/],
  ["cpu", /^JavaScript \(tfjs \d/],
];
if (nativeHere) here.push(["native", /^TensorFlow 2\.\d+\.\d+ \(tfjs \d/]);

describe.each(here)("%s", (name, library) => {
  test("its facts are those of what runs", async () => {
    await useBackend(name);
    const found = backendFacts();
    expect(found.name).toBe(name);
    expect(found.library).toMatch(library);
    expect(found.threads).toBeGreaterThan(0);
    expect(found.simd).toBe(name !== "cpu");
    expect(found).toMatchObject({ tensors: 0, bytes: 0 });
  });

  test("why native is missing is said where it is missing", async () => {
    await useBackend(name);
    const found = backendFacts(undefined, { missingNative: "reasons" });
    expect(found.whyNotNative).toBe(name === "native" ? undefined : "reasons");
  });
});
