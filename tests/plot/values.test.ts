import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromData, fromFunction, random } from "../../src/array.js";
import { photo } from "../../src/image/index.js";
import { load } from "../../src/image/load.js";
import * as plot from "../../src/plot/index.js";
import { decimalText, isExact, numberText } from "../../src/plot/numbers.js";
import { chooseScale, colourIndex, colourTable, inkOn } from "../../src/plot/scale.js";
import { GREY, SEQUENTIAL, SIGNED, wrap } from "../../src/plot/theme.js";

/** The numbers that a heat map's `z` holds, whichever way it is written. */
function decoded(z: unknown): number[] {
  if (Array.isArray(z)) return z.flat().map((value) => (value === null ? Number.NaN : value));
  const { dtype, bdata } = z as { dtype: string; bdata: string };
  const bytes = Uint8Array.from(Buffer.from(bdata, "base64"));
  if (dtype === "f4") return [...new Float32Array(bytes.buffer)];
  return dtype === "i1" ? [...new Int8Array(bytes.buffer)] : [...bytes];
}

function heatOf(picture: FloatArray): {
  z: number[];
  unit: number;
  hover: string;
  trace: Record<string, unknown>;
} {
  const trace = plot.image(picture).data[0]!;
  const hover = String(trace.hovertemplate);
  const unit = hover.includes("/255")
    ? 1 / 255
    : Number(/× ([\d.e−]+)/.exec(hover)?.[1]?.replaceAll("−", "-") ?? 1);
  return { z: decoded(trace.z), unit, hover, trace };
}

describe("heat maps carry the values", () => {
  test.each([
    ["small, written out", 6, 1e-5],
    ["medium, packed", 60, 1e-6],
  ])("%s", (_name, side, error) => {
    const picture = random([side, side + 1], 3);
    const { z, unit } = heatOf(picture);
    expect(unit).toBe(1);
    z.forEach((value, i) => {
      expect(Math.abs(value - picture.data[i]!)).toBeLessThan(error);
    });
  });

  test("a photograph exactly, in 255ths, as hovering says", () => {
    const barn = photo("barn");
    const { z, hover } = heatOf(barn);
    expect(hover).toContain("%{z}/255");
    z.forEach((value, i) => {
      if (Math.abs(value / 255 - barn.data[i]!) > 1e-6) throw new Error(`pixel ${i}`);
    });
  });

  test("a large map to half of the unit that hovering names", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.boolean(), (size, signed) => {
        const picture = fromFunction(
          [130, 130],
          (y, x) => size * (Math.sin(y! * x!) + (signed ? 0 : 1)),
        );
        const { z, unit, hover } = heatOf(picture);
        expect(hover).toContain("≈ %{z} ×");
        let worst = 0;
        z.forEach((value, i) => {
          worst = Math.max(worst, Math.abs(value * unit - picture.data[i]!));
        });
        expect(worst).toBeLessThanOrEqual(unit * 0.501);
        expect(unit).toBeLessThan(size * 0.05);
      }),
      { numRuns: 20 },
    );
  });

  test("a gap stays a gap", () => {
    const picture = array([
      [1, Number.NaN],
      [-1, 2],
    ]);
    expect(plot.image(picture).data[0]!.z).toEqual([
      [1, null],
      [-1, 2],
    ]);
    expect(plot.image(picture).svg()).toContain("NaN");
  });

  test("a colour picture is in the figure without loss", () => {
    const cat = photo("cat");
    const source = String(plot.image(cat).data[0]!.source);
    const back = load(Buffer.from(source.replace("data:image/png;base64,", ""), "base64"));
    expect(back.shape).toEqual(cat.shape);
    back.data.forEach((value, i) => {
      if (Math.abs(value - cat.data[i]!) > 1e-6) throw new Error(`sample ${i}`);
    });
  });
});

describe("scales", () => {
  test("brightness within 0..1, signed around zero, else from zero", () => {
    expect(chooseScale([0.2, 0.7])).toEqual({ stops: GREY, low: 0, high: 1 });
    expect(chooseScale([-1, 3])).toEqual({ stops: SIGNED.output, low: -3, high: 3 });
    expect(chooseScale([2, 3])).toEqual({ stops: SEQUENTIAL.output, low: 0, high: 3 });
    expect(chooseScale([-1, 3], "kernel").stops).toBe(SIGNED.kernel);
    expect(chooseScale([-1, 3], "grey")).toEqual({ stops: GREY, low: -1, high: 3 });
    expect(chooseScale([0, 5], "input", [0, 10])).toMatchObject({ low: 0, high: 10 });
    expect(chooseScale([0, 0], "output")).toMatchObject({ low: 0, high: 1 });
    expect(chooseScale([Number.NaN, Number.POSITIVE_INFINITY])).toEqual({
      stops: GREY,
      low: 0,
      high: 1,
    });
  });

  test("a few extremes in a crowd don't pale the rest, and the bar says so", () => {
    const crowd = Float32Array.from({ length: 10_000 }, (_, i) => Math.sin(i));
    crowd[5] = 500;
    expect(chooseScale(crowd)).toEqual({ stops: SIGNED.output, low: -1, high: 1, clipped: true });
    const figure = plot.image(fromData(crowd, [100, 100]));
    expect(JSON.stringify(figure.layout)).toContain("≥ 1");
    expect(figure.svg()).toContain("≤ −1");
    expect(figure.alt).toContain("500");
  });

  test("zero is the light middle, both ends are dark", () => {
    const light = (rgb: readonly number[]): number => rgb[0]! + rgb[1]! + rgb[2]!;
    for (const stops of Object.values(SIGNED)) {
      const table = colourTable(stops);
      const zero = colourIndex(0, { stops, low: -2, high: 2 });
      expect(light(table[zero]!)).toBeGreaterThan(700);
      for (let i = 1; i < 256; i++) {
        const darker = i > zero ? i : i - 1;
        const lighter = i > zero ? i - 1 : i;
        expect(light(table[darker]!)).toBeLessThanOrEqual(light(table[lighter]!));
      }
    }
  });

  test("numbers are read on every colour: 4.5 to 1 at least", () => {
    const luminance = (rgb: readonly number[]): number => {
      const [r = 0, g = 0, b = 0] = rgb.map((c) =>
        c <= 10 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    for (const stops of [...Object.values(SIGNED), ...Object.values(SEQUENTIAL), GREY]) {
      for (const colour of colourTable(stops)) {
        const [a, b] = [luminance(colour), inkOn(colour) === "#fff" ? 1 : 0];
        expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)).toBeGreaterThan(4.5);
      }
    }
  });
});

describe("words and numbers", () => {
  test("numbers are short and have a real minus", () => {
    expect(
      [0, -1, 0.5, 1 / 3, 1234567, -0.00012, 1e21, Number.NaN, Number.NEGATIVE_INFINITY].map((v) =>
        numberText(v),
      ),
    ).toEqual(["0", "−1", "0.5", "0.333", "1.23e6", "−1.2e−4", "1e21", "NaN", "−∞"]);
    expect([-0.001, 2.005, -1.5].map((v) => decimalText(v))).toEqual(["0", "2", "−1.5"]);
    expect(isExact(0.1 + 0.2, 1)).toBe(true);
    expect(isExact(0.125)).toBe(false);
  });

  test("titles break between words, Korean ones sooner", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("가나다라 마바사", 8)).toEqual(["가나다라", "마바사"]);
    expect(wrap("a\u00a0b c", 2)).toEqual(["a\u00a0b", "c"]);
    expect(wrap("")).toEqual([""]);
  });

  test("what looks like markup is text", () => {
    const figure = plot.image(array([[1]]), { title: 'a < b & "c"' });
    expect((figure.layout.title as { text: string }).text).toBe('a &lt; b &amp; "c"');
    expect(figure.svg()).toContain("<title>a &lt; b &amp; &quot;c&quot;</title>");
  });
});

describe("bars lie down", () => {
  const lie = (figure: plot.Figure): boolean => figure.data[0]!.orientation === "h";
  const five = { a: 1, b: 2, c: 3, d: 4, e: 5 };

  test.each([
    ["a name is long", plot.bars({ convolution: 1 }), true],
    ["they are many in one group", plot.bars({ ...five, f: 6, g: 7, h: 8, i: 9, j: 10 }), true],
    ["they are many in two groups", plot.bars({ one: five, two: five }), true],
    ["they are told to", plot.bars({ a: 1 }, { horizontal: true }), true],
    ["never when told to stand", plot.bars({ convolution: 1 }, { horizontal: false }), false],
    ["not when they are few and short", plot.bars({ one: { a: 1, b: 2 }, two: { a: 3 } }), false],
  ])("when %s", (_when, figure, wanted) => {
    expect(lie(figure)).toBe(wanted);
  });
});

test("bars of both signs have room for their numbers, which are written alike", () => {
  const figure = plot.bars({ "a loss": -6172.5, "a gain": 17283 }, { horizontal: true });
  expect(figure.data[0]!.text).toEqual(["−6,172", "17,283"]);
  const [low, high] = (figure.layout.xaxis as { range: [number, number] }).range;
  // Six letters of 7 pixels beside each end, where a phone has 200.
  expect((-6172.5 - low) / (high - low)).toBeGreaterThan(42 / 200);
  expect((high - 17283) / (high - low)).toBeGreaterThan(42 / 200);
});
