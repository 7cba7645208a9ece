import { inspect } from "node:util";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { resultBundle } from "../../kernel/display/bundle.js";

const png = PNG.sync.write(new PNG({ width: 1, height: 1 }));
const plain = (value: unknown) => resultBundle(value, inspect) as Record<string, unknown>;
const types = (value: unknown) => Object.keys(plain(value)).sort();
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>';

test("a picture's bytes are shown as the picture, its text beside it", () => {
  const bundle = plain(png);
  expect(bundle["image/png"]).toBe(png.toString("base64"));
  expect(bundle["text/plain"]).toMatch(/^<Buffer 89 50 4e 47/);
  expect(types(new Uint8Array(png))).toEqual(["image/png", "text/plain"]);
});

test.each([
  ["image/jpeg", [0xff, 0xd8, 0xff, 0xe0]],
  ["image/gif", [...Buffer.from("GIF89a")]],
  ["image/webp", [...Buffer.from("RIFF1234WEBPVP8 ")]],
])("%s is known by its first bytes", (type, bytes) => {
  expect(types(Buffer.from(bytes))).toEqual([type, "text/plain"]);
});

test.each([
  [[]],
  [[0x89]],
  [[0x89, 0x50, 0x4e, 0x46]],
  [[...Buffer.from("RIFF1234WAVE")]],
  [[0, 0]],
])("other bytes stay bytes: %j", (bytes) => {
  expect(types(Uint8Array.from(bytes))).toEqual(["text/plain"]);
});

test.each([
  SVG,
  `\n  ${SVG}\n`,
  `<?xml version="1.0" encoding="UTF-8"?>\n${SVG}`,
  `<?xml version="1.0"?><!-- by -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n${SVG}`,
  `${SVG}<!-- the end -->`,
  '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
])("an SVG document is a picture: %s", (text) => {
  expect(types(text)).toEqual(["image/svg+xml", "text/plain"]);
  expect(plain(text)["image/svg+xml"]).toBe(text);
  expect(types(Buffer.from(text))).toEqual(["image/svg+xml", "text/plain"]);
});

test.each([
  "<svg",
  "<svg>",
  `A picture: ${SVG}`,
  `${SVG} is a picture`,
  `<div>${SVG}</div>`,
  "<svgs></svgs>",
  "<b>bold</b>",
  `const s = "${SVG}"`,
])("text with an SVG in it stays text: %s", (text) => {
  expect(types(text)).toEqual(["text/plain"]);
});

test("a root without its namespace gets it", () => {
  expect(plain('<svg width="3"><g/></svg>')["image/svg+xml"]).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg" width="3"><g/></svg>',
  );
});
