/** Theory against the gradient, pixel by pixel, on random stacks of layers. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { rowMajor } from "../../src/array.js";
import * as network from "../../src/network/index.js";

const { measuredReceptiveField, receptiveField } = network;
type Layers = network.LayerSpec[];

/** Layers that keep channels and suit any map: what fits is chosen by trying. */
const small = fc.integer({ min: 1, max: 3 });
const sides = fc.record({
  top: fc.integer({ min: 0, max: 2 }),
  bottom: fc.integer({ min: 0, max: 2 }),
  left: fc.integer({ min: 0, max: 2 }),
  right: fc.integer({ min: 0, max: 2 }),
});
const size = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));
const layer: fc.Arbitrary<network.LayerSpec> = fc.oneof(
  fc.record({
    kind: fc.constant("conv" as const),
    filters: fc.constant(2),
    kernel: size,
    stride: fc.tuple(small, small),
    dilation: fc.tuple(small, small),
    padding: fc.oneof(sides, fc.constant("valid" as const)),
  }),
  fc.record({
    kind: fc.constant("depthwise" as const),
    kernel: size,
    stride: small,
    padding: fc.constantFrom(0, 1, 2),
  }),
  fc.record({
    kind: fc.constantFrom("maxPool" as const, "avgPool" as const),
    size: fc.constantFrom(2, 3),
    stride: small,
    padding: fc.constantFrom("valid" as const, "same" as const, 1),
    ceil: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("transposedConv" as const),
    filters: fc.constant(2),
    kernel: size,
    stride: fc.constantFrom(1, 2),
    dilation: small,
    padding: fc.constantFrom(0, 1, "same" as const, "full" as const),
  }),
  fc.constant<network.LayerSpec>({ kind: "upsample", factor: 2 }),
  fc.constant<network.LayerSpec>({ kind: "relu" }),
);

/** As many of the layers as fit on the map, none larger than 40. */
function fitting(layers: Layers, input: [number, number, number]): Layers {
  const kept: Layers = [];
  let shape: readonly number[] = input;
  for (const one of layers) {
    try {
      const next = network.outputShape(one, shape);
      if (Math.max(...next) > 40) continue;
      kept.push(one);
      shape = next;
    } catch {}
  }
  return kept;
}

const stack = fc
  .tuple(
    fc.array(layer, { minLength: 1, maxLength: 5 }),
    fc.integer({ min: 1, max: 16 }),
    fc.integer({ min: 1, max: 16 }),
  )
  .map(([layers, h, w]) => network.describe([h, w, 1], fitting(layers, [h, w, 1])))
  .filter(({ layers }) => layers.length > 0);

test("theory is what the gradient measures, pixel by pixel, for random stacks and every place", () => {
  let many = 0;
  fc.assert(
    fc.property(
      stack,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (spec, down, across) => {
        const theory = receptiveField(spec);
        const unit = [
          Math.round(down * (theory.units[0] - 1)),
          Math.round(across * (theory.units[1] - 1)),
        ] as const;
        const measured = measuredReceptiveField(spec, { unit });
        const { rows, columns } = theory.pixels(...unit);
        const [, w] = spec.input;
        const lit = [...rowMajor(measured.map)].flatMap((value, at) => (value === 0 ? [] : [at]));
        expect(lit).toEqual(rows.flatMap((i) => columns.map((j) => i * w + j)));
        expect(measured.pixels).toBe(rows.length * columns.length);
        const { top, left, height, width } = measured;
        if (measured.pixels > 0) {
          const { share: _, ...window } = theory.window(...unit);
          expect(window).toEqual({ top, left, height, width });
          many++;
        }
        // The whole window holds the part in the picture, and the largest is as large as the size says.
        const whole = theory.window(...unit, { clip: false });
        if (measured.pixels > 0) {
          expect(whole.top).toBeLessThanOrEqual(top);
          expect(whole.top + whole.height).toBeGreaterThanOrEqual(top + height);
        }
        expect(whole.height).toBeLessThanOrEqual(theory.rows.size);
        expect(whole.width).toBeLessThanOrEqual(theory.columns.size);
      },
    ),
    { numRuns: 400 },
  );
  expect(many).toBeGreaterThan(200);
});

test("without upsampling every unit's window is as large as the theory says, jump by jump", () => {
  fc.assert(
    fc.property(stack, (spec) => {
      fc.pre(!spec.layers.some(({ kind }) => kind === "transposedConv" || kind === "upsample"));
      const field = receptiveField(spec);
      const last = field.units[0] - 1;
      expect(field.window(last, 0, { clip: false })).toMatchObject({
        top: field.rows.start + last * field.rows.jump,
        height: field.rows.size,
        left: field.columns.start,
        width: field.columns.size,
      });
    }),
    { numRuns: 200 },
  );
});

test("a pixel reaches exactly the units that see it", () => {
  fc.assert(
    fc.property(stack, fc.nat(), fc.nat(), (spec, a, b) => {
      const field = receptiveField(spec);
      const [row, column] = [a % spec.input[0], b % spec.input[1]];
      const last = network.reach(spec, [row, column]).at(-1)!;
      const seen: number[] = [];
      for (let i = 0; i < field.units[0]; i++) {
        if (field.pixels(i, 0).rows.includes(row)) seen.push(i);
      }
      if (last.any) expect([last.top, last.top + last.height - 1]).toEqual([seen[0], seen.at(-1)]);
    }),
    { numRuns: 200 },
  );
});
