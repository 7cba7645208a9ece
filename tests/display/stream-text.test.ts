import fc from "fast-check";
import { expect, test } from "vitest";
import { StreamText } from "../../kernel/display/stream-text.js";

const joined = (pieces: (string | Uint8Array)[]) => {
  const stream = new StreamText();
  return pieces.map((piece) => stream.take(piece)).join("");
};
const bytes = (text: string) => new TextEncoder().encode(text);

test("text cut anywhere is whole again, as bytes and as text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.array(fc.nat(40)), (text, cuts) => {
      const places = [...new Set(cuts)].sort((a, b) => a - b);
      const cut = <T extends string | Uint8Array>(whole: T): T[] =>
        [0, ...places].map((from, i) => whole.slice(from, places[i] ?? whole.length) as T);
      const all = bytes(text);
      expect(joined(cut(all).filter((piece) => piece.length > 0))).toBe(text);
      expect(joined(cut(text))).toBe(text);
    }),
  );
});

test("half an emoji waits, and comes with the other half", () => {
  const stream = new StreamText();
  expect(stream.take("a\ud83d")).toBe("a");
  expect(stream.take("\ude00b")).toBe("😀b");
  expect(stream.take(bytes("😀").subarray(0, 2))).toBe("");
  expect(stream.take(bytes("😀").subarray(2))).toBe("😀");
});

test("what never becomes a character does not hold up what follows", () => {
  expect(joined([bytes("😀").subarray(0, 2), "text"])).toBe("\ufffdtext");
  expect(joined([new Uint8Array([0xff, 0x41])])).toBe("\ufffdA");
  expect(joined(["\ud83d", "x"])).toBe("\ud83dx");
  expect(joined(["\ud83d", bytes("x")])).toBe("\ud83dx");
});

test("a progress bar's carriage returns and a byte order mark are kept", () => {
  expect(joined(["10%\r", "20%\r"])).toBe("10%\r20%\r");
  expect(joined([bytes("\ufeffa")])).toBe("\ufeffa");
});
