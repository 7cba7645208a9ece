/** `npm run native` in a project folder of its own: what it refuses, and what it says. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const isMade = existsSync(join(root, ".native", "made.json"));
let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "convlab-native-"));
  cpSync(join(root, "scripts"), join(project, "scripts"), { recursive: true });
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function native(env: Record<string, string> = {}): { status: number | null; text: string } {
  const script = join(project, "scripts", "native.mjs");
  const { TENSORFLOW_DIR: _, ...rest } = process.env;
  const options = { env: { ...rest, ...env }, encoding: "utf8", timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], options);
  return { status, text: stdout + stderr };
}

/** An npm whose `pack` writes a file of its own. */
function fakeNpm(): string {
  const file = join(project, "npm-cli.js");
  writeFileSync(file, `require("node:fs").writeFileSync("a.tgz", "not it"); console.log("a.tgz");`);
  return file;
}

test("a package that is not the one of the checksum is not unpacked", () => {
  const { status, text } = native({ npm_execpath: fakeNpm() });
  expect(status).toBe(1);
  expect(text).toContain("@tensorflow/tfjs-node@4.22.0 is not what it was when convlab was made");
  expect(existsSync(join(project, ".native", "package"))).toBe(false);
});

test("a registry out of reach is said in a sentence", () => {
  const { status, text } = native({
    npm_config_registry: "http://127.0.0.1:9",
    npm_config_fetch_retries: "0",
    npm_config_cache: join(project, "cache"),
  });
  expect(status).toBe(1);
  expect(text).toContain("The npm registry must be in reach once.");
  expect(text).not.toContain("    at ");
});

describe.runIf(isMade)("with the package unpacked", () => {
  beforeEach(() => {
    mkdirSync(join(project, ".native"));
    const source = realpathSync(join(root, ".native", "package"));
    for (const part of ["package.json", "binding"]) {
      cpSync(join(source, part), join(project, ".native", "package", part), { recursive: true });
    }
  });
  const library = (): string => {
    const python = realpathSync(join(root, ".native", "python"));
    symlinkSync(python, join(project, ".native", "python"));
    return join(python, "tensorflow");
  };

  test("TENSORFLOW_DIR without a TensorFlow is refused", () => {
    const { status, text } = native({ TENSORFLOW_DIR: project });
    expect(status).toBe(1);
    expect(text).toContain(`TENSORFLOW_DIR is ${project}, where there is no libtensorflow_cc.so.2`);
  });

  test("a missing compiler is named, with the command that brings it", () => {
    const { status, text } = native({ TENSORFLOW_DIR: library(), CXX: "no-such-compiler" });
    expect(status).toBe(1);
    expect(text).toContain("no-such-compiler was not found");
    expect(text).toContain("sudo apt install g++");
  });

  test("what does not compile is shown, and leaves no addon behind", () => {
    writeFileSync(join(project, ".native", "package", "binding", "tfjs_binding.cc"), "broken!");
    const { status, text } = native({ TENSORFLOW_DIR: library() });
    expect(status).toBe(1);
    expect(text).toContain("compile the addon failed");
    expect(existsSync(join(project, ".native", "made.json"))).toBe(false);
  });
});

test.runIf(isMade)("where all is made, it says so and does nothing", () => {
  const made = join(root, ".native", "made.json");
  const { TENSORFLOW_DIR: _, ...env } = process.env;
  const script = join(root, "scripts", "native.mjs");
  const ran = spawnSync(process.execPath, [script], { env, encoding: "utf8" });
  expect(ran.status).toBe(0);
  expect(ran.stdout).toMatch(/The native back end is ready\.\n$/);
  expect(ran.stdout).not.toContain("compile");
  expect(existsSync(made)).toBe(true);
});
