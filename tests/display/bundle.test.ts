import { inspect as nodeInspect, types } from "node:util";
import { expect, test } from "vitest";
import { DISPLAY, resultBundle, wellFormed } from "../../kernel/display/bundle.js";
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

test("an object that fails to show itself is shown as text, with the reason", async () => {
  const bad = () => {
    throw new Error("no paint");
  };
  for (const method of [bad, async () => bad()]) {
    const bundle = await resultBundle({ [DISPLAY]: method }, inspect);
    expect(bundle).toEqual({
      "text/plain": "<[object Object]>\n[its Jupyter.display failed: no paint]",
    });
  }
  const unreadable = {
    get [DISPLAY]() {
      return bad();
    },
  };
  expect(resultBundle(unreadable, inspect)).toEqual({ "text/plain": "<[object Object]>" });
});

test.each([[null], [undefined], [5], [[]], [{}], ["text"], [{ nonsense: 1 }], [[1, 2]]])(
  "an object that answers %j instead of a bundle is shown as text",
  async (answer) => {
    for (const method of [() => answer, async () => answer]) {
      expect(await resultBundle({ [DISPLAY]: method }, inspect)).toEqual({
        "text/plain": "<[object Object]>",
      });
    }
  },
);

test("a result's text has no colours, also where it comes from the object", async () => {
  const red = { [DISPLAY]: () => ({ "text/plain": "\u001b[31mred\u001b[0m" }) };
  expect(await resultBundle(red, inspect)).toEqual({ "text/plain": "red" });
  expect(resultBundle("x", () => "\u001b[1mbold\u001b[22m")).toEqual({ "text/plain": "bold" });
});

test("a proxy that throws at every touch is shown", () => {
  const trap = () => {
    throw new Error("trap");
  };
  const proxy = new Proxy(
    { a: 1 },
    { get: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap },
  );
  const shown = resultBundle(proxy, nodeInspect, types.isProxy);
  expect(shown).toEqual({ "text/plain": "{ a: 1 }" });
  // Where nobody tells a proxy from an object, it still has a text.
  expect(resultBundle(proxy, nodeInspect)).toMatchObject({ "text/plain": expect.any(String) });
});

test("a proxy's traps see no more than the question for Jupyter.display", () => {
  const seen: PropertyKey[] = [];
  const proxy = new Proxy([{ a: 1 }], {
    get(target, key, receiver) {
      seen.push(key);
      return Reflect.get(target, key, receiver);
    },
    ownKeys(target) {
      seen.push("ownKeys");
      return Reflect.ownKeys(target);
    },
  });
  resultBundle(proxy, nodeInspect, types.isProxy);
  expect(seen).toEqual([DISPLAY]);
});

test("whatever there is in the language is shown, and can be sent", () => {
  const values: unknown[] = [];
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (name.startsWith("__")) continue; // Vitest's own.
    const value = (globalThis as Record<string, unknown>)[name];
    values.push(value);
    if (typeof value !== "function") continue;
    // What passes for an instance and is none: methods throw.
    values.push(value.prototype, Object.create((value.prototype ?? null) as object | null));
  }
  expect(values.length).toBeGreaterThan(150);
  for (const value of values) {
    const bundle = resultBundle(value, nodeInspect, types.isProxy);
    if (value === undefined) continue;
    expect(bundle).toMatchObject({ "text/plain": expect.any(String) });
    if (canBeInspected(value)) {
      expect((bundle as Record<string, string>)["text/plain"]).not.toContain("[its own way");
    }
    structuredClone(bundle);
  }
});

function canBeInspected(value: unknown): boolean {
  try {
    nodeInspect(value);
    return true;
  } catch {
    return false; // `Buffer.prototype` can't.
  }
}

test("JSON types are objects, bytes are base64", () => {
  const bundle = { "application/x+json": '{"a":1}', "text/plain": "{}" };
  expect(wellFormed(bundle)).toEqual({ "application/x+json": { a: 1 }, "text/plain": "{}" });
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
