/** What locality saves and what sharing saves: one layer, connected in three ways. */
import { shapeText } from "../array.js";
import { say } from "../check/language.js";
import { ArgumentError } from "../errors.js";
import { count, valuesIn } from "./count.js";
import type { ConvSpec } from "./layers.js";
import { outputShape, type Shape } from "./shapes.js";
import { grouped, Shown, type Table } from "./table.js";

/** Weights and work of one way to connect a layer; biases are not counted. */
export interface Connection {
  readonly weights: number;
  readonly macs: number;
}

/** One layer, connected in three ways; as the last value of a cell it shows itself as a table. */
export class LayerKinds extends Shown {
  readonly input: Shape;
  readonly output: Shape;
  /** Every output reads every input with weights of its own. */
  readonly fullyConnected: Connection;
  /** Every output reads its window, with weights of its own. */
  readonly locallyConnected: Connection;
  /** Every output reads its window, all with the same weights. */
  readonly convolution: Connection;
  /** How many times fewer weights, and as many times fewer multiply-adds, a window of its own needs. */
  readonly locality: number;
  /** How many times fewer weights sharing needs: the number of places. The work stays. */
  readonly sharing: number;

  constructor(layer: ConvSpec, input: Shape) {
    super();
    this.input = [...input];
    this.output = outputShape(layer, input);
    const { weights, macs } = count(layer, input, this.output);
    const all = valuesIn(input) * valuesIn(this.output);
    this.fullyConnected = { weights: all, macs: all };
    this.locallyConnected = { weights: macs, macs };
    this.convolution = { weights, macs };
    this.locality = all / macs;
    this.sharing = macs / weights;
  }

  protected table(): Table {
    const line = (name: string, { weights, macs }: Connection): string[] => [
      name,
      grouped(weights),
      grouped(macs),
    ];
    return {
      name: `${shapeText(this.input)} → ${shapeText(this.output)}`,
      sentence: say(
        {
          en: "Locality saves weights and work {locality} times, sharing saves weights another {sharing} times and no work.",
          ko: "국소 연결은 가중치와 연산을 {locality}배 줄이고, 공유는 가중치만 다시 {sharing}배 줄인다.",
        },
        {
          locality: grouped(Math.round(this.locality)),
          sharing: grouped(Math.round(this.sharing)),
        },
      ),
      headings: [
        say({ en: "layer", ko: "층" }),
        say({ en: "weights", ko: "가중치" }),
        say({ en: "multiply-adds", ko: "곱셈-덧셈" }),
      ],
      words: 1,
      rows: [
        line(say({ en: "fully connected", ko: "완전 연결" }), this.fullyConnected),
        line(say({ en: "locally connected", ko: "국소 연결" }), this.locallyConnected),
        line(say({ en: "convolution", ko: "합성곱" }), this.convolution),
      ],
      mark: "convlab-comparison",
    };
  }
}

/**
 * What a convolution's layer would store and compute if it were fully connected, or locally connected (a window with
 * weights of its own at every place): locality saves weights and work, sharing saves weights alone. Biases are not
 * counted.
 *
 * @param layer a convolution.
 * @param input H×W×C that it reads.
 * @throws {ShapeError} when the convolution does not fit.
 * @throws {ArgumentError} when it is no convolution.
 * @example network.layerKinds({ kind: "conv", filters: 64, kernel: 3, padding: "same" }, [224, 224, 3]).fullyConnected.weights // → 483385147392
 */
export function layerKinds(layer: ConvSpec, input: Shape): LayerKinds {
  outputShape(layer, input); // refuses what is no layer, or does not fit
  const { kind }: { readonly kind: string } = layer;
  if (kind !== "conv") {
    throw new ArgumentError(`layerKinds takes a convolution, such as conv(64, 3); got ${kind}.`);
  }
  return new LayerKinds(layer, input);
}
