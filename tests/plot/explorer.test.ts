/** The explorer of the output-size formula: what it draws, says and refuses, and that its page needs no kernel. */
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { language, outputSize, plot } from "../../src/index.js";

const numbers = {
  n: fc.integer({ min: 3, max: 16 }),
  k: fc.integer({ min: 1, max: 7 }),
  stride: fc.integer({ min: 1, max: 5 }),
  padding: fc.integer({ min: 0, max: 4 }),
  dilation: fc.integer({ min: 1, max: 4 }),
};

test("says the output size that conv2d has, or that the window does not fit", () => {
  fc.assert(
    fc.property(fc.record(numbers), (settings) => {
      const said = String(plot.explorer(settings));
      const { n, k, ...options } = settings;
      const span = options.dilation * (k - 1) + 1;
      if (span > n + 2 * options.padding) expect(said).toContain("fits nowhere");
      else expect(said).toContain(` = ${outputSize(n, k, options)} `);
    }),
  );
});

test("crosses out the pixels that no window sees", () => {
  expect(String(plot.explorer({ n: 8, k: 3, stride: 2 }))).toContain("never seen: pixel 7.");
  expect(String(plot.explorer({ n: 8, k: 2, stride: 3 }))).toContain("never seen: pixel 2, 5.");
  expect(String(plot.explorer({ n: 8, k: 3, stride: 2, padding: 1 }))).toContain("Every pixel");
});

test("its description and the lines below its still picture are sentences, crosses or not", () => {
  const figure = plot.explorer({ n: 8, k: 2, stride: 3 });
  expect(figure.alt).toBe(
    "A row of 8 pixels with padding 0, and below it the 3 places of a window that spans 2, with stride 3. Places: ⌊(8 + 2·0 − 1·(2 − 1) − 1) / 3⌋ + 1 = ⌊6 / 3⌋ + 1 = 3 The window spans 2. The steps come out even. Crossed out, never seen: pixel 2, 5.",
  );
});

/** The page's elements, as far as the script asks for them. */
function page(html: string) {
  const inputs = [...html.matchAll(/name="(\w+)" min="\d+" max="\d+" value="(\d+)"/g)].map(
    ([, name, value]) => ({
      name,
      getAttribute: () => name,
      value,
      valueAsNumber: Number(value),
      nextElementSibling: { textContent: "" },
      /** As a browser does: a value beyond a new end is taken back to it. */
      setAttribute(attribute: string, end: string) {
        if (attribute === "max") this.valueAsNumber = Math.min(this.valueAsNumber, Number(end));
        this.value = String(this.valueAsNumber);
      },
      addEventListener: (_: string, then: () => void) => {
        redraw = then;
      },
    }),
  );
  let redraw = (): void => {};
  const picture = { innerHTML: "" };
  const previousElementSibling = { querySelectorAll: () => inputs, querySelector: () => picture };
  const script = /<script>([\s\S]*)<\/script>/.exec(html)?.[1];
  runInNewContext(script!, { document: { currentScript: { previousElementSibling } } });
  const set = (name: string, value: number): void => {
    const input = inputs.find((one) => one.name === name)!;
    Object.assign(input, { value: String(value), valueAsNumber: value });
    redraw();
  };
  return { inputs, picture, set };
}

test("its script stands alone and draws what a slider says", () => {
  const html = plot.explorer({ n: 9, k: 3, stride: 2, padding: 2, dilation: 2 }).html();
  const { inputs, picture, set } = page(html);
  expect(inputs.map(({ name }) => name)).toEqual([
    "n",
    "k",
    "stride",
    "padding",
    "dilation",
    "place",
  ]);
  expect(html).toContain(picture.innerHTML);
  expect(picture.innerHTML).toContain("<b>5</b>");
  set("stride", 1);
  expect(picture.innerHTML).toContain("<b>9</b>");
  set("place", 23);
  expect(inputs.at(-1)!.nextElementSibling.textContent).toBe("8");
  set("n", 8);
  expect(inputs.at(-1)!.nextElementSibling.textContent).toBe("7");
  set("k", 7);
  set("dilation", 4);
  expect(inputs.at(-1)!.nextElementSibling.textContent).toBe("0");
  expect(picture.innerHTML).toContain("fits nowhere");
});

test("speaks Korean and refuses numbers outside its sliders", () => {
  language("ko");
  expect(plot.explorer().html()).toContain("보폭 s");
  language("en");
  expect(plot.explorer().html()).toContain("stride s");
  for (const wrong of [{ n: 2 }, { k: 8 }, { stride: 0 }, { padding: -1 }, { dilation: 1.5 }]) {
    expect(() => plot.explorer(wrong)).toThrow(/whole number from \d+ to \d+; got/);
  }
});
