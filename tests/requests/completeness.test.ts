// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells.
import { describe, expect, test } from "vitest";
import { openBrackets } from "../../kernel/cell/open-brackets.js";
import { completeness } from "../../kernel/requests/completeness.js";

/** The indentation that is proposed for the line after an unfinished text. */
function indent(code: string): string | undefined {
  const reply = completeness(code);
  return reply.status === "incomplete" ? reply.indent : `(${reply.status})`;
}

describe("status", () => {
  test.each([
    ["", "complete"],
    ["  \n\n", "complete"],
    ["// only a comment", "complete"],
    ["f(1)\n  .then(g)", "complete"],
    ["const a = 1, b = 2", "complete"],
    ["await fetch('x')", "complete"],
    ["label: for (;;) break label", "complete"],
    ["/[{]/.test('x')", "complete"],
    ["try {\n  1\n}", "incomplete"],
    ["f(1)\n  .then(", "incomplete"],
    ["f(1)\n  .", "incomplete"],
    ["function f() {", "incomplete"],
    ["`a ${1}\nb", "incomplete"],
    ["/* a", "incomplete"],
    ["@decorator", "incomplete"],
    ["if (x)", "incomplete"],
    ["if (x) {} else", "incomplete"],
    ["type A<T> =", "incomplete"],
    ["class A extends", "incomplete"],
    ["const = 1", "invalid"],
    ["1 2", "invalid"],
    ["f())", "invalid"],
    ["return 1", "invalid"],
    ["'a", "invalid"],
  ])("%j is %s", (code, status) => {
    expect(completeness(code).status).toBe(status);
  });

  test("a text too deep for the parser is refused", () => {
    expect(completeness("(".repeat(200_000)).status).toBe("invalid");
  });
});

describe("indentation of the next line", () => {
  test.each([
    ["if (x) {", "  "],
    ["if (x) {\n  for (const a of b) {", "    "],
    ["if (x) {\n  f();", "  "],
    ["if (x) {\n  f();\n", "  "],
    ["if (x) {\n  for (;;) {\n    f()\n  }", "  "],
    // The console has put the bracket one step too far in.
    ["if (x) {\n  for (;;) {\n    f()\n    }", "  "],
    ["if (x) {\n  f();\n} else {", "  "],
    ["const f = (a: number) => {", "  "],
    ["const f = (a: number) =>", "  "],
    ["list.map((a) => {\n  f(a);", "  "],
    ["list.map((a) => {\n  f(a);\n}).filter((b) => {", "  "],
    ["fetch(x)\n  .then((r) => {", "    "],
    ["fetch(x)\n  .then(", "    "],
    ["f(\n  1,", "  "],
    ["f(1,", "  "],
    ["const a = [", "  "],
    ["const a = {\n  b: [\n    1,", "    "],
    ["switch (x) {\n  case 1:", "    "],
    ["switch (x) {\n  case 1:\n    f();", "    "],
    ["switch (x) {\n  case 1:\n    f();\n  default:", "    "],
    ["const a =", "  "],
    ["1 +", "  "],
    ["1 +\n  2 +", "  "],
    ["if (x)", "  "],
    ["if (x) {} else", "  "],
    ["while (true)", "  "],
    ["function f() {\n  if (x)", "    "],
    ["class A {\n  m() {\n    return 1;\n  }", "  "],
    ["f({ // a comment {{", "  "],
    ["f({ a: '({[', b: /[({]/,", "  "],
    ["/* ( */ f(", "  "],
    ["`text\n  with ${a}", ""],
    ["const t = `${f(", "  "],
  ])("after %j: %j", (code, expected) => {
    expect(indent(code)).toBe(expected);
  });
});

test("brackets in text, comments, templates and regular expressions are none", () => {
  const text = "f('(', \"[\", `{ ${g({})} (`, /[(]/, a / b, /* { */ 1 // [\n";
  expect(openBrackets(text).map(({ kind }) => kind)).toEqual(["("]);
});
