/** Tables as HTML that takes its looks from the page around it, light or dark. Uses no Node API. */

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (one) => ENTITIES[one]!);
}

/** One cell of a table. */
export interface TableCell {
  text: string;
  isNumber: boolean;
}

/**
 * A table; the first column names the rows. Columns of numbers stand at the right.
 * @param note said below the table, as how many rows were left out
 */
export function tableHtml(
  headings: readonly string[],
  rows: readonly (readonly TableCell[])[],
  note?: string,
): string {
  const sides = headings.map((_, x) => (isNumeric(rows.map((row) => row[x]!)) ? "right" : "left"));
  const cell = (tag: string, scope: string, text: string, x: number) =>
    `<${tag}${scope} style="text-align:${sides[x]}">${escapeHtml(text)}</${tag}>`;
  const head = headings.map((text, x) => cell("th", ' scope="col"', text, x)).join("");
  const body = rows.map((row) => {
    const cells = row.map(({ text }, x) =>
      x === 0 ? cell("th", ' scope="row"', text, x) : cell("td", "", text, x),
    );
    return `<tr>${cells.join("")}</tr>`;
  });
  const below = note === undefined ? "" : `\n<p><small>${escapeHtml(note)}</small></p>`;
  const table = `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table>`;
  return table + below;
}

/** Whether a column holds numbers, and nothing else but gaps. */
function isNumeric(column: readonly TableCell[]): boolean {
  return (
    column.some((one) => one.isNumber) && column.every((one) => one.isNumber || one.text === "")
  );
}
