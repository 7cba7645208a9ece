/** What a reader sees of a summary. */
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { vgg } from "../../src/index.js";

const bundle = (s: vgg.Summary): vgg.MimeBundle => {
  const display = (s as unknown as Record<symbol, () => vgg.MimeBundle>)[
    Symbol.for("Jupyter.display")
  ]!;
  return display.call(s);
};

test("the text table names every layer, lines up and ends with the totals", () => {
  const s = vgg.summary("D");
  const lines = `${s}`.split("\n");
  expect(lines[0]).toBe("VGG D");
  for (const row of s.rows) expect(`${s}`).toMatch(new RegExp(`^${row.name} `, "m"));
  expect(lines.find((line) => line.startsWith("fc1"))).toMatch(
    /^fc1\s+4096\s+102,760,448\s+4,096\s+102,760,448\s+16,384\s+404×404$/,
  );
  expect(lines.at(-1)).toBe(
    "16 layers with weights, 138,357,544 parameters (553.4 MB = 527.8 MiB in 32-bit floats), 15.470 billion multiply-adds for one image.",
  );
  expect(inspect(s)).toBe(`${s}`);
  expect(bundle(s)["text/plain"]).toBe(`${s}`);
});

test("the HTML table has a caption, headings with a scope, and no markup of the reader's", () => {
  const html = bundle(vgg.summary(vgg.parse("8 M FC-2", { name: "<b>mine</b> & co" })))[
    "text/html"
  ]!;
  expect(html).toContain("<caption");
  expect(html).toContain("&lt;b&gt;mine&lt;/b&gt; &amp; co");
  expect(html.match(/scope="col"/g)).toHaveLength(7);
  expect(html.match(/scope="row"/g)).toHaveLength(5); // input, conv, pool, fc, total
  const opened = html.match(/<(table|caption|thead|tbody|tfoot|tr|th|td)\b/g)!.length;
  expect(html.match(/<\/(table|caption|thead|tbody|tfoot|tr|th|td)>/g)).toHaveLength(opened);
});
