import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "../../kernel/cell/parse.js";
import { TypeChecker } from "../../kernel/types/index.js";

const home = fileURLToPath(new URL("../../kernel/types", import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), "convlab-strange-")));
let checker: TypeChecker;

beforeAll(async () => {
  checker = new TypeChecker({ folder, home });
  const source =
    "const box = { width: 1, 'odd name': 2 }; class Box<T> { value!: T } function f() {}";
  (await checker.check(source, parse(source).program)).commit();
});

afterAll(() => {
  checker.close();
  rmSync(folder, { recursive: true, force: true });
});

const piece = fc.oneof(
  fc.constantFrom(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the beginning of a substitution, as a reader may type it.
    ..."box . ?. width f ( ) [ ] { } => ` ${ } ' \" / * // /* */ /** @ < > import export from as type class # await async ; , \n \r\n \r = + 1e9 0x \\ \\u{1F600} 🎉 한글 \u2028 \u0000 \ud800 \ufeff convlab$1 convlab$cell import('./ ./ ../ node: #! import.meta. <T> enum namespace @f let const".split(
      " ",
    ),
    " ",
  ),
  fc.string({ maxLength: 4, unit: "binary" }),
);
const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(""));

test("no text and no place ends the server, and nothing of ours is shown", async () => {
  const pid = checker.serverPid;
  await fc.assert(
    fc.asyncProperty(text, fc.double({ min: 0, max: 1, noNaN: true }), async (source, share) => {
      const offset = Math.floor(share * source.length);
      const list = await checker.complete(source, offset);
      expect(list).not.toBeNull();
      const { items, start, end } = list ?? { items: [], start: 0, end: 0 };
      expect(0 <= start && start <= offset && offset <= end && end <= source.length).toBe(true);
      const ours = items.filter((item) => item.text.includes("convlab$"));
      expect(source.includes("convlab$") ? [] : ours).toEqual([]);
      const found = await checker.inspect(source, offset, true);
      if (!source.includes("convlab")) expect(JSON.stringify(found)).not.toContain("convlab$");
      expect(checker.serverPid).toBe(pid);
    }),
    { numRuns: 400 },
  );
}, 120_000);

test("after a megabyte of text, which may take too long, the next answer is there", async () => {
  const pid = checker.serverPid;
  const source = `${"const long = [1, 2, 3].map((x) => x + 1);\n".repeat(25_000)}box.`;
  const list = await checker.complete(source, source.length);
  if (list !== null) expect(list.items.map(({ text }) => text)).toContain("width");
  await expect
    .poll(async () => (await checker.complete("box.", 4))?.items[0]?.text, { timeout: 30_000 })
    .toBe("width");
  expect(checker.serverPid).toBe(pid);
}, 60_000);
