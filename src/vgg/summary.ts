/** The ledger of a network with its totals, as a value that shows itself. */
import { ArgumentError } from "../errors.js";
import { Shown, type Table } from "../network/table.js";
import { type ConfigName, configOf } from "./config.js";
import type { Config } from "./layers.js";
import { type LedgerRow, ledger } from "./ledger.js";
import { ledgerTable } from "./table.js";

/** Sums over the layers of a network. */
export interface Totals {
  readonly weights: number;
  readonly biases: number;
  /** weights + biases: the number that is quoted for a network. */
  readonly parameters: number;
  /** Parameters of the convolutions. */
  readonly convParameters: number;
  /** Parameters of the fully connected layers. */
  readonly fcParameters: number;
  /** Multiply-accumulate operations for one image. */
  readonly macs: number;
  readonly convMacs: number;
  readonly fcMacs: number;
  /** Numbers in all outputs, the input included. */
  readonly values: number;
  /** Bytes of all outputs, the input included, in 32-bit floats. */
  readonly memoryBytes: number;
  /** Bytes of all parameters in 32-bit floats: what a weight file holds. */
  readonly parameterBytes: number;
  /** Layers with weights: the number in a name such as VGG16. */
  readonly weightLayers: number;
}

/** A network's ledger. As the last value of a cell it shows itself as a table; `String(summary)` is the text table. */
export class Summary extends Shown {
  /** What the table is called, such as "VGG D". */
  readonly name: string;
  readonly config: Config;
  /** One row a layer, the input first. */
  readonly rows: readonly LedgerRow[];
  readonly totals: Totals;

  constructor(of: Config) {
    super();
    this.config = configOf(of);
    this.name = this.config.name;
    this.rows = ledger(this.config);
    this.totals = totals(this.rows);
  }

  /**
   * The row of a layer.
   *
   * @param name such as "conv1_1", "pool5" or "fc1".
   * @throws {ArgumentError} when there is no such layer, with the names there are.
   */
  row(name: string): LedgerRow {
    const found = this.rows.find((row) => row.name === name);
    if (found !== undefined) return found;
    throw new ArgumentError(
      `There is no layer "${name}" in ${this.name}; the layers are ${this.rows.map((row) => row.name).join(", ")}.`,
    );
  }

  protected table(): Table {
    return ledgerTable(this.name, this.rows, this.totals);
  }
}

/**
 * The ledger of a network: for each layer the output shape, weights, biases, multiply-accumulates, memory of the
 * output and receptive field; and the totals.
 *
 * @param of a column of the paper's table, such as `"D"`, or a network from {@link parse}.
 * @throws {ArgumentError} when the paper has no such column.
 * @throws {ShapeError} when the input is too small for the network.
 * @example vgg.summary("D").totals.parameters // → 138357544
 */
export function summary(of: ConfigName | Config): Summary {
  return new Summary(configOf(of));
}

function totals(rows: readonly LedgerRow[]): Totals {
  const sum = (value: (row: LedgerRow) => number, kind?: LedgerRow["kind"]): number =>
    rows.reduce((total, row) => total + (kind && row.kind !== kind ? 0 : value(row)), 0);
  const parameters = sum((row) => row.parameters);
  return {
    weights: sum((row) => row.weights),
    biases: sum((row) => row.biases),
    parameters,
    convParameters: sum((row) => row.parameters, "conv"),
    fcParameters: sum((row) => row.parameters, "fc"),
    macs: sum((row) => row.macs),
    convMacs: sum((row) => row.macs, "conv"),
    fcMacs: sum((row) => row.macs, "fc"),
    values: sum((row) => row.values),
    memoryBytes: sum((row) => row.memoryBytes),
    parameterBytes: parameters * 4,
    weightLayers: rows.filter((row) => row.weights > 0).length,
  };
}
