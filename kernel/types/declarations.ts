/** Where a name is declared, and how: the source text that the language server points to. */
import { readFileSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Declaration } from "./inspection.js";
import type { Range } from "./positions.js";

/** As the language server sends it (LSP 3.17, `LocationLink` or `Location`). */
export type ServerLocation =
  | { readonly targetUri: string; readonly targetRange: Range }
  | { readonly uri: string; readonly range: Range };

/** A longer declaration is cut: what is wanted is the signature, not a file. */
const LINES = 30;
const PLACES = 10;

/**
 * @param folder where the notebook lies: files in it are named as seen from there
 * @param textOf gives the text of documents that are on no disk
 */
export function declarations(
  locations: readonly ServerLocation[],
  folder: string,
  textOf: (uri: string) => string | undefined,
): Declaration[] {
  return locations.slice(0, PLACES).flatMap((location) => {
    const { uri, range } = target(location);
    const ours = textOf(uri);
    const text = ours ?? read(uri);
    const code = text === undefined ? "" : cut(text, range);
    // The header line of a document of ours leads nowhere that the reader knows.
    if (code === "" || (ours !== undefined && range.start.line === 0)) return [];
    return [
      ours === undefined
        ? { file: shownFile(uri, folder), line: range.start.line + 1, code }
        : { file: "a cell", code },
    ];
  });
}

/** A place in either form of the protocol. */
export function target(location: ServerLocation): { uri: string; range: Range } {
  return "uri" in location ? location : { uri: location.targetUri, range: location.targetRange };
}

function read(uri: string): string | undefined {
  try {
    return readFileSync(fileURLToPath(uri), "utf8");
  } catch {
    return undefined; // A library inside the server's own executable.
  }
}

function cut(text: string, { start, end }: Range): string {
  const lines = text.split(/\r\n|[\n\r]/).slice(start.line, end.line + 1);
  if (lines.length === 0) return "";
  if (lines.length === end.line - start.line + 1) {
    lines[lines.length - 1] = (lines.at(-1) as string).slice(0, end.character);
  }
  lines[0] = (lines[0] as string).slice(start.character);
  const indent = " ".repeat(start.character);
  const straight = lines.map((line) =>
    line.startsWith(indent) ? line.slice(indent.length) : line,
  );
  return straight.length > LINES
    ? [...straight.slice(0, LINES), "…"].join("\n")
    : straight.join("\n");
}

function shownFile(uri: string, folder: string): string {
  const file = fileURLToPath(uri);
  const near = relative(folder, file);
  const modules = file.lastIndexOf("node_modules/");
  if (modules >= 0) return file.slice(modules + "node_modules/".length);
  return near.startsWith("..") || isAbsolute(near) ? file : `./${near}`;
}
