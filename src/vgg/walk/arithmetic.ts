/** The ledger's arithmetic, written out: for one layer, each formula with its numbers filled in. */
import { shapeText } from "../../array.js";
import { say, type Text } from "../../check/language.js";
import type { LedgerRow } from "../ledger.js";
import type { Summary } from "../summary.js";
import { grouped } from "../table.js";

/** A name, such as "weights", and what stands beside it. */
export interface ArithmeticLine {
  readonly name: string;
  readonly text: string;
}

const NAMES = {
  layer: { en: "layer", ko: "층" },
  comesIn: { en: "comes in", ko: "들어오는 것" },
  comesOut: { en: "comes out", ko: "나가는 것" },
  weights: { en: "weights", ko: "가중치" },
  biases: { en: "biases", ko: "편향" },
  work: { en: "work", ko: "곱셈-덧셈" },
  memory: { en: "memory", ko: "메모리" },
  window: { en: "window", ko: "창" },
} as const satisfies Record<string, Text>;

const KINDS: Readonly<Record<LedgerRow["kind"], Text>> = {
  input: { en: "the picture", ko: "사진" },
  conv: { en: "convolution {k}×{k}", ko: "합성곱 {k}×{k}" },
  maxpool: { en: "max pooling 2×2", ko: "최대 풀링 2×2" },
  lrn: { en: "normalisation", ko: "정규화" },
  gap: { en: "global average", ko: "전역 평균" },
  fc: { en: "fully connected", ko: "완전 연결" },
  softmax: { en: "softmax", ko: "소프트맥스" },
};

const product = (factors: readonly number[]): string => factors.map(grouped).join("·");

/** Side of the kernel of the convolution in row `index`; 0 for any other layer. */
function kernelOf({ config }: Summary, index: number): number {
  const layer = config.layers[index - 1];
  return layer?.kind === "conv" ? layer.kernel : 0;
}

/** The lines of row `index` of a ledger (0 is the input): shapes, weights, work, memory, receptive field. */
export function arithmetic(summary: Summary, index: number): ArithmeticLine[] {
  const row = summary.rows[index]!;
  const before = summary.rows[index - 1];
  const k = kernelOf(summary, index);
  const line = (name: keyof typeof NAMES, text: string): ArithmeticLine => ({
    name: say(NAMES[name]),
    text,
  });
  const kind = say(KINDS[row.kind], { k: String(k) });
  return [
    line("layer", row.kind === "input" ? kind : `${row.name}, ${kind}`),
    line("comesIn", before ? shapeText(before.shape) : "–"),
    line("comesOut", shapeText(row.shape)),
    line("weights", weightsText(row, before, k)),
    line("biases", grouped(row.biases)),
    line("work", workText(row)),
    line("memory", `4·${product(row.shape)} = ${grouped(row.memoryBytes)} B`),
    line("window", windowText(row, before, k)),
  ];
}

function weightsText(row: LedgerRow, before: LedgerRow | undefined, k: number): string {
  if (row.weights === 0 || before === undefined) return "0";
  const factors =
    row.kind === "conv"
      ? [k, k, before.shape[2]!, row.shape[2]!]
      : [...before.shape, row.shape[0]!];
  return `${product(factors)} = ${grouped(row.weights)}`;
}

function workText(row: LedgerRow): string {
  if (row.kind !== "conv") return grouped(row.macs);
  const [height, width] = row.shape as [number, number];
  return `${product([height, width, row.weights])} = ${grouped(row.macs)}`;
}

/** The window before, plus (kernel − 1) steps of the distance between neighbours. */
function windowText(row: LedgerRow, before: LedgerRow | undefined, k: number): string {
  if (before === undefined) return "1";
  const grown = row.receptiveField - before.receptiveField;
  if (grown === 0) return `${row.receptiveField}`;
  const steps = stepsOf(row, before, k);
  return `${before.receptiveField} + ${steps}·${grown / steps} = ${row.receptiveField}`;
}

function stepsOf(row: LedgerRow, before: LedgerRow, k: number): number {
  if (row.kind === "conv") return k - 1;
  if (row.kind === "maxpool") return 1;
  return Math.max(before.shape[0]!, before.shape[1]!) - 1;
}
