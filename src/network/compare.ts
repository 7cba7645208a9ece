/** Networks beside each other: what each stores, computes, holds and sees. */
import { cameText } from "../came.js";
import { say } from "../check/language.js";
import { ArgumentError } from "../errors.js";
import { memoryOf } from "./memory.js";
import { type NetworkSource, networkOf } from "./source.js";
import { summary } from "./summary.js";
import { grouped, Shown, type Table } from "./table.js";
import { viewText } from "./words.js";

/** The numbers of one network. */
export interface ComparedNetwork {
  readonly name: string;
  /** Layers with weights on the longest way from the picture to the answer. */
  readonly depth: number;
  readonly parameters: number;
  /** Multiply-accumulates for one picture. */
  readonly macs: number;
  /** Bytes of all outputs, the input included. */
  readonly memoryBytes: number;
  /** Bytes alive at once while predicting, parameters not counted. */
  readonly peakBytes: number;
  /** Side of the square that a unit of the last map sees. */
  readonly receptiveField: number;
  /** The same as text, such as `5×5`. */
  readonly sees: string;
}

/** Counts that can be set in relation. */
export type Measure =
  | "depth"
  | "parameters"
  | "macs"
  | "memoryBytes"
  | "peakBytes"
  | "receptiveField";

/** Networks beside each other; as the last value of a cell it shows itself as a table. */
export class Comparison extends Shown {
  readonly networks: readonly ComparedNetwork[];

  constructor(sources: readonly NetworkSource[]) {
    super();
    if (!Array.isArray(sources) || sources.length === 0) {
      const came: unknown = sources;
      throw new ArgumentError(
        `compare takes a list of networks, such as network.compare(["A", "D"]); got ${Array.isArray(came) ? "an empty one" : cameText(came)}.`,
      );
    }
    this.networks = sources.map(numbersOf);
  }

  /**
   * How many times the first network's number each network has: `[1, 0.72]` for two of 100 and 72.
   *
   * @throws {ArgumentError} when it is none of these counts.
   * @example network.compare(["16 16 M", "conv5-16 M"]).ratios("receptiveField") // → [1, 1]
   */
  ratios(measure: Measure): number[] {
    const first: unknown = this.networks[0]![measure];
    if (typeof first !== "number") {
      throw new ArgumentError(
        `What is compared is depth, parameters, macs, memoryBytes, peakBytes or receptiveField; got ${cameText(measure)}.`,
      );
    }
    return this.networks.map((one) => one[measure] / first);
  }

  protected table(): Table {
    const counts: Measure[] = ["parameters", "macs", "memoryBytes", "peakBytes"];
    const ratios = counts.map((measure) => this.ratios(measure));
    return {
      name: say({ en: "Comparison", ko: "비교" }),
      sentence: say({
        en: "In brackets, how many times the number of the first network.",
        ko: "괄호 안은 첫 신경망의 몇 배인지를 뜻한다.",
      }),
      headings: [
        say({ en: "network", ko: "신경망" }),
        say({ en: "depth", ko: "깊이" }),
        say({ en: "parameters", ko: "매개변수" }),
        say({ en: "multiply-adds", ko: "곱셈-덧셈" }),
        say({ en: "outputs (bytes)", ko: "출력 (바이트)" }),
        say({ en: "alive at once (bytes)", ko: "동시에 필요한 메모리 (바이트)" }),
        say({ en: "receptive field of the last map", ko: "마지막 특징 지도의 수용 영역" }),
      ],
      words: 1,
      rows: this.networks.map((one, index) => [
        one.name,
        String(one.depth),
        ...counts.map((measure, at) => withRatio(one[measure], ratios[at]![index]!)),
        one.sees,
      ]),
      mark: "convlab-comparison",
    };
  }
}

function withRatio(count: number, ratio: number): string {
  if (!Number.isFinite(ratio)) return grouped(count);
  const short = Number(ratio.toPrecision(3));
  // Below a millionth, JavaScript would write 8.43e-7.
  const tiny = short > 0 && short < 1e-6;
  const text = tiny ? short.toFixed(2 - Math.floor(Math.log10(short))) : grouped(short);
  return `${grouped(count)} (${text}×)`;
}

function numbersOf(source: NetworkSource): ComparedNetwork {
  const spec = networkOf(source);
  const { name, rows, totals } = summary(spec);
  const map = rows.findLast((row) => row.shape.length === 3)!;
  return {
    name,
    depth: totals.depth,
    parameters: totals.parameters,
    macs: totals.macs,
    memoryBytes: totals.memoryBytes,
    peakBytes: memoryOf(spec).prediction.peak,
    receptiveField: map.receptiveField,
    sees: viewText(map.view),
  };
}

/**
 * Networks beside each other: depth, parameters, multiply-adds, memory and the receptive field of the last map, each
 * also as a multiple of the first network's.
 *
 * @param sources networks, or VGG-style lines such as `"A"` or `"64 64 M"`.
 * @throws {ArgumentError} when none came, or a line can't be read.
 * @throws {ShapeError} when a network can't exist.
 * @example network.compare(["A", "D"]).networks[1]?.receptiveField // → 212
 */
export function compare(sources: readonly NetworkSource[]): Comparison {
  return new Comparison(sources);
}
