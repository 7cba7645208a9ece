/** The ledger of a VGG-style network as a table. */
import { shapeText } from "../array.js";
import { say } from "../check/language.js";
import { grouped, type Table } from "../network/table.js";
import type { LedgerRow } from "./ledger.js";
import type { Totals } from "./summary.js";

export { grouped };

/** The sentence under the table, also its description for readers who hear it. */
function sentence(totals: Totals): string {
  const { parameters, parameterBytes, weightLayers, macs } = totals;
  return say(
    {
      en: "{layers} layers with weights, {parameters} parameters ({mb} MB = {mib} MiB in 32-bit floats), {macs} billion multiply-adds for one image.",
      ko: "가중치가 있는 층 {layers}개, 매개변수 {parameters}개 (32비트 실수로 {mb} MB = {mib} MiB), 영상 한 장에 곱셈-덧셈 {macs}×10⁹번.",
    },
    {
      layers: String(weightLayers),
      parameters: grouped(parameters),
      mb: (parameterBytes / 1e6).toFixed(1),
      mib: (parameterBytes / 2 ** 20).toFixed(1),
      macs: (macs / 1e9).toFixed(3),
    },
  );
}

/** The ledger's table, in the reader's language. */
export function ledgerTable(name: string, rows: readonly LedgerRow[], totals: Totals): Table {
  const { weights, biases, macs, memoryBytes } = totals;
  return {
    name,
    sentence: sentence(totals),
    headings: [
      say({ en: "layer", ko: "층" }),
      say({ en: "output", ko: "출력" }),
      say({ en: "weights", ko: "가중치" }),
      say({ en: "biases", ko: "편향" }),
      say({ en: "multiply-adds", ko: "곱셈-덧셈" }),
      say({ en: "memory (bytes)", ko: "메모리 (바이트)" }),
      say({ en: "receptive field", ko: "수용 영역" }),
    ],
    words: 2,
    rows: rows.map((row) => [
      row.name,
      shapeText(row.shape),
      ...[row.weights, row.biases, row.macs, row.memoryBytes].map(grouped),
      `${row.receptiveField}×${row.receptiveField}`,
    ]),
    foot: [
      say({ en: "total", ko: "합계" }),
      "",
      ...[weights, biases, macs, memoryBytes].map(grouped),
      "",
    ],
    mark: "convlab-ledger",
  };
}
