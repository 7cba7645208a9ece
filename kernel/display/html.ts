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
  /** Numbers stand at the right. */
  isNumber: boolean;
}

/**
 * A table; the first column names the rows.
 * @param caption said below the table, as how many rows were left out
 */
export function tableHtml(
  headings: readonly string[],
  rows: readonly (readonly TableCell[])[],
  caption?: string,
): string {
  const head = headings.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map(cellHtml).join("")}</tr>`).join("\n");
  const below = caption === undefined ? "" : `\n<p><small>${escapeHtml(caption)}</small></p>`;
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>${below}`;
}

function cellHtml({ text, isNumber }: TableCell, column: number): string {
  const content = escapeHtml(text);
  if (column === 0) return `<th scope="row">${content}</th>`;
  return `<td style="text-align:${isNumber ? "right" : "left"}">${content}</td>`;
}
