/** The ledger of a network: for each layer, what goes in, what comes out, what it stores and what it computes. */
import { shapeText } from "../array.js";
import { ShapeError } from "../errors.js";
import { ledger as networkLedger } from "../network/ledger.js";
import type { Config, Layer } from "./layers.js";
import { layerNames, networkLayers } from "./to-network.js";

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

/**
 * Walks through a network and writes one row a layer, the input first. The ReLU after each convolution has no row.
 *
 * The receptive field r and the jump j follow r ← r + (k − 1)·j, j ← j·s, from r = j = 1 (Araujo et al. 2019,
 * "Computing receptive fields of convolutional neural networks").
 *
 * @throws {ShapeError} when a map has become too small to be pooled.
 */
export function ledger(config: Config): LedgerRow[] {
  const { name, input } = config;
  refuseTooSmall(config);
  const rows = networkLedger({ name, input, layers: networkLayers(config.layers) });
  const kinds = ["input" as const, ...config.layers.map((layer) => layer.kind)];
  return rows
    .filter((row) => row.kind !== "relu")
    .map((row, index) => ({
      name: row.name,
      kind: kinds[index]!,
      shape: row.shape,
      weights: row.weights,
      biases: row.biases,
      parameters: row.parameters,
      macs: row.macs,
      values: row.values,
      memoryBytes: row.memoryBytes,
      receptiveField: row.receptiveField,
    }));
}

/** Only pooling makes a map of this notation smaller, by half: said in its words, before the walk. */
function refuseTooSmall({ input, layers }: Config): void {
  const names = layerNames(layers);
  let [h, w, channels] = input;
  for (const [index, layer] of layers.entries()) {
    if (layer.kind === "conv") channels = layer.filters;
    if (layer.kind !== "maxpool") continue;
    if (h < 2 || w < 2) {
      throw new ShapeError(
        `${names[index]} can't pool a map of ${shapeText([h, w, channels])} by 2×2. Take a larger input or one pooling less.`,
      );
    }
    h = Math.floor(h / 2);
    w = Math.floor(w / 2);
  }
}
