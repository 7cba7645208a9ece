/** What a reader sees of a summary, a comparison and a layer in three ways. */
import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { language } from "../../src/check/language.js";
import * as network from "../../src/network/index.js";
import * as vgg from "../../src/vgg/index.js";
import { leNet5, mobileNet, resNet50 } from "./models.js";

const { summary } = network;
afterEach(() => language("en"));

describe("tables", () => {
  const shown = (value: object): Record<string, string> =>
    (value as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!();

  test("in text, with totals and what is kept beside the parameters", () => {
    const text = `${summary(mobileNet)}`;
    const lines = text.split("\n");
    expect(lines[0]).toBe("MobileNet");
    expect(text).toMatch(
      /^conv1 +conv 3×3 → 32 +112×112×32 +864 +0 +10,838,016 +1,605,632 +602,112 +3×3$/m,
    );
    expect(lines.at(-1)).toBe(
      "28 layers with weights, 4,231,976 parameters (16.9 MB = 16.1 MiB in 32-bit floats), 568.740 million multiply-adds for one image. Beside them 21,888 running means and variances, which are kept but not learned.",
    );
    expect(inspect(summary(leNet5))).toBe(`${summary(leNet5)}`);
    expect(`${summary(leNet5)}`).toContain(
      "61,706 parameters (246.8 kB = 241.0 KiB in 32-bit floats), 416,520 multiply-adds",
    );
  });
  test("in HTML: caption, scopes, numbers to the right, no colours, nothing of the reader's as markup", () => {
    const spec = network.describe([8, 8, 1], [{ kind: "relu", name: '<i>"x"</i>' }], {
      name: "<b>mine</b>",
    });
    const html = shown(summary(spec))["text/html"]!;
    expect(html).toContain(
      '<caption style="text-align:left"><strong>&lt;b&gt;mine&lt;/b&gt;</strong>: ',
    );
    expect(html).toContain("&lt;i&gt;&quot;x&quot;&lt;/i&gt;");
    expect(html.match(/scope="col"/g)).toHaveLength(9);
    expect(html.match(/scope="row"/g)).toHaveLength(3);
    expect(html.match(/<th scope="col" style="text-align:right">/g)).toHaveLength(6);
    expect(html).not.toMatch(/colou?r|background|#[0-9a-f]{3}/i);
    expect(shown(summary(spec))["text/plain"]).toBe(`${summary(spec)}`);
  });
  test("in Korean, aligned by what a syllable takes", () => {
    language("ko");
    const [, headings, rule] = `${summary("8 M GAP FC-2")}`.split("\n");
    expect(headings).toMatch(/^층 .*종류.*출력.*가중치.*수용 영역$/);
    const columns = [...headings!].reduce(
      (sum, sign) => sum + (sign >= "가" && sign <= "힣" ? 2 : 1),
      0,
    );
    expect(columns).toBe(rule!.length);
    expect(`${summary(resNet50)}`).toContain("4.089 ×10⁹");
    expect(`${vgg.summary("A")}`).toContain("매개변수 132,863,336개");
    expect(`${network.compare(["A"])}`).toContain("비교");
    expect(`${network.layerKinds({ kind: "conv", filters: 1, kernel: 1 }, [2, 2, 1])}`).toContain(
      "국소 연결",
    );
  });
  test("a comparison: numbers, ratios, and no ratio of nothing", () => {
    const family = network.compare(["A", "B", "D", "E"]);
    expect(family.networks.map(({ depth }) => depth)).toEqual([11, 13, 16, 19]);
    expect(family.networks.map(({ macs }) => macs)).toEqual([
      7_609_090_048, 11_308_466_176, 15_470_264_320, 19_632_062_464,
    ]);
    expect(family.networks.map(({ receptiveField }) => receptiveField)).toEqual([
      150, 156, 212, 268,
    ]);
    expect(family.ratios("macs")[3]).toBeCloseTo(2.58, 2);
    expect(`${family}`).toMatch(/^VGG E +19 +143,667,240 \(1\.08×\) +19,632,062,464 \(2\.58×\)/m);
    expect(shown(family)["text/html"]).toContain("<caption");
    const nothing = network.compare([network.describe([4, 4, 1], [{ kind: "relu" }]), "8"]);
    expect(nothing.networks[1]!.parameters).toBe(224);
    expect(`${nothing}`).toMatch(/^8 +1 +224 +10,838,016 /m);
    expect(`${network.compare([leNet5, "D"])}`).toContain("15,470,264,320 (37,100×)");
    expect(() => network.compare([])).toThrow(/takes a list of networks/);
    expect(() => network.compare("A" as never)).toThrow(/takes a list of networks/);
  });
});

test("a ratio below 1 has no commas behind its point", () => {
  const text = String(network.compare(["A", "4 M"])).split("\n")[4]!;
  expect(text).toContain("112 (0.000000843×)");
  expect(text).toContain("5,419,008 (0.000712×)");
  expect(text).not.toMatch(/\.\d*,/);
});
