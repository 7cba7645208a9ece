import { defineConfig } from "vitest/config";

/** Tests that start programs: browsers, Jupyter, the commands themselves. One file at a time: they need the cores. */
const system = ["tests/browser/**", "tests/commands/**", "tests/notebooks/**"];
const slow = "tests/**/*.slow.test.ts";
const tests = (folders: string[]) => folders.map((folder) => `${folder}/*.test.ts`);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: [...system, slow],
          testTimeout: 30_000,
          // Loading TensorFlow on a busy machine can take longer than the usual ten seconds.
          hookTimeout: 60_000,
          // Test files run beside each other: threads of several pools would wait for each other's processors.
          env: { CONVLAB_WASM_THREADS: "1" },
        },
      },
      {
        test: {
          name: "system",
          include: tests(system),
          exclude: [slow],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "slow",
          include: [slow],
          testTimeout: 1_200_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "kernel/**/*.ts", "cli/**/*.ts"],
      reporter: ["text", "html"],
      reportOnFailure: true,
      reportsDirectory: "coverage",
    },
  },
});
