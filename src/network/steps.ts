/** A walk through a network, layer by layer, into and out of its residual blocks. */
import type { Link } from "./axis.js";
import { hasWeights } from "./count.js";
import type { LayerSpec, NetworkSpec, ResidualSpec } from "./layers.js";
import { layerNames } from "./names.js";
import { outputShape, type Shape } from "./shapes.js";
import { slides, spreadOf, walksOf } from "./windows.js";

/** The values between two layers. */
export interface Tensor {
  readonly shape: Shape;
  /** What lies between the input and these values, for the rows and for the columns. */
  readonly links: readonly [rows: readonly Link[], columns: readonly Link[]];
  /** Rows and columns that the values still stand in: kept by `flatten`, 1×1 once a layer has read the whole map. */
  readonly extent: readonly [rows: number, columns: number];
  /** Layers with weights on the longest way from the input. */
  readonly depth: number;
  /** Where the values lie in memory: the same for a tensor and what `flatten` makes of it. */
  readonly memory: object;
}

/** One layer at work. A residual block gives the steps of its branches, then one of its own for the sum. */
export interface Step {
  readonly name: string;
  /** 1 for the first layer, 4.2 for the second inside the block at place 4. */
  readonly place: string;
  readonly layer: LayerSpec;
  /** One tensor; for the sum of a residual block, those that are added. */
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  /** Other values that must stay, since a surrounding block reads them later. */
  readonly held: readonly Tensor[];
}

/** The tensor that enters a network. */
export function inputTensor({ input }: NetworkSpec): Tensor {
  return { shape: [...input], links: [[], []], extent: [input[0], input[1]], depth: 0, memory: {} };
}

/**
 * All steps of a network in the order of work.
 *
 * @throws {ShapeError} when a layer can't take what reaches it.
 */
export function steps(network: NetworkSpec, input: Tensor = inputTensor(network)): Step[] {
  const found: Step[] = [];
  along(network.layers, input, { names: "", places: "", held: [] }, found);
  return found;
}

interface Inside {
  /** Stands before the names, such as `residual1.`. */
  readonly names: string;
  readonly places: string;
  readonly held: readonly Tensor[];
}

function along(layers: readonly LayerSpec[], input: Tensor, inside: Inside, found: Step[]): Tensor {
  const own = layerNames(layers);
  let tensor = input;
  for (const [index, layer] of layers.entries()) {
    const name = `${inside.names}${own[index]}`;
    const place = `${inside.places}${index + 1}`;
    // Checks a residual block whole before its layers are walked.
    const shape = outputShape(layer, tensor.shape, place);
    if (layer.kind === "residual") {
      tensor = residual(layer, tensor, { names: name, places: place, held: inside.held }, found);
      continue;
    }
    const output = after(layer, tensor, shape);
    found.push({ name, place, layer, inputs: [tensor], output, held: inside.held });
    tensor = output;
  }
  return tensor;
}

function residual(layer: ResidualSpec, input: Tensor, inside: Inside, found: Step[]): Tensor {
  const { names, places, held } = inside;
  const branch = (layers: readonly LayerSpec[], mark: string, more: Tensor): Tensor => {
    const within = {
      names: `${names}.${mark}`,
      places: `${places}.${mark}`,
      held: [...held, more],
    };
    return along(layers, input, within, found);
  };
  const main = branch(layer.layers, "", input);
  const shortcut =
    layer.shortcut === undefined ? undefined : branch(layer.shortcut, "shortcut.", main);
  const sum = (axis: 0 | 1): Link[] => {
    const before = input.links[axis];
    const own = (end: Tensor): Link[] => end.links[axis].slice(before.length);
    return [...before, { kind: "sum", branches: [own(main), own(shortcut ?? input)] }];
  };
  const output: Tensor = {
    shape: main.shape,
    links: [sum(0), sum(1)],
    extent: main.extent,
    depth: Math.max(main.depth, shortcut?.depth ?? input.depth),
    memory: {},
  };
  const inputs = [main, shortcut ?? input];
  found.push({ name: names, place: places, layer, inputs, output, held });
  return output;
}

function after(layer: LayerSpec, input: Tensor, shape: Shape): Tensor {
  const [rows, columns] = linksOf(layer, input);
  const { links, extent } = input;
  return {
    shape,
    links: [
      rows === undefined ? links[0] : [...links[0], rows],
      columns === undefined ? links[1] : [...links[1], columns],
    ],
    extent: [outOf(rows, extent[0]), outOf(columns, extent[1])],
    depth: input.depth + (hasWeights(layer) ? 1 : 0),
    memory: layer.kind === "flatten" ? input.memory : {},
  };
}

function outOf(link: Link | undefined, extent: number): number {
  return link === undefined || link.kind === "sum" ? extent : link.out;
}

/** The links that a layer adds; none where each unit sees just the place that it stands at. */
function linksOf(layer: LayerSpec, input: Tensor): [Link?, Link?] {
  if (slides(layer)) {
    const { rows, columns } = walksOf(layer, input.shape);
    return [
      { kind: "window", ...rows },
      { kind: "window", ...columns },
    ];
  }
  switch (layer.kind) {
    case "transposedConv": {
      const { rows, columns } = spreadOf(layer, input.shape);
      return [
        { kind: "spread", ...rows },
        { kind: "spread", ...columns },
      ];
    }
    case "upsample":
      return [repeated(input.extent[0], layer.factor), repeated(input.extent[1], layer.factor)];
    case "dense":
    case "globalAvgPool":
    case "globalMaxPool":
      return [whole(input.extent[0]), whole(input.extent[1])];
    default:
      return [];
  }
}

/** Each pixel `factor` times: a transposed window as wide as its stride. */
function repeated(n: number, factor: number): Link {
  return { kind: "spread", n, k: factor, stride: factor, dilation: 1, before: 0, out: n * factor };
}

/** A unit that reads all of a map is a window of the map's size. */
function whole(n: number): Link {
  return { kind: "window", n, k: n, stride: 1, dilation: 1, before: 0, out: 1 };
}
