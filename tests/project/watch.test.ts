import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Watch } from "../../kernel/types/watch.js";

let folder: string;
let clock = 1_000_000;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "convlab-watch-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  utimesSync(path, ++clock, clock);
}

/** The changes as `path type`. */
const changed = (watch: Watch): string[] =>
  watch.changes().map(({ uri, type }) => `${fileURLToPath(uri).slice(folder.length + 1)} ${type}`);

it("follows files through files, and aliases; tells what is edited, made and removed", () => {
  write("nb/a.ts", 'import { b } from "../src/b.js"; import "@/c";');
  write("src/b.ts", "export const b = 1;");
  const watch = new Watch(join(folder, "nb"), (specifier) =>
    specifier.startsWith("@/") ? [join(folder, "src", specifier.slice(2))] : [],
  );
  watch.follow(["./a"]);
  expect(changed(watch)).toEqual([]);
  write("src/b.ts", "export const b = 2;");
  expect(changed(watch)).toEqual(["src/b.ts 2"]);
  write("src/c.ts", 'export * from "./d";');
  expect(changed(watch)).toEqual(["src/c.ts 1"]);
  write("src/d.ts", "export const d = 1;");
  expect(changed(watch)).toEqual(["src/d.ts 1"]);
  rmSync(join(folder, "src/b.ts"));
  expect(changed(watch)).toEqual(["src/b.ts 3"]);
});

it("waits for packages and their types in every folder that is searched", () => {
  mkdirSync(join(folder, "deep/nb"), { recursive: true });
  const watch = new Watch(join(folder, "deep/nb"));
  watch.follow(["@a/late/sub", "node:fs", "plain"]);
  expect(changed(watch)).toEqual([]);
  write("node_modules/@a/late/package.json", "{}");
  write("node_modules/@types/plain/package.json", "{}");
  expect(changed(watch).sort()).toEqual([
    "node_modules/@a/late/package.json 1",
    "node_modules/@types/plain/package.json 1",
  ]);
});
