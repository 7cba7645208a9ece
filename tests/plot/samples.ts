/** One figure of each kind, on small real input. */
import { array, type FloatArray, fromFunction, random } from "../../src/array.js";
import * as filters from "../../src/filters/index.js";
import * as image from "../../src/image/index.js";
import * as network from "../../src/network/index.js";
import { conv2d } from "../../src/ops/index.js";
import * as plot from "../../src/plot/index.js";
import { toy } from "./slide-scenes.js";

export { toy };

/** Three filters as one layer's weights, 3×3×1×3. */
export const layer: FloatArray = fromFunction([3, 3, 1, 3], (y, x, _c, m) =>
  [filters.sobelX(), filters.sobelY(), filters.gaussian(1, 3)][m!]!.get(y!, x!),
);

/** A network's first layers, as `network.receptiveField` says what they see. */
export const fields: plot.ReceptiveRow[] = [
  { name: "conv1", size: 3, jump: 1, start: -1 },
  { name: "pool1", size: 4, jump: 2, start: -1 },
  { name: "conv2", size: 8, jump: 2, start: -3 },
  { name: "pool2", size: 10, jump: 4, start: -3 },
  { name: "conv3", size: 18, jump: 4, start: -7 },
  { name: "pool3", size: 22, jump: 8, start: -7 },
  { name: "conv4", size: 54, jump: 8, start: -23 },
];

/** A loss that falls and an accuracy that rises, with some noise. */
function trained(): plot.Live {
  const curve = plot.live({ title: "A network learns" });
  const noise = random([200], 3).data;
  for (let step = 0; step < 200; step++) {
    const rest = Math.exp(-step / 60);
    curve.add({
      loss: 0.3 + 2 * rest + 0.1 * noise[step]!,
      accuracy: 0.95 - 0.85 * rest + 0.03 * noise[199 - step]!,
    });
  }
  return curve;
}

/** Any value that shows itself with a title, a description and a still picture. */
export type Shown = plot.Figure | plot.Interactive;

/** Eight filters over red, green and blue: waves in four directions, and blobs of one colour. */
const colourLayer: FloatArray = fromFunction([7, 7, 3, 8], (y, x, c, m) => {
  const [v, u] = [y! - 3, x! - 3];
  const hill = Math.exp(-(u * u + v * v) / 8);
  const angle = (m! * Math.PI) / 4;
  if (m! < 4) return hill * Math.cos(1.4 * (u * Math.cos(angle) + v * Math.sin(angle)));
  return hill * Math.cos(((c! - (m! % 3)) * 2 * Math.PI) / 3) * (m === 7 ? -1 : 1);
});

/** Ten classes, of which each is sometimes taken for its neighbour. */
const tenClasses = fromFunction([10, 10], (y, x) =>
  y === x ? 92 - 3 * y! : x === (y! + 1) % 10 ? 5 + y! : (x! * 7 + y! * 3) % 11 === 0 ? 2 : 0,
);

/** One figure of each kind; what its axes are called, none where headings say it all. */
export const samples: Record<string, { figure: Shown; axes?: [string, string] }> = {
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
  colourFilters: {
    figure: plot.filters(colourLayer, { title: "Filters over colours" }),
  },
  crowd: {
    figure: plot.activations(conv2d(image.photo("cat"), random([5, 5, 3, 32])), {
      title: "Many maps",
      limit: 24,
    }),
  },
  kernel: { figure: plot.kernel(filters.gaussian(1.2, 7), { title: "A kernel" }) },
  receptiveField: {
    figure: plot.receptiveField(image.photo("cat"), fields, { title: "What a unit sees" }),
  },
  costs: {
    figure: plot.costs(network.summary("A"), { title: "VGG11, layer by layer" }),
  },
  live: { figure: trained().figure(), axes: ["step", "loss"] },
  confusion: {
    figure: plot.confusion(
      array([
        [40, 8, 2],
        [5, 41, 4],
        [0, 1, 49],
      ]),
      { title: "Three animals", classes: ["cat", "dog", "airplane"] },
    ),
    axes: ["answer", "truth"],
  },
  tenClasses: {
    figure: plot.confusion(tenClasses, { title: "Ten digits" }),
    axes: ["answer", "truth"],
  },
  classActivation: {
    figure: plot.classActivation(
      image.photo("cat"),
      fromFunction([7, 7], (y, x) => Math.exp(-((y! - 2) ** 2 + (x! - 3.5) ** 2) / 4)),
      { title: "Evidence for a cat" },
    ),
  },
  slide: { figure: plot.slide(toy, filters.sobelX(), { title: "Sobel" }) },
  digit: {
    figure: plot.slide(image.digit(7), filters.sobelY(), { title: "A seven", padding: "same" }),
  },
  pool: { figure: plot.pool(toy, 2, { title: "Pooling" }) },
  row: {
    figure: plot.slide(array([0, 1, 3, 3, 1, 0, -2, 0]), array([1, 2, 1]), {
      title: "A row of numbers",
      padding: 1,
      at: [0, 3],
    }),
  },
  transposed: {
    figure: plot.slideTransposed(
      filters.fromMatrix([
        [1, 2],
        [3, 4],
      ]),
      filters.box(3),
      {
        title: "A transposed convolution",
        stride: 2,
        padding: 1,
        outputPadding: 1,
        at: [1, 0],
      },
    ),
  },
  explorer: { figure: plot.explorer({ n: 8, k: 3, stride: 2, padding: 1, title: "Places" }) },
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
