import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { moduleOfCell } from "../../kernel/display/tslab-module.js";

const require = createRequire(import.meta.url);
const { getCodeMetadata } = require("tslab/dist/metadata.js") as {
  getCodeMetadata(source: string): { module?: string };
};

const CELLS: [string, string | undefined][] = [
  ["/** @module mylib */\nexport const a = 1", "mylib"],
  ["/** @module mylib */ export const a = 1", "mylib"],
  ["/**\n * What it does.\n * @module my_lib2\n */\nexport {}", "my_lib2"],
  ["/**\n * @module\n * name\n */", "name"],
  ["/**\n@module name\n@jsx\n*/", "name"],
  ["  // a line\n/* a block */\n/** doc */\n/** @module third */ export default 7", "third"],
  ["/** @module one */ /** @module two */", "two"],
  ["/** @module one\n * @module two */", "two"],
  ["/** @module sub/mod */ export {}", undefined],
  ["/** @module two words */", undefined],
  ["/** @module */ export {}", undefined],
  ["/** @modules x */", undefined],
  ["/** see @module x */", undefined],
  ["/* @module x */", undefined],
  ["// @module x", undefined],
  ["/**/ @module x", undefined],
  ["const before = 1; /** @module no */", undefined],
  ["'/** @module no */'", undefined],
  ["/** @module unclosed", undefined],
  ["", undefined],
];

test.each(CELLS)("%j", (source, name) => {
  expect(moduleOfCell(source)).toBe(name);
});

test("tslab takes the same cells for modules", () => {
  for (const [source] of CELLS) {
    // An unclosed comment is no cell that runs anywhere.
    if (source.includes("unclosed")) continue;
    expect([source, moduleOfCell(source)]).toEqual([source, getCodeMetadata(source).module]);
  }
});
