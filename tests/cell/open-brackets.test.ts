// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are the texts of cells
import { expect, test } from "vitest";
import { endsInText } from "../../kernel/cell/open-brackets.js";

const inText = [
  '"pt.',
  "f('a', 'pt.",
  "// pt.",
  "1 /* obj.",
  "x = /re pt.",
  "`a ${b} pt.",
  '"a\\"pt.',
  "`${`pt.",
  "a // 'b' pt.",
];
const inCode = [
  "pt.",
  '"a" + pt.',
  "/* a */ pt.",
  "/**/",
  "// a\npt.",
  "`${pt.",
  "a / b / pt.",
  "/re/.test(pt.",
  "/re/g",
  "`a`.",
  "'it\\'s'",
  "",
];

test.each(inText)("%j ends in text", (text) => expect(endsInText(text)).toBe(true));
test.each(inCode)("%j ends in code", (text) => expect(endsInText(text)).toBe(false));
