import { describe, expect, test } from "vitest";
import { maxAbsDifference } from "../../src/array-measures.js";
import { phantom, textures } from "../../src/data/index.js";
import { ArgumentError } from "../../src/errors.js";

describe("textures", () => {
  const all = textures();

  test("are balanced, between 0 and 1, and no two training pictures are the same", () => {
    expect(all.train.images.shape).toEqual([1600, 32, 32, 3]);
    expect(all.test.images.shape).toEqual([400, 32, 32, 3]);
    expect(all.classNames.length).toBe(8);
    const seen = new Set<string>();
    for (let n = 0; n < 1600; n++) {
      expect(all.train.labels[n]).toBe(n % 8);
      seen.add(
        Buffer.from(all.train.images.data.slice(n * 3072, n * 3072 + 3072).buffer).toString(
          "base64",
        ),
      );
    }
    expect(seen.size).toBe(1600);
    expect(all.train.images.data.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  test("no test picture shares a window with a training picture of its class", () => {
    // Rows of 32 values are as good as unique in a photograph; the test half has none of the training half's.
    const rows = (half: typeof all.train, label: number): Set<string> => {
      const found = new Set<string>();
      for (let n = label; n < half.labels.length; n += 8) {
        for (let y = 0; y < 32; y++) {
          const at = (n * 32 + y) * 96;
          const row = Array.from(half.images.data.subarray(at, at + 96));
          if (new Set(row).size < 12) continue; // flat sky may repeat
          found.add(row.join());
        }
      }
      return found;
    };
    for (let label = 0; label < 8; label++) {
      const train = rows(all.train, label);
      const shared = [...rows(all.test, label)].filter((row) => train.has(row));
      expect(shared.length).toBe(0);
    }
  });

  test("can be learned: the nearest mean spectrum of edges and colour beats chance by far", () => {
    // Four numbers a picture: mean, spread, and mean step across and down.
    const features = (half: typeof all.train): number[][] =>
      half.labels.map((_, n) => {
        const picture = half.images.data.subarray(n * 3072, n * 3072 + 3072);
        let [sum, squares, across, down] = [0, 0, 0, 0];
        for (let i = 0; i < 3072; i++) {
          sum += picture[i]!;
          squares += picture[i]! ** 2;
          if (i >= 3) across += Math.abs(picture[i]! - picture[i - 3]!);
          if (i >= 96) down += Math.abs(picture[i]! - picture[i - 96]!);
        }
        const mean = sum / 3072;
        return [mean, Math.sqrt(squares / 3072 - mean ** 2), across / 1000, down / 1000];
      });
    const known = features(all.train);
    const right = features(all.test).filter((one, n) => {
      const distances = known.map((other) =>
        other.reduce((total, value, k) => total + (value - one[k]!) ** 2, 0),
      );
      return distances.indexOf(Math.min(...distances)) % 8 === all.test.labels[n];
    });
    expect(right.length / 400).toBeGreaterThan(0.5);
  });

  test("a part is the beginning of the whole, and yours to change", () => {
    const part = textures({ train: 9, test: 2 });
    expect(part.train.images.shape).toEqual([9, 32, 32, 3]);
    expect(part.train.images.data).toEqual(all.train.images.data.slice(0, 9 * 3072));
    part.train.images.data.fill(7);
    expect(textures({ train: 1, test: 1 }).train.images.data[0]).toBe(all.train.images.data[0]);
  });

  test("more than there is is refused", () => {
    expect(() => textures({ train: 1601 })).toThrow("The training set has 1600 pictures");
    expect(() => textures({ test: 0 })).toThrow(ArgumentError);
    // @ts-expect-error: what a reader may try
    expect(() => textures(200)).toThrow("got 200");
  });
});

describe("phantom", () => {
  test("holds at each place the sum of the published ellipsoids", () => {
    const head = phantom(64);
    const at = (x: number, y: number, z: number): number => {
      const index = (value: number): number => Math.floor(((value + 1) / 2) * 64);
      return head.get(index(z), index(-y), index(x));
    };
    expect(head.shape).toEqual([64, 64, 64]);
    expect(at(0.95, 0.95, 0)).toBe(0); // air
    expect(at(0, 0.9, 0)).toBe(1); // skull
    expect(at(0.5, -0.3, 0)).toBeCloseTo(0.2, 6); // brain
    expect(at(0.22, 0, 0)).toBe(0); // right ventricle
    expect(at(-0.22, 0, 0)).toBe(0); // left ventricle
    expect(at(0, 0.4, -0.1)).toBeCloseTo(0.3, 6); // the large tumour
    // The left ventricle leans to the left above: its upper end lies at −0.22 − 0.41·sin 18°.
    expect(at(-0.33, 0.33, 0)).toBe(0);
    expect(at(-0.11, 0.33, 0)).toBeGreaterThan(0.1);
    // The ventricles end below and above.
    expect(at(0.22, 0, 0.5)).toBeCloseTo(0.2, 6);
    expect(at(0, 0, 0.9)).toBe(0);
  });

  test("weighs as much as its formula says, the finer the nearer", () => {
    // The skull's and the brain's volumes: 4/3·π·abc each; the rest overlaps in part, so only those two are compared.
    const mass = (size: number): number => {
      const head = phantom(size);
      let bone = 0;
      for (const value of head.data) if (value > 0.95) bone++;
      return (bone * 8) / size ** 3;
    };
    const wanted = (4 / 3) * Math.PI * (0.69 * 0.92 * 0.81 - 0.6624 * 0.874 * 0.78);
    expect(Math.abs(mass(96) / wanted - 1)).toBeLessThan(0.03);
  });

  test("is the same each time, in its own copy, and of a size that fits", () => {
    const first = phantom(16);
    const second = phantom(16);
    expect(maxAbsDifference(first, second)).toBe(0);
    expect(first.data).not.toBe(second.data);
    for (const size of [7, 257, 9.5, Number.NaN])
      expect(() => phantom(size)).toThrow(ArgumentError);
  });
});
