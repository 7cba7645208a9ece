/** The pages' links lead somewhere: here, and in the package as npm installs it. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pages = ["README.md", "docs/library.md", "docs/kernel.md", "docs/how-it-works.md"];

/** Files that a page links to or shows, from the root. */
function links(page: string): string[] {
  const text = readFileSync(join(root, page), "utf8");
  const found = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!);
  return found
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => join(dirname(page), target));
}

test.each(pages)("links of %s lead to files", (page) => {
  expect(links(page).filter((target) => !existsSync(join(root, target)))).toEqual([]);
});

test("what the package's pages link to is in the package", () => {
  const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    shell: process.platform === "win32",
  });
  const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
  const inside = new Set(files.map(({ path }) => path));
  const held = pages.filter((page) => inside.has(page));
  expect(held).toContain("README.md");
  expect(held.flatMap(links).filter((target) => !inside.has(target))).toEqual([]);
});
