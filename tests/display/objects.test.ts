import { inspect } from "node:util";
import { expect, test } from "vitest";
import { resultBundle } from "../../kernel/display/bundle.js";

const show = (value: unknown) => resultBundle(value, inspect) as Record<string, unknown>;
const types = (value: unknown) => Object.keys(show(value)).sort();

test("an element of a page is its HTML, an SVG element a picture", () => {
  const svg = { nodeType: 1, tagName: "svg", outerHTML: '<svg xmlns="x"><g></g></svg>' };
  expect(show(svg)["image/svg+xml"]).toBe(svg.outerHTML);
  const div = { nodeType: 1, tagName: "DIV", outerHTML: "<div>a</div>" };
  expect(show(div)["text/html"]).toBe("<div>a</div>");
  expect(types(div)).toEqual(["text/html", "text/plain"]);
  expect(show(div)["text/plain"]).toBe("<div>a</div>");
  const long = { ...div, outerHTML: "x".repeat(1e6) };
  expect((show(long)["text/plain"] as string).length).toBe(1001);
  const spaced = { ...svg, outerHTML: "<svg><text>a&nbsp;b</text></svg>" };
  expect(show(spaced)["image/svg+xml"]).toContain("a&#160;b");
  expect(types({ outerHTML: "<b>" })).toEqual(["text/plain"]);
});

test("a canvas is its picture", () => {
  const canvas = { toDataURL: () => "data:image/png;base64,AQID" };
  expect(show(canvas)["image/png"]).toBe("AQID");
  expect(types({ toDataURL: () => "nonsense" })).toEqual(["text/plain"]);
  expect(types({ toDataURL: () => 5 })).toEqual(["text/plain"]);
});

test("a chart of Vega names its schema", () => {
  const lite = "https://vega.github.io/schema/vega-lite/v5.json";
  const spec = { $schema: lite, mark: "bar" };
  expect(show({ toSpec: () => spec })["application/vnd.vegalite.v5+json"]).toEqual(spec);
  const vega = { $schema: "https://vega.github.io/schema/vega/v5.json" };
  expect(show({ toSpec: () => vega })["application/vnd.vega.v5+json"]).toEqual(vega);
  expect(types({ toSpec: () => null })).toEqual(["text/plain"]);
  expect(types({ toSpec: () => ({}) })).toEqual(["text/plain"]);
});

test("a data frame is a table", () => {
  const records = [
    { name: "a", n: 1 },
    { name: "b", n: 2 },
  ];
  const frame = {
    schema: {},
    head: () => ({ toRecords: () => records }),
    toRecords: () => records,
  };
  expect(show(frame)["text/html"]).toContain("<td");
});

test("a method that throws leaves the text", () => {
  const bad = () => {
    throw new Error("no");
  };
  for (const name of ["toDataURL", "toSpec"])
    expect(types({ [name]: bad })).toEqual(["text/plain"]);
});

test("records with the same properties are a table, everything escaped", () => {
  const html = show([
    { name: "<script>alert(1)</script>", n: 1.5, when: new Date(0), none: null, u: undefined },
    { name: "b & 'c'", n: -2, when: new Date(Number.NaN), none: true, u: 3n },
  ])["text/html"] as string;
  expect(html).not.toContain("<script");
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(html).toContain("b &amp; &#39;c&#39;");
  expect(html).toContain('<td style="text-align:right">1.5</td>');
  expect(html).toContain("1970-01-01T00:00:00.000Z");
  expect(show([{ "<b>": 1 }, { "<b>": 2 }])["text/html"]).toContain("&lt;b&gt;");
});

test("a long table is cut, and says so", () => {
  const html = show(Array.from({ length: 1234 }, (_, i) => ({ i })))["text/html"] as string;
  expect(html.match(/<tr>/g)).toHaveLength(31);
  expect(html).toContain("… and 1,204 more rows");
});

test.each([
  [[{ a: 1 }]],
  [[{}, {}]],
  [[{ a: 1 }, { b: 1 }]],
  [[{ a: 1 }, { a: 1, b: 2 }]],
  [[{ a: 1 }, 5]],
  [[{ a: 1 }, null]],
  [[{ a: [1] }, { a: [2] }]],
  [[{ a() {} }, { a() {} }]],
  [
    [
      {
        get a() {
          return 1;
        },
      },
      { a: 1 },
    ],
  ],
  [[new Map(), new Map()]],
  [[[1], [2]]],
  [[1, 2]],
])("other lists are text: %j", (value) => {
  expect(types(value)).toEqual(["text/plain"]);
});
