import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { terminate } from "../../kernel/run/termination.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A thread that hears after so many terminations, and answers so many milliseconds later. */
function blocked(after: number, answersIn: number) {
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const thread = {
    terminations: 0,
    over: false,
    heard: false,
    answered,
    isOver: () => thread.over,
    hasHeard: () => thread.heard,
    hear: () => {
      thread.heard = true;
      if (Number.isFinite(answersIn)) setTimeout(answer, answersIn);
    },
    terminate: async () => {
      thread.terminations++;
      if (thread.terminations === after) thread.hear();
    },
  };
  return thread;
}

/** How long it takes, in milliseconds. */
async function lasts(thread: ReturnType<typeof blocked>): Promise<number> {
  const begin = Date.now();
  let end = Number.NaN;
  void terminate(thread).then(() => {
    end = Date.now() - begin;
  });
  await vi.advanceTimersByTimeAsync(60_000);
  return end;
}

test("code that blocks is ended once, and the answer waited for", async () => {
  const thread = blocked(1, 5);
  expect(await lasts(thread)).toBe(5);
  expect(thread.terminations).toBe(1);
});

test("code that goes on is ended again", async () => {
  const thread = blocked(3, 5);
  expect(await lasts(thread)).toBe(205);
  expect(thread.terminations).toBe(3);
});

test("a slow answer is not ended, however long it takes; nor one that never comes", async () => {
  const slow = blocked(1, 700);
  expect(await lasts(slow)).toBe(700);
  expect(slow.terminations).toBe(1);
  const never = blocked(1, Number.POSITIVE_INFINITY);
  expect(await lasts(never)).toBe(1100);
  expect(never.terminations).toBe(1);
});

test("an answer that is under way at the start comes first; what its cell does then is ended", async () => {
  const thread = blocked(0, 300);
  thread.hear();
  void terminate(thread);
  await vi.advanceTimersByTimeAsync(299);
  expect(thread.terminations).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(thread.terminations).toBe(1);
});

test("nothing is ended when nothing is left, and no more than ten times", async () => {
  const over = blocked(1, 5);
  over.over = true;
  expect(await lasts(over)).toBe(0);
  expect(over.terminations).toBe(0);
  const deaf = blocked(Number.POSITIVE_INFINITY, 5);
  await lasts(deaf);
  expect(deaf.terminations).toBe(10);
});
