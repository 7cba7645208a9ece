import { expect, test, vi } from "vitest";
import { TextPace } from "../../kernel/run/text-pace.js";

test("a burst goes at once, then less than a megabyte a second, and rest earns a new burst", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const pace = new TextPace();
    pace.passed(3e6);
    expect(pace.pause).toBe(0);
    pace.passed(9e5);
    expect(pace.pause).toBeCloseTo(1000);
    vi.advanceTimersByTime(1000);
    expect(pace.pause).toBeCloseTo(0);
    vi.advanceTimersByTime(60_000);
    pace.passed(3e6);
    expect(pace.pause).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
