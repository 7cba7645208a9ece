/** What TypeScript allows in a module, split across cells. */
import { expect, test } from "vitest";
import { Notebook } from "../notebook.js";

/** Cells, and the value of the last one. */
export type Case = [name: string, cells: string[], value: unknown];

/** Makes a test of each case. */
export function testCases(cases: Case[]): void {
  for (const [name, cells, value] of cases) {
    test(name, async () => {
      expect(await new Notebook().all(...cells)).toEqual(value);
    });
  }
}
