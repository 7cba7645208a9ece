/**
 * Completion and inspection of a cell that is being written. They have a document of their own beside that of the
 * cell that is checked, so that neither waits for the other.
 */
import { QUERY } from "./chain.js";
import {
  type CompletionList,
  candidates,
  completionList,
  isCallable,
  type ServerCompletions,
  type ServerItem,
  signatureOf,
} from "./completion.js";
import { declarations, type ServerLocation, target } from "./declarations.js";
import {
  hoverMarkdown,
  type Inspection,
  inspection,
  type ServerHover,
  type ServerSignatures,
  signatureMarkdown,
  withDeclarations,
} from "./inspection.js";
import { offsetsIn, type Position, positionOf } from "./positions.js";
import type { ServedProgram } from "./program.js";
import type { LanguageServer } from "./server.js";
import { readUnfinished } from "./unfinished.js";

/** A server that gives no sign of life for so long is not waited for, in milliseconds. */
const SIGN_OF_LIFE = 400;
/** Most answers are there by then; where none is, the server is asked for a sign of life. */
const SOON = 100;
/** So many completions are described further: each costs the server a millisecond or two. */
const DESCRIBED = 4;
/** So many names that begin as the typed word does are made known to the server, which then knows their types. */
const NAMED = 20;

interface Place {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

export class Questions {
  readonly #program: ServedProgram;
  readonly #folder: string;
  readonly #server: LanguageServer;
  #completing = new AbortController();

  /** @param folder where the notebook lies */
  constructor(program: ServedProgram, folder: string, server: LanguageServer) {
    this.#program = program;
    this.#folder = folder;
    this.#server = server;
  }

  /** See {@link TypeChecker.complete}. A later call ends an earlier one: only the newest counts. */
  async complete(source: string, offset: number): Promise<CompletionList | null> {
    this.#completing.abort();
    const asked = new AbortController();
    this.#completing = asked;
    const word = /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(source.slice(0, offset))?.[0] ?? "";
    const place = this.#open(source, offset, word);
    const answer = await this.#ask<ServerCompletions | readonly ServerItem[] | null>(
      "textDocument/completion",
      place,
      asked.signal,
    );
    if (answer === undefined) return null;
    const list =
      "items" in (answer ?? [])
        ? (answer as ServerCompletions)
        : { items: (answer ?? []) as readonly ServerItem[] };
    const offsetOf = offsetsIn(source);
    const found = candidates(list, source, offset, offsetOf, this.#program.chain.liveNames());
    if (found.length > DESCRIBED) return completionList(found, offset);
    const described = found.map(async (one) => {
      if (one.item === undefined || !isCallable(one.item)) return one;
      const item = await this.#ask<ServerItem>("completionItem/resolve", one.item, asked.signal);
      return { ...one, signature: item && signatureOf(item) };
    });
    return completionList(await Promise.all(described), offset);
  }

  /** See {@link TypeChecker.inspect}. */
  async inspect(source: string, offset: number, detailed: boolean): Promise<Inspection | null> {
    const touched = nameAt(source, offset);
    const place = this.#open(source, touched ?? offset);
    const markdown =
      (touched === undefined ? "" : await this.#hover(place)) ||
      (await this.#signature({ ...place, position: positionOf(source, offset) }, detailed));
    if (markdown !== "") {
      return inspection(detailed ? await this.#withDeclarations(markdown, place) : markdown);
    }
    const before = nameBefore(source, offset);
    if (touched !== undefined || before === undefined) return null;
    return this.inspect(source, before, detailed);
  }

  async #hover(place: Place): Promise<string> {
    const answer = await this.#ask<ServerHover | null>("textDocument/hover", place);
    return answer ? hoverMarkdown(answer) : "";
  }

  async #signature(place: Place, all: boolean): Promise<string> {
    const answer = await this.#ask<ServerSignatures | null>("textDocument/signatureHelp", place);
    return answer ? signatureMarkdown(answer, all) : "";
  }

  async #withDeclarations(markdown: string, place: Place): Promise<string> {
    const found = await this.#definitions(place);
    const textOf = (uri: string): string | undefined => this.#program.documents.textOf(uri);
    return withDeclarations(markdown, declarations(found, this.#folder, textOf));
  }

  async #definitions(place: Place, deeper = true): Promise<readonly ServerLocation[]> {
    const answer = await this.#ask<ServerLocation[] | ServerLocation | null>(
      "textDocument/definition",
      place,
    );
    const found = answer ? [answer].flat() : [];
    const [first] = found.map(target);
    if (!deeper || first === undefined || first.range.start.line > 0) return found;
    if (this.#program.documents.textOf(first.uri) === undefined) return found;
    // `declare let n: typeof convlab$1.n`, in the header, ends with the name that is meant.
    const { line, character } = first.range.end;
    const position = { line, character: character - 1 };
    return this.#definitions({ textDocument: { uri: first.uri }, position }, false);
  }

  /** Makes the server know the cell, and says where in it the cursor stands. */
  #open(source: string, offset: number, word = ""): Place {
    const { chain } = this.#program;
    const { names, specifiers } = readUnfinished(source, offset);
    this.#program.bring(specifiers);
    const begun = word === "" ? [] : chain.namesThatBegin(word, NAMED);
    this.#program.show(chain.question(source, new Set([...names, ...begun])));
    return {
      textDocument: { uri: this.#program.documents.uri(QUERY) },
      position: positionOf(source, offset),
    };
  }

  /** The server's answer; `undefined` when there is none, or no sign of life. */
  async #ask<T>(method: string, params: object, signal?: AbortSignal): Promise<T | undefined> {
    const answer = this.#server.request<T>(method, params, signal).catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<undefined>((resolve) => {
      timer = setTimeout(async () => {
        if (!(await this.#server.responds(SIGN_OF_LIFE - SOON))) resolve(undefined);
      }, SOON);
    });
    return await Promise.race([answer, silence]).finally(() => clearTimeout(timer));
  }
}

/** The offset of a name that the cursor touches, inside it. */
function nameAt(source: string, offset: number): number | undefined {
  const inName = (at: number): boolean => /[\p{ID_Continue}$#]/u.test(source[at] ?? " ");
  if (inName(offset)) return offset;
  return offset > 0 && inName(offset - 1) ? offset - 1 : undefined;
}

/** The last name before the cursor on its line: `f` of `f(1)`. */
function nameBefore(source: string, offset: number): number | undefined {
  const start =
    Math.max(source.lastIndexOf("\n", offset - 1), source.lastIndexOf("\r", offset - 1)) + 1;
  const names = [
    ...source.slice(start, offset).matchAll(/(?<![\p{ID_Continue}$])[\p{ID_Start}$_]/gu),
  ];
  const last = names.at(-1);
  return last === undefined ? undefined : start + last.index;
}
