import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { RING_BYTES } from "../../kernel/run/protocol.js";
import { MOST_MESSAGES } from "../../kernel/run/send-window.js";
import { TextRing } from "../../kernel/run/text-ring.js";

const silent = (): void => undefined;

test("whatever is written comes out, in order, whole", () => {
  const record = fc.record({
    cell: fc.integer({ min: 1, max: 3 }),
    stream: fc.constantFrom("stdout", "stderr"),
    text: fc.string({ unit: "grapheme", maxLength: 200 }),
  });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 200 }), (records) => {
      const memory = TextRing.memory();
      const [writer, reader] = [new TextRing(memory), new TextRing(memory)];
      const read: { cell: number; stream: string; text: string }[] = [];
      records.forEach(({ cell, stream, text }, i) => {
        writer.write(cell, stream, text, silent);
        if (i % 7 === 0) read.push(...reader.read());
      });
      read.push(...reader.read());
      const byOwner = (all: typeof read) =>
        all.flatMap(({ cell, stream, text }) => [...text].map((c) => `${cell}${stream}${c}`));
      expect(byOwner(read)).toEqual(byOwner(records));
    }),
    { numRuns: 50 },
  );
});

test("more text than the ring holds goes round it many times", () => {
  const memory = TextRing.memory();
  const ring = new TextRing(memory);
  const line = `${"일".repeat(997)}\n`;
  let got = 0;
  for (let i = 0; i < 3 * Math.ceil(RING_BYTES / 3000); i++) {
    ring.write(1, "stdout", line, silent);
    if (i % 100 === 0) for (const { text } of ring.read()) got += text.length;
  }
  for (const { text } of ring.read()) got += text.length;
  expect(got).toBe(3 * Math.ceil(RING_BYTES / 3000) * line.length);
});

test("text behind a mark waits for the mark's message", () => {
  const ring = new TextRing(TextRing.memory());
  ring.write(1, "stdout", "before", silent);
  const at = ring.mark(silent);
  ring.write(1, "stdout", "after", silent);
  expect(ring.read().map(({ text }) => text)).toEqual(["before"]);
  expect(ring.read(at)).toEqual([]);
  expect(ring.read().map(({ text }) => text)).toEqual(["after"]);
});

test("the reader is told once until it has read", () => {
  const ring = new TextRing(TextRing.memory());
  let told = 0;
  const tell = () => void told++;
  for (let i = 0; i < 5; i++) ring.write(1, "stdout", "x", tell);
  expect(told).toBe(1);
  ring.read();
  ring.write(1, "stdout", "x", tell);
  expect(told).toBe(2);
});

test("text waits when the ring is full, and leaves room for the marks of all messages", () => {
  const ring = new TextRing(TextRing.memory());
  const wait = vi.spyOn(Atomics, "wait").mockImplementation(() => {
    throw new Error("waits");
  });
  try {
    const fill = (): void => {
      for (let i = 0; i < RING_BYTES; i++) ring.write(1, "stdout", "x", silent);
    };
    expect(fill).toThrow("waits");
    for (let i = 0; i < MOST_MESSAGES; i++) ring.mark(silent);
    expect(wait).toHaveBeenCalledTimes(1);
  } finally {
    wait.mockRestore();
  }
});
