import ndarray from "ndarray";
import { expect, test } from "vitest";
import { DISPLAY, resultBundle, wellFormed } from "../../kernel/display/bundle.js";
import { ndarrayText } from "../../kernel/display/ndarray.js";
import { tslabModule } from "../../kernel/display/tslab.js";

const inspect = (value: unknown) => `<${String(value)}>`;

test("a plain value is text, undefined is nothing", () => {
  expect(resultBundle(5, inspect)).toEqual({ "text/plain": "<5>" });
  expect(resultBundle(undefined, inspect)).toBeUndefined();
  expect(resultBundle(null, inspect)).toEqual({ "text/plain": "<null>" });
});

test("an object shows itself, at once or later", async () => {
  const now = { [DISPLAY]: () => ({ "text/html": "<b>" }) };
  const later = { [DISPLAY]: async () => ({ "image/png": new Uint8Array([1, 2, 3]) }) };
  expect(await resultBundle(now, inspect)).toEqual({ "text/html": "<b>" });
  expect(await resultBundle(later, inspect)).toEqual({ "image/png": "AQID" });
});

test("JSON types are objects, bytes are base64", () => {
  const bundle = { "application/x+json": '{"a":1}', "text/plain": "{}" };
  expect(wellFormed(bundle)).toEqual({ "application/x+json": { a: 1 }, "text/plain": "{}" });
});

test("a small array is printed in rows", () => {
  const array = ndarray(new Float32Array([1, 2.5, -3, 0.00001]), [2, 2]);
  expect(ndarrayText(array)).toBe("float32 2×2\n[[      1     2.5]\n [     -3 1.00e-5]]");
});

test("a view is read through its strides", () => {
  const whole = ndarray(new Float32Array([1, 2, 3, 4, 5, 6]), [2, 3]);
  expect(ndarrayText(whole.transpose(1, 0))).toBe("float32 3×2\n[[1 4]\n [2 5]\n [3 6]]");
  expect(ndarrayText(whole.pick(1))).toBe("float32 3\n[4 5 6]");
});

test("a large array shows its edges", () => {
  const text = ndarrayText(ndarray(new Float32Array(10_000), [100, 100]));
  expect(text.split("\n").length).toBe(10);
  expect(text).toContain("…");
});

test("tslab's functions send their types; newDisplay overwrites", () => {
  const sent: unknown[] = [];
  const { display, newDisplay } = tslabModule(
    (data, id, update) => sent.push([data, id, update]),
    { tslab: "", typescript: "", node: "" },
    () => "id",
  );
  display.html("<b>");
  display.png(new Uint8Array([1]));
  display.raw("application/json", '{"a":1}');
  const one = newDisplay();
  one.text("a");
  one.text("b");
  expect(sent).toEqual([
    [{ "text/html": "<b>" }, undefined, false],
    [{ "image/png": "AQ==" }, undefined, false],
    [{ "application/json": { a: 1 } }, undefined, false],
    [{ "text/plain": "a" }, "id", false],
    [{ "text/plain": "b" }, "id", true],
  ]);
});
