/** One figure of each kind, on small real input. */
import { array, type FloatArray, fromFunction } from "../../src/array.js";
import * as filters from "../../src/filters/index.js";
import * as image from "../../src/image/index.js";
import { conv2d } from "../../src/ops/index.js";
import * as plot from "../../src/plot/index.js";

export const toy: FloatArray = array([
  [0, 0, 1, 1, 0, 0],
  [0, 1, 2, 2, 1, 0],
  [1, 2, 3, 3, 2, 1],
  [1, 2, 3, 3, 2, 1],
  [0, 1, 2, 2, 1, 0],
  [0, 0, 1, 1, 0, 0],
]);

/** Three filters as one layer's weights, 3×3×1×3. */
export const layer: FloatArray = fromFunction([3, 3, 1, 3], (y, x, _c, m) =>
  [filters.sobelX(), filters.sobelY(), filters.gaussian(1, 3)][m!]!.get(y!, x!),
);

/** What each figure's axes are called; none where headings say it all. */
export const samples: Record<string, { figure: plot.Figure; axes?: [string, string] }> = {
  photograph: {
    figure: plot.image(image.photo("barn"), { title: "A barn" }),
    axes: ["column", "row"],
  },
  colours: { figure: plot.image(image.photo("cat"), { title: "A cat" }), axes: ["column", "row"] },
  matrix: {
    figure: plot.image(toy, { title: "The toy", colours: "input" }),
    axes: ["column", "row"],
  },
  edges: {
    figure: plot.image(filters.applyFilter(image.photo("barn"), filters.sobelX()), {
      title: "Edges",
    }),
    axes: ["column", "row"],
  },
  images: {
    figure: plot.images([{ image: image.digit(7), title: "seven" }, image.photo("grass")], {
      title: "Two",
    }),
  },
  filters: { figure: plot.filters(layer, { title: "A bank" }) },
  activations: { figure: plot.activations(conv2d(image.digit(7), layer), { title: "Maps" }) },
  own: {
    figure: plot.activations(conv2d(image.digit(7), layer), { title: "Maps", scale: "own" }),
  },
  slide: { figure: plot.slide(toy, filters.sobelX(), { title: "Sobel" }) },
  digit: {
    figure: plot.slide(image.digit(7), filters.sobelY(), { title: "A seven", padding: "same" }),
  },
  pool: { figure: plot.pool(toy, 2, { title: "Pooling" }) },
  lines: {
    figure: plot.lines(
      { training: [3, 2, 1.5], test: [3, 2.5, 2.4] },
      { title: "Loss", x: "step", y: "loss" },
    ),
    axes: ["step", "loss"],
  },
  bars: {
    figure: plot.bars(
      { conv: 1728, fc: 483385147392 },
      { title: "Weights", y: "weights", x: "layer", log: true },
    ),
    axes: ["layer", "weights"],
  },
  lying: {
    figure: plot.bars(
      {
        a: { "fully connected": 89, convolution: 11 },
        b: { "fully connected": 1, convolution: 99 },
      },
      { title: "Shares", y: "%", x: "part" },
    ),
    axes: ["%", "part"],
  },
  surface: { figure: plot.surface(image.photo("flower"), { title: "A landscape" }) },
};
