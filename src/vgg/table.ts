/** The ledger as a table, in plain text and in HTML. */
import { shapeText } from "../array.js";
import type { LedgerRow } from "./ledger.js";
import type { Totals } from "./summary.js";

const headings = [
  "layer",
  "output",
  "weights",
  "biases",
  "multiply-adds",
  "memory (bytes)",
  "receptive field",
];

/** Digits in groups of three, the same in every language setting. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

function cells(row: LedgerRow): string[] {
  return [
    row.name,
    shapeText(row.shape),
    grouped(row.weights),
    grouped(row.biases),
    grouped(row.macs),
    grouped(row.memoryBytes),
    `${row.receptiveField}×${row.receptiveField}`,
  ];
}

function totalCells(totals: Totals): string[] {
  const { weights, biases, macs, memoryBytes } = totals;
  return ["total", "", grouped(weights), grouped(biases), grouped(macs), grouped(memoryBytes), ""];
}

/** The sentence under the table, also its description for readers who hear it. */
function sentence(totals: Totals): string {
  const { parameters, parameterBytes, weightLayers, macs } = totals;
  const megabytes = (parameterBytes / 1e6).toFixed(1);
  const mebibytes = (parameterBytes / 2 ** 20).toFixed(1);
  return `${weightLayers} layers with weights, ${grouped(parameters)} parameters (${megabytes} MB = ${mebibytes} MiB in 32-bit floats), ${(macs / 1e9).toFixed(3)} billion multiply-adds for one image.`;
}

/** The ledger in plain text, numbers aligned to the right. */
export function textTable(name: string, rows: readonly LedgerRow[], totals: Totals): string {
  const body = rows.map(cells);
  const table = [headings, ...body, totalCells(totals)];
  const widths = headings.map((_, column) =>
    Math.max(...table.map((line) => line[column]!.length)),
  );
  const format = (line: readonly string[]): string =>
    line
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [
    name,
    format(headings),
    rule,
    ...body.map(format),
    rule,
    format(totalCells(totals)),
    sentence(totals),
  ].join("\n");
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** The ledger in HTML: a caption that says it in a sentence, and headings that a screen reader can follow. */
export function htmlTable(name: string, rows: readonly LedgerRow[], totals: Totals): string {
  const right = ' style="text-align:right"';
  const left = ' style="text-align:left"';
  const line = ([first, ...rest]: readonly string[]): string =>
    `<tr><th scope="row"${left}>${escaped(first!)}</th>${rest
      .map((cell, column) => `<td${column === 0 ? left : right}>${cell}</td>`)
      .join("")}</tr>`;
  const head = headings
    .map((text, column) => `<th scope="col"${column < 2 ? left : right}>${text}</th>`)
    .join("");
  return [
    '<table class="convlab-ledger">',
    `<caption style="text-align:left"><strong>${escaped(name)}</strong>: ${sentence(totals)}</caption>`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>${rows.map((row) => line(cells(row))).join("\n")}</tbody>`,
    `<tfoot>${line(totalCells(totals))}</tfoot>`,
    "</table>",
  ].join("\n");
}
