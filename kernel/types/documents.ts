/** What the language server has been told: documents that exist only between it and us. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Document } from "./chain.js";
import type { LanguageServer } from "./server.js";

export class Documents {
  readonly #folder: string;
  /** Document name to the version and text that the server has. */
  readonly #open = new Map<string, { version: number; text: string }>();

  /** @param folder where the documents seem to lie */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A fresh server knows none. */
  forget(): void {
    this.#open.clear();
  }

  /** The text that the server has under a URI, where it is one of ours. */
  textOf(uri: string): string | undefined {
    const name = [...this.#open.keys()].find((one) => sameUri(this.uri(one), uri));
    return name === undefined ? undefined : this.#open.get(name)?.text;
  }

  /** Tells the server a document's text; says whether that was news. */
  show({ name, text }: Document, server: LanguageServer | null): boolean {
    const before = this.#open.get(name);
    if (before?.text === text) return false;
    const version = (before?.version ?? 0) + 1;
    this.#open.set(name, { version, text });
    const uri = this.uri(name);
    if (before === undefined) {
      const languageId = name.endsWith(".json") ? "json" : "typescript";
      server?.notify("textDocument/didOpen", { textDocument: { uri, languageId, version, text } });
    } else {
      server?.notify("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    }
    return true;
  }

  /** Always a valid URI: an invalid one ends the server. */
  uri(name: string): string {
    return pathToFileURL(join(this.#folder, name)).href;
  }
}

/** The server writes the same URI with other letters escaped. */
function sameUri(a: string, b: string): boolean {
  return decodeURIComponent(a) === decodeURIComponent(b);
}
