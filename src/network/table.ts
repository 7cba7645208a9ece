/** Tables of numbers, in plain text and in HTML. */

/** A table before it is drawn: every cell a text. */
export interface Table {
  /** What the table is called; bold in HTML, the first line in text. */
  readonly name: string;
  /** One sentence below the text, beside the name in HTML. */
  readonly sentence: string;
  readonly headings: readonly string[];
  /** How many columns from the left hold words: the others hold numbers, aligned to the right. */
  readonly words: number;
  readonly rows: readonly (readonly string[])[];
  /** Totals, below a rule. */
  readonly foot?: readonly string[];
  /** Class of the HTML table. */
  readonly mark: string;
}

/** Digits in groups of three, those behind the point as they are; the same in every language setting. */
export function grouped(value: number): string {
  const [whole = "", ...rest] = String(value).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
}

/** Columns that a text takes in a terminal: a Korean syllable takes two. */
function width(text: string): number {
  let columns = 0;
  for (const sign of text) columns += /[\u1100-\u115f\u2e80-\uffdc]/.test(sign) ? 2 : 1;
  return columns;
}

/** The table in plain text, numbers aligned to the right. */
export function tableText({ name, sentence, headings, words, rows, foot }: Table): string {
  const lines = [headings, ...rows, ...(foot === undefined ? [] : [foot])];
  const widths = headings.map((_, column) =>
    Math.max(...lines.map((line) => width(line[column]!))),
  );
  const format = (line: readonly string[]): string =>
    line
      .map((cell, column) => {
        const room = " ".repeat(widths[column]! - width(cell));
        return column < words ? cell + room : room + cell;
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((columns) => "─".repeat(columns)).join("  ");
  const end = foot === undefined ? [] : [rule, format(foot)];
  const said = sentence === "" ? [] : [sentence];
  return [name, format(headings), rule, ...rows.map(format), ...end, ...said].join("\n");
}

/** Text that stands in HTML as it is. */
export function escaped(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}

/**
 * The table in HTML: a caption that says it in a sentence, headings that a screen reader can follow, and no colours
 * of its own, so that it stands in light and in dark.
 */
export function tableHtml({ name, sentence, headings, words, rows, foot, mark }: Table): string {
  const align = (column: number): string =>
    ` style="text-align:${column < words ? "left" : "right"}"`;
  const line = ([first, ...rest]: readonly string[]): string =>
    `<tr><th scope="row"${align(0)}>${escaped(first!)}</th>${rest
      .map((cell, column) => `<td${align(column + 1)}>${escaped(cell)}</td>`)
      .join("")}</tr>`;
  const head = headings
    .map((text, column) => `<th scope="col"${align(column)}>${escaped(text)}</th>`)
    .join("");
  const caption = `<strong>${escaped(name)}</strong>${sentence === "" ? "" : `: ${escaped(sentence)}`}`;
  return [
    `<table class="${mark}">`,
    `<caption style="text-align:left">${caption}</caption>`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>${rows.map(line).join("\n")}</tbody>`,
    ...(foot === undefined ? [] : [`<tfoot>${line(foot)}</tfoot>`]),
    "</table>",
  ].join("\n");
}

/** MIME type to content. */
export type MimeBundle = Record<string, string>;

/** A value that shows itself as a table: as the last value of a cell, in `console.log` and as text. */
export abstract class Shown {
  /** The table to be drawn, in the reader's language. */
  protected abstract table(): Table;

  /** The table in plain text. */
  toString(): string {
    return tableText(this.table());
  }

  /** The table for notebooks: HTML where it can be shown, plain text elsewhere. */
  [Symbol.for("Jupyter.display")](): MimeBundle {
    return { "text/html": tableHtml(this.table()), "text/plain": `${this}` };
  }

  /** What `console.log` prints. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
