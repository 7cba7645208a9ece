import fc from "fast-check";
import { expect, test } from "vitest";
import { base64 } from "../../kernel/display/base64.js";
import { jsonValue } from "../../kernel/display/json.js";
import { wellFormed } from "../../kernel/display/wellformed.js";

const json = (data: unknown) => wellFormed({ "application/json": data })["application/json"];

test("a bundle is what a structured clone and any JSON reader take", () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom("text/plain", "application/json", "image/png", "application/x+json", "odd"),
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withTypedArray: true,
          withNullPrototype: true,
          withBoxedValues: true,
          withSparseArray: true,
        }),
      ),
      (bundle) => {
        let formed: Record<string, unknown>;
        try {
          formed = wellFormed(bundle);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        structuredClone(formed);
        expect(JSON.parse(JSON.stringify(formed))).toEqual(formed);
        for (const [type, data] of Object.entries(formed)) {
          if (!type.endsWith("json")) expect(typeof data).toBe("string");
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("what JSON lacks becomes what comes nearest", () => {
  expect(
    json({
      big: 5n,
      huge: 2n ** 70n,
      nan: Number.NaN,
      gone: undefined,
      run() {},
      s: Symbol("s"),
      when: new Date(0),
      numbers: new Float32Array([1, 2]),
      bigs: new BigInt64Array([3n]),
      list: [undefined, () => 1, Number.POSITIVE_INFINITY],
      half: "\ud83d",
    }),
  ).toEqual({
    big: 5,
    huge: "1180591620717411303424",
    nan: null,
    when: "1970-01-01T00:00:00.000Z",
    numbers: [1, 2],
    bigs: [3],
    list: [null, null, null],
    half: "\ufffd",
  });
  expect(json(null)).toBeNull();
  expect(json(() => 1)).toBeNull();
  const odd = JSON.parse('{"__proto__": {"a": 1}}') as object;
  expect(JSON.stringify(json(odd))).toBe('{"__proto__":{"a":1}}');
});

test("what can't be JSON is said, with the type", () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  expect(() => json(circle)).toThrow("application/json can't be shown: The value contains itself");
  let deep: unknown = 0;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(() => json(deep)).toThrow("nested more than 500 deep");
  expect(() => wellFormed({ "application/vnd.plotly.v1+json": "{oops" })).toThrow(
    /^application\/vnd\.plotly\.v1\+json can't be shown: .*JSON/,
  );
  const getter = {
    get x() {
      throw new Error("x fails");
    },
  };
  expect(() => json(getter)).toThrow("x fails");
});

test("the same object twice is no circle", () => {
  const twice = { a: 1 };
  expect(jsonValue([twice, twice])).toEqual([{ a: 1 }, { a: 1 }]);
});

test("bytes are base64, as Node writes it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    }),
  );
  const many = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
  expect(base64(many.subarray(1))).toBe(Buffer.from(many.subarray(1)).toString("base64"));
});

test("text types are text", () => {
  const text = (data: unknown) => wellFormed({ "text/plain": data })["text/plain"];
  expect(text(5)).toBe("5");
  expect(text(5n)).toBe("5");
  expect(text(true)).toBe("true");
  expect(text(["a\n", "b"])).toBe("a\nb");
  expect(text({ a: 1 })).toBe('{"a":1}');
  expect(text(new URL("http://a/"))).toBe("http://a/");
  expect(text(new Uint8Array([1, 2, 3]))).toBe("AQID");
  expect(text(new Uint8Array([1, 2, 3]).buffer)).toBe("AQID");
  expect(text("half \ud83d")).toBe("half \ufffd");
  expect(wellFormed({ "text/plain": undefined, "text/html": null, odd: 1, "": 2 })).toEqual({});
});
