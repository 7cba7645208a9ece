import { inspect, stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { penFor, stripColours } from "../../kernel/display/colours.js";

test("colours, links and moves of the cursor are taken out, text stays", () => {
  for (const text of [
    inspect({ a: [1, "x", null, Symbol("s")] }, { colors: true }),
    "\u001b[38;2;1;2;3mtrue\u001b[48;5;9m colour\u001b[m",
    "\u001b]8;;https://a.b\u0007link\u001b]8;;\u0007",
    "\u001b[2K\u001b[1Gbar",
    "plain [31m text \r\n합성곱",
  ]) {
    expect(stripColours(text)).toBe(stripVTControlCharacters(text));
  }
  expect(stripColours("\u001b[31mred\u001b[39m [0m")).toBe("red [0m");
});

test("NO_COLOR takes the pen away", () => {
  expect(penFor({}).red).toBe("\u001b[31m");
  expect(penFor({ NO_COLOR: "" }).bold).toBe("\u001b[1m");
  expect(penFor({ NO_COLOR: "1" })).toEqual({ red: "", bold: "", dim: "", plain: "" });
});
