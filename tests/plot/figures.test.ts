import { describe, expect, test } from "vitest";
import { DISPLAY, type PlotlyObject } from "../../src/plot/figure.js";
import { samples } from "./samples.js";

const all = Object.entries(samples);

/** Checks that tags are closed in order and attributes quoted: what makes an SVG load at all. */
function checkXml(text: string): void {
  const open: string[] = [];
  const rest = text.replace(
    /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
    (_, end, name, _a, empty) => {
      if (end) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name);
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  expect(rest.replace(/&(amp|lt|gt|quot);/g, "")).not.toContain("&");
}

describe.each(all)("%s", (_name, { figure, axes }) => {
  const bundle = figure[DISPLAY]();
  const plotly = bundle["application/vnd.plotly.v1+json"] as PlotlyObject & {
    layout: Record<string, never>;
  };

  test("is plain JSON, as objects, that survives a notebook file", () => {
    expect(typeof plotly).toBe("object");
    expect(JSON.parse(JSON.stringify(plotly))).toEqual(plotly);
  });

  test("has a title, a description, and names for its axes", () => {
    const { title, meta, xaxis, yaxis } = plotly.layout as Record<string, Record<string, never>>;
    expect(title!.text).toBe(figure.title);
    expect(meta!.alt).toBe(figure.alt);
    expect(figure.alt.length).toBeGreaterThan(20);
    if (axes) {
      expect([xaxis!.title, yaxis!.title]).toMatchObject([{ text: axes[0] }, { text: axes[1] }]);
    }
  });

  test("has a still picture that says what it shows", () => {
    const svg = bundle["image/svg+xml"] as string;
    checkXml(svg);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 640 \d+"/);
    expect(svg).toContain(`<title>${figure.title}</title><desc>`);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("has its words as text", () => {
    expect(bundle["text/plain"]).toBe(`${figure.title}\n${figure.alt}`);
    expect(String(figure)).toBe(bundle["text/plain"]);
  });

  test("asks for nothing from elsewhere and stays small", () => {
    const text = JSON.stringify(bundle).replaceAll("http://www.w3.org/2000/svg", "");
    expect(text).not.toMatch(/https?:/);
    expect(text.length).toBeLessThan(400_000);
  });
});

test("every colour figure's page may put its own greys in place of ours", () => {
  for (const [, { figure }] of all) {
    const { template, ...layout } = figure.layout as {
      template: { layout: { font: { color: string } } };
    };
    expect(template.layout.font.color).toBe("#757575");
    expect(JSON.stringify(layout)).not.toContain('"color":"#757575"');
  }
});

test("small specifications stay as they are", () => {
  for (const name of ["matrix", "filters", "lines", "bars"] as const) {
    const { data, layout } = samples[name]!.figure;
    const { template: _, ...rest } = layout;
    expect(JSON.parse(JSON.stringify({ data, layout: rest }))).toMatchSnapshot(name);
  }
});
