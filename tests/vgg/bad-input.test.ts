/** Anything but a column of the paper or a line in its notation is refused in words. */
import { describe, expect, test } from "vitest";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import * as vgg from "../../src/vgg/index.js";

const wrong = (value: unknown): never => value as never;

describe("parse", () => {
  test.each([
    [null, "got null"],
    [64, "got 64"],
    [[64, "M"], "got a list"],
  ])("of %o", (line, message) => {
    expect(() => vgg.parse(wrong(line))).toThrow(ArgumentError);
    expect(() => vgg.parse(wrong(line))).toThrow(message);
  });

  test.each([null, "224x224x3"])("an input that is %o", (input) => {
    expect(() => vgg.parse("64", { input: wrong(input) })).toThrow(ShapeError);
    expect(() => vgg.parse("64", { input: wrong(input) })).toThrow(`got ${input}.`);
  });

  test("more filters than can be counted, when a space was forgotten again and again", () => {
    expect(() => vgg.parse("64".repeat(9))).toThrow(
      "and at most 9007199254740991; got 646464646464646400",
    );
  });

  test.each(["VGG16", "d", "64 vgg-19"])("a name of a network, %s, is no layer", (line) => {
    expect(() => vgg.parse(line)).toThrow('"D" (VGG16)');
  });
});

describe.each([
  ["summary", vgg.summary],
  ["toNetwork", vgg.toNetwork],
  ["headAsConvolutions", vgg.headAsConvolutions],
  ["globalAverageHead", vgg.globalAverageHead],
])("%s", (_, call: (of: vgg.Config) => unknown) => {
  test.each([null, undefined, 16, {}])("of %o", (of) => {
    expect(() => call(wrong(of))).toThrow("A VGG network is a column of the paper's table");
  });
  test("of a line says who reads lines", () => {
    expect(() => call(wrong("64 64 M FC-10"))).toThrow("is read by vgg.parse");
  });
});
