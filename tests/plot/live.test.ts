/** Losses and accuracies while they come: where they are drawn, how often, and what stays. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ArgumentError } from "../../src/errors.js";
import { Live, live } from "../../src/plot/live/index.js";
import { MOST_POINTS, thinned } from "../../src/plot/live/thin.js";

const KERNEL = Symbol.for("convlab.show");
const globals = globalThis as Record<symbol, unknown>;
const PLOTLY = "application/vnd.plotly.v1+json";

interface Output {
  bundle: Record<string, unknown>;
  named: { id: string; update: boolean };
}

describe("in a notebook", () => {
  let outputs: Output[];
  beforeEach(() => {
    outputs = [];
    globals[KERNEL] = (bundle: Output["bundle"], named: Output["named"]) =>
      outputs.push({ bundle, named });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  });
  afterEach(() => {
    delete globals[KERNEL];
    vi.useRealTimers();
  });

  test("one output appears at once, changes in place, not too often, and is Plotly's at last", () => {
    const curve = live({ title: "Learning", every: 100 });
    for (let step = 0; step < 40; step++) {
      curve.add({ loss: 1 / (1 + step) });
      vi.advanceTimersByTime(25);
    }
    // A second of points, at most one drawing every 100 milliseconds.
    expect(outputs).toHaveLength(10);
    expect(new Set(outputs.map(({ named }) => named.id)).size).toBe(1);
    expect(outputs.map(({ named }) => named.update)).toEqual([false, ...Array(9).fill(true)]);
    expect(Object.keys(outputs[9]!.bundle)).toEqual(["text/html", "text/plain"]);
    expect(outputs[9]!.bundle["text/html"]).toMatch(/^<img alt="Lines of loss/);
    vi.advanceTimersByTime(2000);
    expect(outputs).toHaveLength(11);
    const last = outputs[10]!.bundle[PLOTLY] as { data: { y: number[] }[] };
    expect(last.data[0]!.y).toHaveLength(40);
    expect(Object.keys(outputs[10]!.bundle)).toContain("image/svg+xml");
  });

  test("end draws the whole at once, and no timer draws it again", () => {
    const curve = live();
    for (let step = 0; step < 5; step++) curve.add({ loss: step, accuracy: step / 5 });
    curve.end();
    expect(outputs).toHaveLength(2);
    expect(outputs[1]!.bundle[PLOTLY]).toBeDefined();
    vi.advanceTimersByTime(5000);
    expect(outputs).toHaveLength(2);
  });

  test("the end of the cell draws the whole, if it is not drawn yet", () => {
    const ENDS = Symbol.for("convlab.atCellEnd");
    const ends: (() => void)[] = [];
    globals[ENDS] = (then: () => void) => ends.push(then);
    try {
      const curve = live();
      for (let step = 0; step < 5; step++) curve.add({ loss: step });
      expect(ends).toHaveLength(1);
      ends[0]!();
      expect(outputs).toHaveLength(2);
      expect(outputs[1]!.bundle[PLOTLY]).toBeDefined();
      curve.add({ loss: 5 });
      curve.end();
      const drawn = outputs.length;
      for (const end of ends) end();
      vi.advanceTimersByTime(5000);
      expect(outputs).toHaveLength(drawn);
    } finally {
      delete globals[ENDS];
    }
  });

  test("two at once have places of their own", () => {
    const [one, two] = [live(), live()];
    one.add({ loss: 1 });
    two.add({ loss: 2 });
    expect(outputs[0]!.named.id).not.toBe(outputs[1]!.named.id);
    live().end();
    expect(outputs).toHaveLength(2);
  });
});

test("outside a notebook nothing is drawn before the end, and then the words", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const curve = live({ title: "Learning" });
  curve.add({ loss: 2 });
  curve.add({ loss: 1 });
  expect(log).not.toHaveBeenCalled();
  curve.end();
  expect(log.mock.calls).toEqual([
    ["Learning\nLines of loss over step. loss: from 2 to 1, lowest 1, highest 2."],
  ]);
  vi.restoreAllMocks();
});

describe("the figure", () => {
  test("has a chart for losses and one for shares, on one axis", () => {
    const curve = live({ x: "epoch" });
    curve.add({ loss: 2, "test loss": 3, accuracy: 0.5 }, 10);
    curve.add({ loss: 1, "test loss": 2.5, accuracy: 0.8 }, 20);
    const { data, layout } = curve.figure();
    expect(data.map(({ name, yaxis }) => [name, yaxis])).toEqual([
      ["loss", "y"],
      ["test loss", "y"],
      ["accuracy", "y2"],
    ]);
    expect(data[0]!.x).toEqual([10, 20]);
    expect(layout.yaxis2).toMatchObject({ title: { text: "accuracy" }, range: [0, 1.03] });
    expect(layout.xaxis2).toMatchObject({ title: { text: "epoch" }, matches: "x" });
    expect(layout.yaxis).toMatchObject({ title: { text: "loss" } });
    const colours = data.map(({ line }) => (line as { color: string }).color);
    expect(new Set(colours).size).toBe(3);
    expect(curve.figure().svg()).toContain("test loss");
  });

  test("of losses or of shares alone is a single chart", () => {
    const loss = live();
    loss.add({ loss: 2 });
    expect(loss.figure().layout.yaxis2).toBeUndefined();
    const share = live();
    share.add({ "train accuracy": 0.5, "test accuracy": 0.4 });
    expect(share.figure().layout.yaxis).toMatchObject({
      title: { text: "accuracy" },
      range: [0, 1],
    });
    expect(String(share[Symbol.for("nodejs.util.inspect.custom") as never])).toContain("figure");
  });

  test("of many points shows means of neighbours, and the last as it is", () => {
    const y = Array.from({ length: 5000 }, (_, i) => i);
    const thin = thinned({ x: y, y });
    expect(thin.x.length).toBeLessThanOrEqual(MOST_POINTS + 1);
    expect(thin.y[0]).toBe(4);
    expect(thin.y.at(-1)).toBe(4999);
    expect(thinned({ x: [1, 2], y: [3, 4] })).toEqual({ x: [1, 2], y: [3, 4] });
  });

  test("shows itself as a cell's value", () => {
    const curve = live();
    curve.add({ loss: 1 });
    expect(curve[Symbol.for("Jupyter.display") as never]).toBeTypeOf("function");
    expect(Object.keys(new Live({}))).toEqual([]);
  });
});

test("refuses what is no number, and more lines than colours", () => {
  const curve = live();
  expect(() => curve.add({})).toThrow(/got none/);
  expect(() => curve.add({ loss: "2" as never })).toThrow(/got loss: 2/);
  expect(() => curve.add({ loss: 1 }, Number.NaN)).toThrow(/the step NaN/);
  expect(() => curve.add({ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 })).toThrow(/up to 6 lines; 7/);
  expect(() => live({ every: -1 })).toThrow(ArgumentError);
  expect(() => curve.figure()).toThrow(ArgumentError);
});
