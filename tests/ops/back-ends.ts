/** Runs the same tests on every back end that loads here. */
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { type BackendName, backendName, useBackend } from "../../src/backend/index.js";

const here: BackendName[] = ["wasm", "cpu"];
try {
  await useBackend("native");
  here.push("native");
} catch {
  // The addon is not on this machine: the other two are still compared.
}

/**
 * Describes tests once for each back end; afterwards no tensor may be left over.
 *
 * @param tests gets the back end's name, and a number of runs for property tests: the plain JavaScript back end is
 *   slow and not what readers get, so it runs a tenth of the cases
 */
export function onEachBackEnd(tests: (name: BackendName, numRuns: number) => void): void {
  describe.each(here)("%s", (name) => {
    let tensorsBefore = 0;
    beforeAll(async () => {
      expect(await useBackend(name)).toBe(name);
      expect(backendName()).toBe(name);
      tensorsBefore = tf.memory().numTensors;
    });
    afterAll(() => {
      expect(tf.memory().numTensors).toBe(tensorsBefore);
    });
    tests(name, name === "cpu" ? 60 : 600);
  });
}
