/** A table of text in a frame, as Node 22 prints it (`lib/internal/cli_table.js`). Uses no Node API. */

/** Characters that fill two places of a line: East Asian letters, pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
/** Characters that fill none: accents, joiners, variants, controls. */
const NARROW = /[\p{M}\p{Cc}\p{Cf}]/u;

/** @param rows a text for each heading */
export function textTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = headings.map((heading, x) =>
    rows.reduce((width, row) => Math.max(width, widthOf(row[x]!)), widthOf(heading)),
  );
  const line = (left: string, between: string, right: string) =>
    left + widths.map((width) => "─".repeat(width + 2)).join(between) + right;
  const row = (texts: readonly string[]) =>
    `│ ${texts.map((text, x) => text + " ".repeat(widths[x]! - widthOf(text))).join(" │ ")} │`;
  return [
    line("┌", "┬", "┐"),
    row(headings),
    line("├", "┼", "┤"),
    ...rows.map(row),
    line("└", "┴", "┘"),
  ].join("\n");
}

function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text.normalize("NFC")) {
    if (!NARROW.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}
