import { expect, test } from "vitest";
import { parse } from "../../kernel/cell/parse.js";

test.each([
  [
    "const f = () => throw new Error('x')",
    "`throw` is a statement: it needs braces around it here.",
  ],
  ["break", "`break` stands in no loop."],
  ["continue", "`continue` stands in no loop."],
  ["let x = do { 1 }", "TypeScript has no such syntax (doExpressions)."],
])("%s: the parser's own words are the reader's", (source, message) => {
  expect(() => parse(source)).toThrow(message);
});
