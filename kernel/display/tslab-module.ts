/**
 * Cells that tslab takes for modules: a doc comment before the first code says `@module name`, and later cells import
 * what the cell exports from `./name`. Source: tslab 1.0.22, `dist/metadata.js`. Uses no Node API.
 */

/** White space and comments; a doc comment's text is the group `doc`. */
const COMMENT = /(?:\s|\/\/.*|\/\*\*(?!\/)(?<doc>[\s\S]*?)\*\/|\/\*[\s\S]*?\*\/)/y;
/** A tag with all that belongs to it, up to the next. */
const MODULE_TAG = /(?:^|\n)[ \t]*@module\s+([\s\S]*?)(?=\n[ \t]*@|$)/g;

/** The name under which a cell's exports can be imported; `undefined` for a cell that runs, as nearly all do. */
export function moduleOfCell(source: string): string | undefined {
  let name: string | undefined;
  if (!source.includes("@module")) return name;
  COMMENT.lastIndex = 0;
  for (let found = COMMENT.exec(source); found !== null; found = COMMENT.exec(source)) {
    const doc = (found.groups?.doc ?? "").replace(/\n[ \t]*\*/g, "\n");
    for (const [, tagged = ""] of doc.matchAll(MODULE_TAG)) {
      if (/^\w+$/.test(tagged.trim())) name = tagged.trim();
    }
  }
  return name;
}
