/** Checks cells with TypeScript's own language server, each against the names that earlier cells left. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Program } from "@babel/types";
import { importedSpecifiers } from "../cell/specifiers.js";
import { Chain, CURRENT, type Document } from "./chain.js";
import { Configuration } from "./config.js";
import { cellDiagnostics, type Diagnostic, type ServerDiagnostic } from "./diagnostics.js";
import { findTypeScript } from "./executable.js";
import { LanguageServer, ServerGone } from "./server.js";
import { Watch } from "./watch.js";

export interface CheckerOptions {
  /** Where the notebook lies: relative imports and packages start there. */
  readonly folder: string;
  /** A folder of the kernel, from which its own packages are found (`dist/kernel` when built). */
  readonly home: string;
  /** Told, in one sentence, when cells can't be checked. */
  readonly log?: (line: string) => void;
  /** After so many milliseconds a server that does not answer is started anew. */
  readonly patience?: number;
}

export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  /** False when no server could say: the cell may run, its types are not known to be right. */
  readonly checked: boolean;
  /** To be called when the cell has run without error: its names are visible to later cells. */
  commit(): void;
}

export class TypeChecker {
  readonly #folder: string;
  readonly #log: (line: string) => void;
  readonly #patience: number;
  readonly #chain = new Chain();
  readonly #configuration: Configuration;
  readonly #watch: Watch;
  readonly #server: LanguageServer | null;
  /** What the server has been told: document name to version and text. */
  readonly #open = new Map<string, { version: number; text: string }>();
  #current = this.#chain.empty();
  #turn: Promise<unknown> = Promise.resolve();
  #ready = false;
  #closed = false;

  /** Starts the language server at once: its first answer takes a few hundred milliseconds. */
  constructor({ folder, home, log = () => undefined, patience = 30_000 }: CheckerOptions) {
    this.#folder = folder;
    this.#log = log;
    this.#patience = patience;
    this.#configuration = new Configuration(folder, home);
    this.#configuration.admit(["convlab", "tslab"]);
    this.#watch = new Watch(folder);
    this.#server = this.#start(home);
    this.#turn = this.#diagnostics().then(
      () => {
        this.#ready = true;
      },
      () => undefined,
    );
  }

  /** Whether the server has answered once; until then a cell for which `needsTypes` is false need not wait. */
  get ready(): boolean {
    return this.#ready;
  }

  /** The language server's process id, while it runs. */
  get serverPid(): number | undefined {
    return this.#server?.pid;
  }

  /** Checks a cell; `program` is the parse of `source`. Cells are checked one after the other. */
  check(source: string, program: Program): Promise<CheckResult> {
    const result = this.#turn.then(() => this.#check(source, program));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Forgets the names of all cells: the thread that held their values was lost. */
  reset(): void {
    this.#chain.clear();
    this.#showAll();
  }

  close(): void {
    this.#closed = true;
    this.#server?.close();
  }

  async #check(source: string, program: Program): Promise<CheckResult> {
    const specifiers = importedSpecifiers(program);
    this.#watch.follow(specifiers);
    if (this.#configuration.admit(specifiers)) this.#show(this.#settings());
    const draft = this.#chain.draft(source, program);
    const commit = (): void => {
      this.#chain.commit(draft);
      this.#current = this.#chain.empty();
      this.#prepare(specifiers.size > 0);
    };
    const result = { diagnostics: [] as readonly Diagnostic[], checked: true, commit };
    this.#current = { name: CURRENT, text: draft.text };
    if (/^\s*\/\/\s*@ts-nocheck\b/.test(source)) return result;
    this.#show(this.#current);
    const changes = this.#watch.changes();
    if (changes.length > 0) this.#server?.notify("workspace/didChangeWatchedFiles", { changes });
    const found = await this.#diagnostics();
    if (found === null) return { ...result, checked: false };
    this.#ready = true;
    const diagnostics = cellDiagnostics(found, source, (name) => this.#chain.kindOf(name));
    return { ...result, diagnostics };
  }

  /** The findings in the current document; null when two servers in a row had no answer. */
  async #diagnostics(): Promise<readonly ServerDiagnostic[] | null> {
    const server = this.#server;
    if (server === null) return null;
    for (let attempt = 0; attempt < 2; attempt++) {
      const tooLong = setTimeout(() => server.kill(), this.#patience);
      try {
        const { items } = await server.request<{ items?: ServerDiagnostic[] }>(
          "textDocument/diagnostic",
          { textDocument: { uri: this.#uri(CURRENT) } },
        );
        return items ?? [];
      } catch (error) {
        // An answer that is an error leaves the server alive; one that ended is started anew by the next request.
        if (!(error instanceof ServerGone))
          this.#log(`type check failed: ${(error as Error).message}`);
      } finally {
        clearTimeout(tooLong);
      }
    }
    if (!this.#closed) this.#log("the language server gives no answer; the cell runs unchecked");
    return null;
  }

  #start(home: string): LanguageServer | null {
    try {
      return new LanguageServer(findTypeScript(home), this.#folder, (server) => {
        this.#open.clear();
        this.#showAll(server);
      });
    } catch (error) {
      this.#log((error as Error).message);
      return null;
    }
  }

  #settings(): Document {
    return this.#configuration.document(this.#chain.files());
  }

  #showAll(server = this.#server): void {
    for (const document of [this.#settings(), ...this.#chain.documents(), this.#current]) {
      this.#show(document, server);
    }
  }

  /**
   * After a cell has run: lets the server take in its document before the next cell comes, while the reader reads.
   * Where more than one text has changed, or what a document imports, the server builds its whole program anew.
   */
  #prepare(withImports: boolean): void {
    const ready = this.#turn.then(async () => {
      const documents = [this.#settings(), ...this.#chain.documents()];
      const news = documents.map((document) => this.#show(document));
      if (withImports) news.push(this.#show(this.#current));
      if (news.includes(true)) await this.#diagnostics();
    });
    this.#turn = ready.catch(() => undefined);
  }

  /** Tells the server a document's text; says whether that was news. */
  #show({ name, text }: Document, server = this.#server): boolean {
    const before = this.#open.get(name);
    if (before?.text === text) return false;
    const version = (before?.version ?? 0) + 1;
    this.#open.set(name, { version, text });
    const uri = this.#uri(name);
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
  #uri(name: string): string {
    return pathToFileURL(join(this.#folder, name)).href;
  }
}
