/** The ledger of a network: for each layer, what goes in, what comes out, what it stores and what it computes. */
import { shapeText } from "../array.js";
import { ShapeError } from "../errors.js";
import { outputSize } from "../ops/geometry.js";
import type { Config, Layer } from "./layers.js";

/** One line of the ledger. */
export interface LedgerRow {
  /** conv2_1 is the first convolution of the second block; pool2 ends it. */
  readonly name: string;
  readonly kind: "input" | Layer["kind"];
  /** Output shape: H×W×C, or one length after the first fully connected layer or global average. */
  readonly shape: readonly number[];
  /** Multipliers stored, without biases: k·k·Cin·Cout, or inputs × outputs. */
  readonly weights: number;
  /** One for each output channel or unit. */
  readonly biases: number;
  /** weights + biases. */
  readonly parameters: number;
  /** Multiply-accumulate operations for one image; biases, activations and pooling are not counted. */
  readonly macs: number;
  /** Numbers in the output. */
  readonly values: number;
  /** Bytes of the output in 32-bit floats: 4 · values. */
  readonly memoryBytes: number;
  /**
   * Side, in input pixels, of the square that one output sees, borders not cut off. For a fully connected layer over
   * a map that is not square, the longer side.
   */
  readonly receptiveField: number;
}

/** Where the walk through the layers stands. */
interface State {
  shape: readonly number[];
  /** Input pixels between neighbouring outputs. */
  jump: number;
  receptiveField: number;
  block: number;
  /** Convolutions so far in this block. */
  convs: number;
  /** Fully connected layers so far. */
  fcs: number;
}

const bytesPerFloat = 4;

/**
 * Walks through a network and writes one row a layer, the input first.
 *
 * The receptive field r and the jump j follow r ← r + (k − 1)·j, j ← j·s, from r = j = 1 (Araujo et al. 2019,
 * "Computing receptive fields of convolutional neural networks").
 *
 * @throws {ShapeError} when a map has become too small to be pooled.
 */
export function ledger(config: Config): LedgerRow[] {
  const state: State = {
    shape: config.input,
    jump: 1,
    receptiveField: 1,
    block: 1,
    convs: 0,
    fcs: 0,
  };
  const rows = [row(state, "input", "input", 0, 0, 0)];
  for (const layer of config.layers) rows.push(step(state, layer));
  return rows;
}

function step(state: State, layer: Layer): LedgerRow {
  switch (layer.kind) {
    case "conv":
      return convolution(state, layer.kernel, layer.filters);
    case "maxpool":
      return maxPooling(state);
    case "lrn":
      return row(state, `lrn${state.block}`, "lrn", 0, 0, 0);
    case "softmax":
      return row(state, "softmax", "softmax", 0, 0, 0);
    case "gap":
      seeWholeMap(state);
      state.shape = [state.shape[2]!];
      return row(state, "gap", "gap", 0, 0, 0);
    case "fc":
      return fullyConnected(state, layer.units);
  }
}

function convolution(state: State, k: number, filters: number): LedgerRow {
  const [h, w, channels] = state.shape as [number, number, number];
  const weights = k * k * channels * filters;
  state.shape = [h, w, filters]; // stride 1 and `same` keep height and width
  state.receptiveField += (k - 1) * state.jump;
  state.convs++;
  return row(state, `conv${state.block}_${state.convs}`, "conv", weights, filters, weights * h * w);
}

function maxPooling(state: State): LedgerRow {
  const [h, w, channels] = state.shape as [number, number, number];
  const name = `pool${state.block}`;
  if (h < 2 || w < 2) {
    throw new ShapeError(
      `${name} can't pool a map of ${shapeText(state.shape)} by 2×2. Take a larger input or one pooling less.`,
    );
  }
  state.shape = [outputSize(h, 2, { stride: 2 }), outputSize(w, 2, { stride: 2 }), channels];
  state.receptiveField += state.jump;
  state.jump *= 2;
  state.block++;
  state.convs = 0;
  return row(state, name, "maxpool", 0, 0, 0);
}

function fullyConnected(state: State, units: number): LedgerRow {
  const inputs = count(state.shape);
  if (state.shape.length === 3) seeWholeMap(state);
  state.shape = [units];
  state.fcs++;
  const weights = inputs * units;
  return row(state, `fc${state.fcs}`, "fc", weights, units, weights);
}

/** A unit that reads the whole map is a convolution with a kernel of the map's size. */
function seeWholeMap(state: State): void {
  const [h, w] = state.shape as [number, number, number];
  state.receptiveField += (Math.max(h, w) - 1) * state.jump;
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function row(
  { shape, receptiveField }: State,
  name: string,
  kind: LedgerRow["kind"],
  weights: number,
  biases: number,
  macs: number,
): LedgerRow {
  const values = count(shape);
  return {
    name,
    kind,
    shape: [...shape],
    weights,
    biases,
    parameters: weights + biases,
    macs,
    values,
    memoryBytes: values * bytesPerFloat,
    receptiveField,
  };
}
