/** The ledger of a network: for each layer, what goes in, what comes out, what it stores, computes and sees. */
import { type AxisView, viewOf } from "./axis.js";
import { count, valuesIn } from "./count.js";
import type { LayerSpec, NetworkSpec } from "./layers.js";
import { keptValues, passes } from "./memory.js";
import { inputTensor, type Step, steps, type Tensor } from "./steps.js";
import { layerText } from "./words.js";

/** Bytes of a 32-bit float. */
export const bytesPerFloat = 4;

/** One line of the ledger. */
export interface LedgerRow {
  /** The layer's own name, or its kind and number: `conv2`, `residual1.conv1` inside a block, `residual1` for its sum. */
  readonly name: string;
  /** 1 for the first layer, 4.2 for the second inside the block at place 4, 0 for the input. */
  readonly place: string;
  readonly kind: "input" | LayerSpec["kind"];
  /** The layer in a few signs, such as `conv 3×3 → 64`. */
  readonly text: string;
  /** Shape of the output for one picture: H×W×C, or one length. */
  readonly shape: readonly number[];
  /** Multipliers that are learned (a batch normalisation's scales count). */
  readonly weights: number;
  /** Summands that are learned (a batch normalisation's shifts count). */
  readonly biases: number;
  /** weights + biases. */
  readonly parameters: number;
  /** Kept but not learned: running means and variances. */
  readonly buffers: number;
  /** Multiply-accumulates for one picture; biases, activations, poolings and normalisations are not counted. */
  readonly macs: number;
  /** Numbers in the output. */
  readonly values: number;
  /**
   * Bytes of the output in 32-bit floats while predicting: 0 for `flatten` and `dropout`, which pass their input on. An
   * activation's output counts beside that of the layer before it; `vgg.summary` counts the two once.
   */
  readonly memoryBytes: number;
  /** Bytes that training keeps for this layer's gradient, for one picture, and that no layer before it kept. */
  readonly keptBytes: number;
  /** What a unit sees along each axis. */
  readonly view: { readonly rows: AxisView; readonly columns: AxisView };
  /** Side of the square that a unit sees, in input pixels, borders not cut off; the longer side where they differ. */
  readonly receptiveField: number;
}

/**
 * Walks through a network and writes one row a layer, the input first. A residual block gives a row for each of its
 * layers and one for the sum.
 *
 * @throws {ShapeError} when a layer can't take what reaches it.
 */
export function ledger(network: NetworkSpec): LedgerRow[] {
  const input = inputTensor(network);
  const none = { weights: 0, biases: 0, buffers: 0, macs: 0 };
  const first = row(
    { name: "input", place: "0", kind: "input", text: "input" },
    input,
    none,
    valuesIn(input.shape),
    0,
  );
  const walk = steps(network, input);
  const kept = keptValues(walk);
  return [first, ...walk.map((step, index) => rowOf(step, kept[index]!))];
}

function rowOf(step: Step, kept: number): LedgerRow {
  const { name, place, layer, inputs, output } = step;
  return row(
    { name, place, kind: layer.kind, text: layerText(layer) },
    output,
    count(layer, inputs[0]!.shape, output.shape),
    passes(layer) ? 0 : valuesIn(output.shape),
    kept,
  );
}

function row(
  named: Pick<LedgerRow, "name" | "place" | "kind" | "text">,
  { shape, links }: Tensor,
  counted: Pick<LedgerRow, "weights" | "biases" | "buffers" | "macs">,
  written: number,
  kept: number,
): LedgerRow {
  const view = { rows: viewOf(links[0]), columns: viewOf(links[1]) };
  return {
    ...named,
    shape: [...shape],
    ...counted,
    parameters: counted.weights + counted.biases,
    values: valuesIn(shape),
    memoryBytes: written * bytesPerFloat,
    keptBytes: kept * bytesPerFloat,
    view,
    receptiveField: Math.max(view.rows.size, view.columns.size),
  };
}
