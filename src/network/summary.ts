/** The ledger of any network with its totals, as a value that shows itself. */

import { shapeText } from "../array.js";
import { cameText } from "../came.js";
import { say } from "../check/language.js";
import { ArgumentError } from "../errors.js";
import { hasWeights } from "./count.js";
import { type DescribeOptions, describe } from "./describe.js";
import type { LayerSpec, NetworkSpec } from "./layers.js";
import { type LedgerRow, ledger } from "./ledger.js";
import { type Memory, type MemoryOptions, memoryOf } from "./memory.js";
import { type NetworkSource, networkOf } from "./source.js";
import { steps } from "./steps.js";
import { grouped, Shown, type Table } from "./table.js";
import { bytesInWords, inWords, viewText } from "./words.js";

/** Sums over the layers of a network. */
export interface Totals {
  readonly weights: number;
  readonly biases: number;
  /** weights + biases: the number that is quoted for a network. */
  readonly parameters: number;
  /** Running means and variances: kept, not learned, not among the parameters. */
  readonly buffers: number;
  /** Multiply-accumulates for one picture. */
  readonly macs: number;
  /** Numbers in all outputs, the input included. */
  readonly values: number;
  /** Bytes of all outputs, the input included, in 32-bit floats. */
  readonly memoryBytes: number;
  /** Bytes that training keeps for the gradients of one picture. */
  readonly keptBytes: number;
  /** Bytes of all parameters in 32-bit floats. */
  readonly parameterBytes: number;
  /** Layers with weights, all branches counted. */
  readonly weightLayers: number;
  /** Layers with weights on the longest way: the number in a name such as VGG16 or ResNet-18. */
  readonly depth: number;
}

/** A network's ledger. As the last value of a cell it shows itself as a table; `String(summary)` is the text table. */
export class NetworkSummary extends Shown {
  readonly name: string;
  readonly network: NetworkSpec;
  /** One row a layer, the input first. */
  readonly rows: readonly LedgerRow[];
  readonly totals: Totals;

  constructor(of: NetworkSpec) {
    super();
    const network = networkOf(of);
    this.name = network.name;
    this.network = network;
    this.rows = ledger(network);
    this.totals = totalsOf(network, this.rows);
  }

  /**
   * The row of a layer.
   *
   * @param name such as `"conv1"`, or its place from 1; `"input"` for the input.
   * @throws {ArgumentError} when there is no such layer, with the names there are.
   */
  row(name: string | number): LedgerRow {
    const found =
      this.rows.find((row) => row.name === name) ??
      this.rows.find((row) => row.place === String(name));
    if (found !== undefined) return found;
    throw new ArgumentError(
      `There is no layer ${cameText(name)} in ${this.name}; the layers are ${this.rows.map((row) => row.name).join(", ")}.`,
    );
  }

  /**
   * The memory that the network asks for, predicting and learning.
   *
   * @throws {ArgumentError} when the batch is no whole number of at least 1, or there is no such optimiser.
   */
  memory(options: MemoryOptions = {}): Memory {
    return memoryOf(this.network, options);
  }

  protected table(): Table {
    const { totals } = this;
    return {
      name: this.name,
      sentence: sentence(totals),
      headings: [
        say({ en: "layer", ko: "층" }),
        say({ en: "kind", ko: "종류" }),
        say({ en: "output", ko: "출력" }),
        say({ en: "weights", ko: "가중치" }),
        say({ en: "biases", ko: "편향" }),
        say({ en: "multiply-adds", ko: "곱셈-덧셈" }),
        say({ en: "memory (bytes)", ko: "메모리 (바이트)" }),
        say({ en: "kept to train", ko: "학습용 보관" }),
        say({ en: "receptive field", ko: "수용 영역" }),
      ],
      words: 3,
      rows: this.rows.map((row) => [
        row.name,
        row.text,
        shapeText(row.shape),
        ...[row.weights, row.biases, row.macs, row.memoryBytes, row.keptBytes].map(grouped),
        viewText(row.view),
      ]),
      foot: [
        say({ en: "total", ko: "합계" }),
        "",
        "",
        ...[totals.weights, totals.biases, totals.macs, totals.memoryBytes, totals.keptBytes].map(
          grouped,
        ),
        "",
      ],
      mark: "convlab-ledger",
    };
  }
}

function sentence(totals: Totals): string {
  const { parameters, parameterBytes, weightLayers, macs, buffers } = totals;
  const said = say(
    {
      en: "{layers} layers with weights, {parameters} parameters ({bytes} in 32-bit floats), {macs} multiply-adds for one image.",
      ko: "가중치가 있는 층 {layers}개, 매개변수 {parameters}개 (32비트 실수로 {bytes}), 영상 한 장에 곱셈-덧셈 {macs}.",
    },
    {
      layers: String(weightLayers),
      parameters: grouped(parameters),
      bytes: bytesInWords(parameterBytes),
      macs: inWords(macs),
    },
  );
  if (buffers === 0) return said;
  const kept = say(
    {
      en: " Beside them {buffers} running means and variances, which are kept but not learned.",
      ko: " 그 밖에 이동 평균과 분산 {buffers}개는 보관되지만 학습되지 않는다.",
    },
    { buffers: grouped(buffers) },
  );
  return said + kept;
}

/**
 * The ledger of any network: for each layer the output's shape, weights, biases, multiply-adds, memory, what training
 * keeps, and receptive field; and the totals.
 *
 * @param of a network from `network.describe`, one from `vgg.parse`, or a VGG-style line such as `"D"`; or the shape
 * H×W×C of a picture, followed by the layers.
 * @throws {ArgumentError} when the line can't be read, or layers come for a network that has its own.
 * @throws {ShapeError} when a layer can't take what reaches it.
 * @example network.summary("D").totals.parameters // → 138357544
 * @example network.summary([28, 28, 1], [train.conv(6, 5), train.relu()]).totals.macs // → 86400
 */
export function summary(
  of: NetworkSource | readonly [height: number, width: number, channels: number],
  layers: readonly LayerSpec[] = [],
  options: DescribeOptions = {},
): NetworkSummary {
  if (isShape(of)) return new NetworkSummary(describe(of, layers, options));
  if (layers.length > 0) {
    throw new ArgumentError(
      "A network that is described already has its layers: network.summary(network), or network.summary([28, 28, 1], layers).",
    );
  }
  return new NetworkSummary(networkOf(of));
}

function isShape(
  of: NetworkSource | readonly [number, number, number],
): of is readonly [number, number, number] {
  return Array.isArray(of) && of.every((size) => typeof size === "number");
}

function totalsOf(network: NetworkSpec, rows: readonly LedgerRow[]): Totals {
  const sum = (value: (row: LedgerRow) => number): number =>
    rows.reduce((total, row) => total + value(row), 0);
  const walk = steps(network);
  const parameters = sum((row) => row.parameters);
  return {
    weights: sum((row) => row.weights),
    biases: sum((row) => row.biases),
    parameters,
    buffers: sum((row) => row.buffers),
    macs: sum((row) => row.macs),
    values: sum((row) => row.values),
    memoryBytes: sum((row) => row.memoryBytes),
    keptBytes: sum((row) => row.keptBytes),
    parameterBytes: parameters * 4,
    weightLayers: walk.filter(({ layer }) => hasWeights(layer)).length,
    depth: walk.at(-1)?.output.depth ?? 0,
  };
}
