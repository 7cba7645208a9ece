import { afterEach, describe, expect, test, vi } from "vitest";
import { array, random } from "../../src/array.js";
import * as plot from "../../src/plot/index.js";

const { show } = plot;
const KERNEL = Symbol.for("convlab.show");
const globals = globalThis as Record<symbol, unknown>;

afterEach(() => {
  delete globals[KERNEL];
  vi.restoreAllMocks();
});

describe("show", () => {
  test("gives a figure's whole bundle to the kernel", () => {
    const seen: Record<string, unknown>[] = [];
    globals[KERNEL] = (bundle: Record<string, unknown>) => seen.push(bundle);
    show(plot.image(array([[1, 2]]), { title: "Two" }));
    expect(Object.keys(seen[0]!)).toEqual([
      "application/vnd.plotly.v1+json",
      "image/svg+xml",
      "text/plain",
    ]);
  });

  test("waits for a value that needs time", async () => {
    const seen: unknown[] = [];
    globals[KERNEL] = (bundle: unknown) => seen.push(bundle);
    const late = { [Symbol.for("Jupyter.display")]: async () => ({ "text/html": "<b>1</b>" }) };
    await show(late);
    expect(seen).toEqual([{ "text/html": "<b>1</b>" }]);
  });

  test("prints text outside a notebook", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    show(plot.image(array([[1, 2]]), { title: "Two" }));
    show(
      array([
        [1, -2.5],
        [10, 0],
      ]),
    );
    show(random([20, 20, 3]));
    show(undefined);
    show({ a: 1 });
    expect(log.mock.calls.map(([text]) => String(text))).toEqual([
      expect.stringMatching(/^Two\nA grid of 1×2 values from 1 to 2/),
      "2×2 array\n 1  −2.5\n10     0",
      "20×20×3 array",
      "undefined",
      '{\n "a": 1\n}',
    ]);
  });
});
