/** Answers that are a network on one line. */
import { expect, test } from "vitest";
import { networkLine } from "../../src/check/kinds/index.js";

const kind = networkLine([28, 28, 1]);

test("reads a line with the input it was made for", () => {
  const reading = kind.read("8 M GAP FC-10");
  expect(reading).toMatchObject({ state: "read" });
  if (reading.state === "read") expect(reading.value.rows[0]!.shape).toEqual([28, 28, 1]);
});

test("nothing is empty, what is no line says so, and a bad word is named", () => {
  expect(kind.read(undefined)).toEqual({ state: "empty" });
  expect(kind.read("")).toEqual({ state: "empty" });
  expect(kind.read(42)).toMatchObject({ state: "unusable", values: { given: "42" } });
  const bad = kind.read("8 Q FC-10");
  expect(bad).toMatchObject({ state: "unusable" });
  expect(JSON.stringify(bad)).toContain("Q");
});

test("compares layers, not spelling", () => {
  const of = (line: string): never => {
    const reading = kind.read(line);
    return (reading.state === "read" ? reading.value : undefined) as never;
  };
  expect(kind.equal(of("[8, 'M'] FC10"), of("conv3-8 M FC-10"))).toBe(true);
  expect(kind.equal(of("8 M FC-10"), of("8 M M FC-10"))).toBe(false);
});
