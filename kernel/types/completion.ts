/** Completions of the language server, as a notebook wants them. */
import type { DeclaredName } from "../cell/declarations.js";
import type { Position, Range } from "./positions.js";
import { withoutDocuments } from "./readable.js";

export interface Completion {
  /** What is written in place of the text from `start` to `end`. */
  readonly text: string;
  /** In Jupyter's words: function, class, module, instance, property, keyword, path, … */
  readonly kind: string;
  /** What follows the name in its declaration: `(x: number): string`. Only where few names are left. */
  readonly signature?: string;
}

/** What could stand at the cursor, best first. */
export interface CompletionList {
  readonly items: readonly Completion[];
  /** Where the replaced text begins, in UTF-16 units of the cell. */
  readonly start: number;
  readonly end: number;
}

type EditRange = Range | { readonly insert: Range };

/** As the language server sends it (LSP 3.17). */
export interface ServerItem {
  readonly label: string;
  readonly kind?: number;
  readonly sortText?: string;
  readonly filterText?: string;
  readonly insertText?: string;
  readonly textEdit?: { readonly newText: string } & (
    | { readonly range: Range }
    | { readonly insert: Range }
  );
  readonly detail?: string;
}

export interface ServerCompletions {
  readonly items: readonly ServerItem[];
  readonly itemDefaults?: { readonly editRange?: EditRange };
}

/** Declared on the header line: their presence among the completions tells what may stand at the cursor. */
export const SENTINELS = "declare const convlab$value: 0; type convlab$type = 0;";

const OURS = /^convlab\$/;
const MOST = 2000;
/** Where the server ranks the names of the document's own top level. */
const OWN_NAMES = "11";

/** A completion with what is needed to choose and order it. */
export interface Candidate extends Completion {
  readonly start: number;
  readonly end: number;
  readonly rank: string;
  readonly item?: ServerItem;
}

/**
 * The completions that fit what is written before the cursor, best first.
 * @param offsetOf turns a position of the server's into one of the cell
 * @param live the names of earlier cells: the server is told few of them, since they can be thousands
 */
export function candidates(
  { items, itemDefaults }: ServerCompletions,
  source: string,
  offset: number,
  offsetOf: (position: Position) => number,
  live: Iterable<DeclaredName>,
): Candidate[] {
  const word = wordStart(source, offset);
  const found = new Map<string, Candidate>();
  const add = (candidate: Candidate, filter: string): void => {
    const typed = source.slice(candidate.start, offset).toLowerCase();
    // A property that needs quotes may be meant though none is typed yet.
    const fits = [filter, filter.replace(/^["']/, "")].some((one) =>
      one.toLowerCase().startsWith(typed),
    );
    if (fits) found.set(candidate.text, candidate);
  };
  let values = false;
  let types = false;
  for (const item of items) {
    if (item.label === "convlab$value") values = true;
    if (item.label === "convlab$type") types = true;
    if (OURS.test(item.label)) continue;
    const range = rangeOf(item.textEdit ?? itemDefaults?.editRange);
    const start = range === undefined ? word : offsetOf(range.start);
    const end = range === undefined ? offset : offsetOf(range.end);
    const text = item.textEdit?.newText ?? item.insertText ?? item.label;
    const kind = kinds[item.kind ?? 0] ?? "instance";
    add({ text, kind, start, end, rank: item.sortText ?? "", item }, item.filterText ?? text);
  }
  for (const { name, space, kind } of live) {
    if (!((values && space !== "type") || (types && space !== "value"))) continue;
    const same = found.get(name);
    // A name that the cell declares itself hides the earlier one; the header's aliases have lost their kind.
    if (same !== undefined && same.item?.kind !== VARIABLE) continue;
    const shown = kind === "import" ? (same?.kind ?? "module") : (liveKinds[kind] ?? "instance");
    add({ start: word, end: offset, rank: OWN_NAMES, ...same, text: name, kind: shown }, name);
  }
  const ordered = [...found.values()].map((one) => ({ one, order: orderOf(one) }));
  ordered.sort((a, b) => (a.order < b.order ? -1 : 1));
  return ordered.slice(0, MOST).map(({ one }) => one);
}

/** One range for all, as the protocol wants it: names that would replace more than the others are left out. */
export function completionList(found: readonly Candidate[], offset: number): CompletionList {
  const start = Math.max(...found.map((one) => one.start));
  const fitting = found.filter((one) => one.start === start);
  if (fitting.length === 0) return { items: [], start: offset, end: offset };
  const end = Math.max(offset, ...fitting.map((one) => one.end));
  const items = fitting.map(({ text, kind, signature }) => ({
    text,
    kind,
    ...(signature !== undefined && { signature }),
  }));
  return { items, start, end };
}

/** Whether an item may be a function: of an alias or a variable the server does not say. */
export function isCallable({ kind = 0 }: ServerItem): boolean {
  return kind === VARIABLE || kinds[kind] === "function";
}

/** What a resolved item says of its name: `(x: number): string` of `function f(x: number): string`. */
export function signatureOf({ label, detail = "" }: ServerItem): string | undefined {
  // Further overloads follow, each with its own `(method)` or `(function)` on a line of its own.
  const [first = ""] = withoutDocuments(detail).split(/\n(?=\(\w+\) |function )/);
  const line = first.replace(/\s+/g, " ");
  const name = label.replace(/\?$/, "");
  const at = line.indexOf(name, line.startsWith("(") ? line.indexOf(")") : 0);
  const after = at < 0 ? "" : line.slice(at + name.length).trim();
  return /^[(<:?]/.test(after) ? after.replace(/^\?/, "") : undefined;
}

function wordStart(source: string, offset: number): number {
  return (
    offset - (/[\p{ID_Continue}$\u200c\u200d]*$/u.exec(source.slice(0, offset))?.[0].length ?? 0)
  );
}

function rangeOf(edit: ServerItem["textEdit"] | EditRange | undefined): Range | undefined {
  if (edit === undefined) return undefined;
  if ("range" in edit) return edit.range;
  return "insert" in edit ? edit.insert : edit;
}

/** Compared as they are, which is fast: there may be thousands. */
function orderOf({ rank, text }: Candidate): string {
  return `${rank}\0${text.toLowerCase()}\0${text}`;
}

const VARIABLE = 6;

/** LSP's `CompletionItemKind` in Jupyter's words. */
const kinds: Readonly<Record<number, string>> = {
  2: "function",
  3: "function",
  4: "function",
  5: "property",
  6: "instance",
  7: "class",
  8: "interface",
  9: "module",
  10: "property",
  13: "enum",
  14: "keyword",
  15: "statement",
  17: "path",
  19: "path",
  20: "property",
  21: "instance",
  22: "class",
  25: "type",
};

const liveKinds: Readonly<Record<string, string>> = {
  function: "function",
  class: "class",
  enum: "enum",
  namespace: "module",
  interface: "interface",
  type: "type",
};
