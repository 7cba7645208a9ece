/** Checks cells with TypeScript's own language server, each against the names that earlier cells left. */
import type { Program } from "@babel/types";
import { importedSpecifiers } from "../cell/specifiers.js";
import { Advice } from "./advice.js";
import { Chain, CURRENT, type Document, type Draft } from "./chain.js";
import type { CompletionList } from "./completion.js";
import { Configuration } from "./config.js";
import { cellDiagnostics, type Diagnostic, type ServerDiagnostic } from "./diagnostics.js";
import { Documents } from "./documents.js";
import { findTypeScript } from "./executable.js";
import { places, type ServerHint } from "./inferred.js";
import type { Inspection } from "./inspection.js";
import { Memory } from "./memory.js";
import { positionOf } from "./positions.js";
import { Questions } from "./questions.js";
import { LanguageServer, ServerGone } from "./server.js";
import { Watch } from "./watch.js";

export interface CheckerOptions {
  /** Where the notebook lies: relative imports and packages start there. */
  readonly folder: string;
  /** A folder of the kernel, from which its own packages are found (`dist/kernel` when built). */
  readonly home: string;
  /** Told, in one sentence, when cells can't be checked. */
  readonly log?: (line: string) => void;
  /** A server that gives no sign of life for so many milliseconds is started anew. */
  readonly patience?: number;
}

export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  /** False when no server could say, or none was asked: the types are not known to be right. */
  readonly checked: boolean;
  /** To be called when the cell has run without error: its names are visible to later cells. */
  commit(): void;
}

export interface CheckOptions {
  /** False: the cell is not checked, and only becomes known for completion and inspection. */
  readonly diagnose?: boolean;
}

export class TypeChecker {
  readonly #log: (line: string) => void;
  readonly #chain = new Chain();
  readonly #configuration: Configuration;
  readonly #watch: Watch;
  readonly #documents: Documents;
  readonly #server: LanguageServer | null;
  readonly #questions: Questions | null;
  readonly #memory = new Memory();
  readonly #advice: Advice;
  #current = this.#chain.empty();
  /** Made anew when something changes that it depends on. */
  #settings: { files: number; document: Document } | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  /** Resolves when the cells that ran unchecked are part of the chain. */
  #committed: Promise<void> = Promise.resolve();
  #ready = false;
  #closed = false;

  /** Starts the language server at once: its first answer takes a few hundred milliseconds. */
  constructor({ folder, home, log = () => undefined, patience = 10_000 }: CheckerOptions) {
    this.#log = log;
    this.#configuration = new Configuration(folder, home);
    this.#configuration.admit(["convlab", "tslab"]);
    this.#watch = new Watch(folder, this.#configuration.aliasTargets);
    this.#advice = new Advice(folder, home);
    this.#documents = new Documents(folder);
    this.#server = this.#start(folder, home, patience);
    this.#questions =
      this.#server &&
      new Questions(this.#chain, this.#documents, folder, this.#server, (specifiers) =>
        this.#bring(specifiers),
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
  async check(
    source: string,
    program: Program,
    { diagnose = true }: CheckOptions = {},
  ): Promise<CheckResult> {
    if (!diagnose) return this.#unchecked(source, program);
    const result = this.#turn.then(() => this.#check(source, program));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /**
   * What could stand at the cursor of a cell that is being written, also while another is checked or runs.
   * @param offset the cursor, in UTF-16 units
   * @returns null when the server is not there or gives no sign of life: what exists at run time is then all there is
   */
  async complete(source: string, offset: number): Promise<CompletionList | null> {
    await this.#committed.catch(() => undefined);
    return (await this.#questions?.complete(source, within(source, offset))) ?? null;
  }

  /**
   * Signature and doc comment of the name at the cursor, or of the function between whose parentheses it stands.
   * @param offset the cursor, in UTF-16 units
   * @param detailed adds every overload, and where and how the name is declared
   * @returns null when there is no such name, or no server
   */
  async inspect(source: string, offset: number, detailed: boolean): Promise<Inspection | null> {
    await this.#committed.catch(() => undefined);
    return (await this.#questions?.inspect(source, within(source, offset), detailed)) ?? null;
  }

  /** What the reader's `tsconfig.json` says to esbuild, where a cell needs it. */
  get emitOptions(): Readonly<Record<string, unknown>> {
    return this.#configuration.emitOptions;
  }

  /** What is wrong with the reader's `tsconfig.json`, to be shown to them; each problem once. */
  takeProblem(): string | undefined {
    return this.#configuration.takeProblem();
  }

  /** Forgets the names of all cells: the thread that held their values was lost. */
  reset(): void {
    this.#chain.clear();
    this.#memory.forget();
    this.#showAll();
  }

  close(): void {
    this.#closed = true;
    this.#server?.close();
  }

  /** The cell need not wait for anything; what it declares becomes known when it has run and been answered. */
  #unchecked(source: string, program: Program): CheckResult {
    const commit = (): void => {
      this.#committed = new Promise<void>(setImmediate).then(() => {
        this.#bring(importedSpecifiers(program), false);
        this.#chain.commit(this.#chain.draft(source, program));
      });
      this.#turn = Promise.all([this.#turn, this.#committed]).catch(() => undefined);
    };
    return { diagnostics: [], checked: false, commit };
  }

  async #check(source: string, program: Program): Promise<CheckResult> {
    const specifiers = importedSpecifiers(program);
    this.#bring(specifiers);
    const draft = this.#chain.draft(source, program);
    const result = {
      diagnostics: [] as readonly Diagnostic[],
      checked: true,
      commit: () => this.#commit(draft, specifiers.size > 0),
    };
    if (/^\s*\/\/\s*@ts-nocheck\b/.test(source)) return result;
    const known = this.#memory.recall(draft.entry);
    if (known !== undefined) {
      draft.entry.text = known.entry.text;
      return { ...result, diagnostics: known.found };
    }
    this.#current = { name: CURRENT, text: draft.text };
    this.#show(this.#current);
    const found = await this.#diagnostics();
    if (found === null) return { ...result, checked: false };
    const diagnostics = cellDiagnostics(found, source, {
      kindOf: (name) => this.#chain.kindOf(name),
      advice: this.#advice,
      implicitAny: this.#configuration.reportsImplicitAny,
    });
    this.#memory.keep(draft.entry, diagnostics);
    return { ...result, diagnostics };
  }

  /** Makes the server know the modules that a cell imports, and what changed on disk. */
  #bring(specifiers: ReadonlySet<string>, show = true): void {
    this.#watch.follow(specifiers);
    const changes = this.#watch.changes();
    const edited = this.#configuration.admit(specifiers);
    if (edited || changes.length > 0) {
      this.#memory.forget();
      this.#settings = undefined;
    }
    if (changes.length > 0) {
      this.#server?.notify("workspace/didChangeWatchedFiles", { changes });
    }
    if (show) this.#showEarlier();
  }

  /** A cell that ran again unchanged leaves everything as it was. */
  #commit(draft: Draft, withImports: boolean): void {
    if (!this.#chain.commit(draft)) return;
    if (draft.entry.augments) this.#memory.forget();
    this.#current = this.#chain.empty();
    this.#prepare(draft, withImports);
  }

  /** The findings in the current document; null when two servers in a row had no answer. */
  async #diagnostics(): Promise<readonly ServerDiagnostic[] | null> {
    const server = this.#server;
    if (server === null) return null;
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        const { items } = await server.request<{ items?: ServerDiagnostic[] }>(
          "textDocument/diagnostic",
          { textDocument: { uri: this.#documents.uri(CURRENT) } },
        );
        this.#ready = true;
        return items ?? [];
      } catch (error) {
        // An answer that is an error leaves the server alive; one that ended is started anew.
        if (!(error instanceof ServerGone))
          this.#log(`type check failed: ${(error as Error).message}`);
      }
    }
    if (!this.#closed) this.#log("the language server gives no answer; the cell runs unchecked");
    return null;
  }

  #start(folder: string, home: string, patience: number): LanguageServer | null {
    try {
      return new LanguageServer(findTypeScript(home), folder, patience, (server) => {
        this.#documents.forget();
        this.#showAll(server);
        // It reads its libraries now, not when the next cell comes.
        this.#turn = this.#turn.then(() => this.#diagnostics()).catch(() => undefined);
      });
    } catch (error) {
      this.#log((error as Error).message);
      return null;
    }
  }

  /** The configuration and the earlier cells; says whether any of it was news. */
  #showEarlier(server = this.#server): boolean {
    const files = this.#chain.files();
    if (this.#settings?.files !== files.length) {
      this.#settings = { files: files.length, document: this.#configuration.document(files) };
    }
    const documents = [this.#settings.document, ...this.#chain.documents()];
    return documents.map((document) => this.#show(document, server)).includes(true);
  }

  #showAll(server = this.#server): void {
    this.#showEarlier(server);
    this.#show(this.#current, server);
    this.#show(this.#chain.question("", []), server);
  }

  /**
   * After a cell has run: lets the server take in its document before the next cell comes, while the reader reads.
   * Where more than one text has changed, or what a document imports, the server builds its whole program anew.
   */
  #prepare(draft: Draft, withImports: boolean): void {
    const ready = this.#turn.then(async () => {
      await this.#settle(draft);
      const earlier = this.#showEarlier();
      const current = withImports && this.#show(this.#current);
      if (!earlier && !current) return;
      // Any question about the shape of a text will do: the program is brought up to date, and nothing is checked.
      const textDocument = { uri: this.#documents.uri(CURRENT) };
      await this.#server?.request("textDocument/foldingRange", { textDocument });
    });
    this.#turn = ready.catch(() => undefined);
  }

  /** Writes inferred types into a cell that was just checked and refers to others. */
  async #settle(draft: Draft): Promise<void> {
    const textDocument = { uri: this.#documents.uri(CURRENT) };
    const { names, results } = places(draft.program);
    if (draft.entry.uses.size === 0 || names.size + results.length === 0) return;
    if (this.#documents.textOf(textDocument.uri) !== draft.text) return;
    const [start, end] = [0, draft.entry.source.length].map((offset) =>
      positionOf(draft.entry.source, offset),
    );
    const hints = await this.#server?.request<readonly ServerHint[] | null>(
      "textDocument/inlayHint",
      { textDocument, range: { start, end } },
    );
    this.#chain.settle(draft, hints ?? []);
  }

  #show(document: Document, server = this.#server): boolean {
    return this.#documents.show(document, server);
  }
}

function within(source: string, offset: number): number {
  return Math.min(Math.max(offset, 0), source.length);
}
