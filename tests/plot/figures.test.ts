import { describe, expect, test } from "vitest";
import { DISPLAY, Figure, type PlotlyObject } from "../../src/plot/figure.js";
import { type Shown, samples } from "./samples.js";

const all = Object.entries(samples);
const plotlyFigures = all.flatMap(([name, { figure, axes }]) =>
  figure instanceof Figure ? [{ name, figure, axes }] : [],
);
const pages = all.flatMap(([name, { figure }]) =>
  figure instanceof Figure ? [] : [{ name, figure }],
);

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

describe.each(plotlyFigures)("$name, by Plotly", ({ figure, axes }) => {
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
    expect(String(title!.text).replaceAll("<br>", " ")).toBe(figure.title);
    expect(meta!.alt).toBe(figure.alt);
    if (axes) {
      const [x, y] = [xaxis?.title ?? layoutTitle(plotly, "x"), yaxis!.title];
      expect([x, y]).toMatchObject([{ text: axes[0] }, { text: axes[1] }]);
    }
  });
});

/** The title of the last of several axes above each other. */
function layoutTitle({ layout }: { layout: Record<string, never> }, letter: string): unknown {
  const named = Object.entries(layout).filter(([name]) => name.startsWith(`${letter}axis`));
  return (named.at(-1)?.[1] as { title?: unknown } | undefined)?.title;
}

describe.each(pages)("$name, a piece of a page", ({ figure }) => {
  const html = figure.html();

  test("has its title and its description", () => {
    expect(html).toContain(`>${figure.title}</p>`);
    expect(html).toMatch(/^<div role="group" aria-label="[^"]{20,}"/);
    expect(figure[DISPLAY]()["text/html"]).toBe(html);
  });

  test("has one script, after the element that it works on", () => {
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toMatch(/<\/div><script>[\s\S]*<\/script>$/);
  });

  test("puts no colour of its own below the writing, so that it is read in light and dark", () => {
    expect(html.replace(/<script>[\s\S]*/, "")).not.toMatch(/[;"]color:(?!inherit)/);
  });
});

describe.each(all)("%s", (_name, { figure }: { figure: Shown }) => {
  const bundle = figure[DISPLAY]();

  test("says what it shows", () => {
    expect(figure.alt.length).toBeGreaterThan(20);
    expect(figure.alt).not.toMatch(/undefined|NaN|\{\w+\}/);
  });

  test("has a still picture that says what it shows", () => {
    const svg = bundle["image/svg+xml"] as string;
    checkXml(svg);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 640 \d+"/);
    expect(svg).toContain(`<title>${figure.title}</title><desc>`);
    expect(svg.replace(/base64,[^"]*/g, "")).not.toMatch(/NaN|undefined|Infinity/);
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
  for (const { figure } of plotlyFigures) {
    const { template, ...layout } = figure.layout as {
      template: { layout: { font: { color: string } } };
    };
    expect(template.layout.font.color).toBe("#757575");
    expect(JSON.stringify(layout)).not.toContain('"color":"#757575"');
  }
});

test("small specifications stay as they are", () => {
  for (const name of ["matrix", "filters", "lines", "bars"] as const) {
    const { data, layout } = samples[name]!.figure as Figure;
    const { template: _, ...rest } = layout;
    expect(JSON.parse(JSON.stringify({ data, layout: rest }))).toMatchSnapshot(name);
  }
});
