import fc from "fast-check";
import { expect, test } from "vitest";
import { random, rowMajor } from "../../src/array.js";
import * as train from "../../src/train/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { expectClose } from "../ops/close.js";
import { smallNetwork } from "./networks.js";

onEachBackEnd((_name, numRuns) => {
  test("forward, gradients and steps of random networks are those of the loops", () => {
    fc.assert(
      fc.property(smallNetwork, ({ input, specs, count, seed }) => {
        const loops = train.network(input, specs, { seed });
        const fast = train.fastNetwork(input, specs, { seed });
        try {
          expect(fast.weightCount).toBe(loops.weightCount);
          const pictures = random([count, ...input], seed + 1);
          const labels = Array.from({ length: count }, (_, i) => i % 3);
          const normalised = JSON.stringify(specs).includes("batchNorm");
          const wantedSlopes = loops.gradients(pictures, labels);
          const gotSlopes = fast.gradients(pictures, labels);
          expect(gotSlopes.loss).toBeCloseTo(wantedSlopes.loss, 4);
          wantedSlopes.gradients.forEach(({ name, values }, i) => {
            expect(gotSlopes.gradients[i]!.name).toBe(name);
            // In front of batch norm many slopes add up to 0, and a sum is only as exact as its terms.
            expectClose(gotSlopes.gradients[i]!.values, values, normalised ? 10 : 1);
          });
          const got = fast.weights();
          loops.weights().forEach(({ name, values }, i) => {
            expect(got[i]!.name).toBe(name);
            expect(rowMajor(got[i]!.values)).toEqual(rowMajor(values));
          });
          for (let layer = 1; layer <= specs.length; layer++) {
            const wanted = loops.forward(pictures, layer);
            expectClose(fast.forward(pictures, layer), wanted, 1);
          }
          const slope = random(loops.forward(pictures).shape, seed + 2);
          const inner = loops.gradientAt(pictures, slope);
          expectClose(fast.gradientAt(pictures, slope), inner, 1);
        } finally {
          fast.dispose();
        }
      }),
      { numRuns: Math.ceil(numRuns / 6) },
    );
  });
});
