/** Every layer is found by its name, and so are its weights. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "../../src/array.js";
import { ArgumentError } from "../../src/errors.js";
import * as network from "../../src/network/index.js";
import * as train from "../../src/train/index.js";

const { conv, dense, relu, residual, batchNorm, maxPool } = train;
const namesOf = (layers: readonly network.LayerSpec[]): string[] =>
  network
    .summary([9, 9, 2], layers)
    .rows.slice(1)
    .map((row) => row.name);

describe("the name of a layer", () => {
  test("is its own, or its kind and number", () => {
    const layers = [
      conv(2, 3),
      conv(2, 3, { name: "edges" }),
      relu(),
      conv(2, 1),
      dense(3, { name: "scores" }),
    ];
    expect(namesOf(layers)).toEqual(["conv1", "edges", "relu1", "conv3", "scores"]);
  });

  test("leaves out a number that is another layer's own name", () => {
    const layers = [
      conv(2, 3),
      conv(2, 3, { name: "conv1" }),
      conv(2, 3),
      conv(2, 1, { name: "conv4" }),
    ];
    expect(namesOf(layers)).toEqual(["conv2", "conv1", "conv5", "conv4"]);
    expect(network.receptiveField(network.describe([9, 9, 2], layers), "conv1").size).toBe(5);
  });

  test("is the only one of its kind, whatever names some layers bring", () => {
    const name = fc.option(fc.constantFrom("conv1", "conv2", "conv3", "relu1", "x"), {
      nil: undefined,
    });
    const layer = fc.tuple(fc.constantFrom("conv" as const, "relu" as const), name);
    fc.assert(
      fc.property(fc.array(layer, { minLength: 1, maxLength: 6 }), (drawn) => {
        const own = drawn.map(([, given]) => given).filter((given) => given !== undefined);
        fc.pre(new Set(own).size === own.length);
        const layers = drawn.map(
          ([kind, given]): network.LayerSpec => ({
            ...(kind === "conv" ? conv(2, 1) : relu()),
            ...(given === undefined ? {} : { name: given }),
          }),
        );
        const names = namesOf(layers);
        expect(new Set(names).size).toBe(layers.length);
        drawn.forEach(([, given], i) => {
          if (given !== undefined) expect(names[i]).toBe(given);
        });
        expect(train.network([9, 9, 2], layers).names).toEqual(names);
      }),
    );
  });

  test("goes before a place that is written alike", () => {
    const spec = network.describe([9, 9, 2], [conv(2, 3), conv(2, 5, { name: "1" })]);
    expect(network.receptiveField(spec, "1").size).toBe(7);
    expect(network.summary(spec).row("1").macs).toBe(network.summary(spec).rows[2]!.macs);
    expect(network.receptiveField(spec, 2).size).toBe(7);
  });

  test("is unique in a line of VGG's notation too", () => {
    const names = network.summary("8 LRN LRN M FC-3 softmax softmax").rows.map((row) => row.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("lrn1_2");
    expect(names.at(-1)).toBe("softmax_2");
  });

  test("keeps weights apart when they go from one network to another", () => {
    const layers = [conv(2, 3), conv(2, 3, { name: "conv1" }), dense(3)];
    const from = train.network([9, 9, 2], layers, { seed: 1 });
    const to = train.network([9, 9, 2], layers, { seed: 2 });
    to.setWeights(from.weights());
    const picture = random([9, 9, 2]);
    expect(to.predict(picture)).toEqual(from.predict(picture));
    // A dense layer becomes the third convolution, and no name is there twice.
    expect(from.asConvolutions().predict(picture).data).toEqual(from.predict(picture).data);
  });
});

describe("names that are refused", () => {
  const twice = [conv(2, 3, { name: "a" }), relu(), conv(2, 3, { name: "a" })];
  const message = 'Layers 1 and 3 are both called "a": give each a name of its own';

  test("two of one name, wherever the network is built", () => {
    expect(() => network.describe([9, 9, 2], twice)).toThrow(message);
    expect(() => network.summary([9, 9, 2], twice)).toThrow(ArgumentError);
    expect(() => train.network([9, 9, 2], twice)).toThrow(message);
    expect(() => network.summary({ name: "own", input: [9, 9, 2], layers: twice })).toThrow(
      message,
    );
  });

  test("two of one name in a residual block; but each block has names of its own", () => {
    const inner = [conv(2, 1, { name: "a" }), conv(2, 1, { name: "a" })];
    expect(() => network.describe([9, 9, 2], [maxPool(2), residual(inner)])).toThrow(
      'Layer 2 (residual) on 4×4×2: layers 1 and 2 are both called "a"',
    );
    const block = residual([conv(2, 1, { name: "a" }), batchNorm({ name: "b" })]);
    expect(namesOf([block, block])).toContain("residual2.a");
  });

  test("a name as a layer inside a residual block has it; any other name may have dots", () => {
    const block = residual([conv(2, 1, { name: "a" })]);
    const clash = [block, conv(2, 1, { name: "residual1.a" })];
    expect(() => network.describe([9, 9, 2], clash)).toThrow(
      'Layer 2 is called "residual1.a", as a layer inside the residual block "residual1" is',
    );
    expect(() => train.network([9, 9, 2], clash)).toThrow(ArgumentError);
    expect(namesOf([block, conv(2, 1, { name: "block1.a" })])).toContain("block1.a");
  });

  test.each([[5], [""], ["  "], [null]])("%j, which is no text", (name) => {
    const layer = { ...relu(), name } as network.LayerSpec;
    expect(() => network.describe([9, 9, 2], [layer])).toThrow(/Layer 1 has no name: .* got /);
  });
});

test("train.fastNetwork refuses the same before a weight takes memory", async () => {
  const { backendReport, useBackend } = await import("../../src/backend/index.js");
  await useBackend("wasm");
  const before = backendReport().tensors;
  const layers = [conv(2, 3, { name: "a" }), conv(2, 3, { name: "a" })];
  expect(() => train.fastNetwork([9, 9, 2], layers)).toThrow("both called");
  expect(backendReport().tensors).toBe(before);
});
