/**
 * All code cells of a chapter as one TypeScript module, so that plain tsc can check it and plain Node can run it.
 * Every cell opens a block inside the block of the cell before: it sees all earlier names and may declare them anew,
 * as in the kernel.
 */
import { parse } from "@babel/parser";
import { type Chapter, root, sourceOf } from "./notebook.js";

const head = `
declare global { var shown: (cell: string, value: unknown) => Promise<void>; var started: (cell: string) => void; }
`;

/**
 * @param replaced code that stands in place of a cell's own, by cell id.
 */
export function asOneModule(
  chapter: Chapter,
  replaced: ReadonlyMap<string, string> = new Map(),
): string {
  const imports: string[] = [];
  let body = "";
  let open = 0;
  for (const cell of chapter.notebook.cells) {
    if (cell.cell_type !== "code") continue;
    const code = replaced.get(cell.id) ?? sourceOf(cell);
    const { program } = parse(code, {
      sourceType: "module",
      plugins: ["typescript"],
      allowAwaitOutsideFunction: true,
    });
    body += `\n// cell ${cell.id}\n{ started(${JSON.stringify(cell.id)});\n`;
    open++;
    program.body.forEach((statement, i) => {
      const text = code.slice(statement.start!, statement.end!);
      if (statement.type === "ImportDeclaration") {
        imports.push(text.replace(/(["'])convlab\1/, JSON.stringify(`${root}src/index.js`)));
      } else if (statement.type === "ExpressionStatement" && i === program.body.length - 1) {
        const { start, end } = statement.expression;
        body += `await shown(${JSON.stringify(cell.id)}, (${code.slice(start!, end!)}));\n`;
      } else {
        body += `${text}\n`;
      }
    });
  }
  return `${imports.join("\n")}\n${head}${body}${"}".repeat(open)}\nexport {};\n`;
}
