import { totalmem } from "node:os";
import { expect, test, vi } from "vitest";
import { MemoryGuard, memoryLimit } from "../../kernel/run/memory-limit.js";

test("a wish is taken when it is a number of megabytes, else the reason is told", () => {
  const log = vi.fn();
  expect(memoryLimit("1234", log)).toBe(1234);
  expect(log).not.toHaveBeenCalled();
  const usual = memoryLimit(undefined, log);
  expect(memoryLimit("", log)).toBe(usual);
  expect(usual).toBeGreaterThanOrEqual(200);
  expect(usual).toBeLessThanOrEqual(Math.max(200, totalmem() / 2 ** 21));
  for (const wrong of ["100", "2 GB", "-1", "1.5", "NaN"]) {
    log.mockClear();
    expect(memoryLimit(wrong, log)).toBe(usual);
    expect(log).toHaveBeenCalledWith(expect.stringContaining(JSON.stringify(wrong)));
  }
});

test("the guard calls once when the limit is passed, and not after it was stopped", async () => {
  const full = vi.fn();
  const guard = new MemoryGuard(1, full);
  guard.start();
  guard.start();
  expect(full).toHaveBeenCalledTimes(1);
  const stopped = new MemoryGuard(1, full);
  stopped.stop();
  stopped.start();
  const far = new MemoryGuard(2 ** 30, full);
  far.start();
  await new Promise((resolve) => setTimeout(resolve, 50));
  far.stop();
  expect(full).toHaveBeenCalledTimes(1);
});

test("what an earlier thread has left does not count", () => {
  const full = vi.fn();
  const taken = process.memoryUsage.rss();
  const fresh = new MemoryGuard(50, full);
  fresh.start(taken);
  fresh.stop();
  expect(full).not.toHaveBeenCalled();
  new MemoryGuard(50, full).start(taken - 60 * 2 ** 20);
  expect(full).toHaveBeenCalledTimes(1);
});
