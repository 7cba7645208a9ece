/** Checks cells with TypeScript's own language server, each against the names that earlier cells left. */
import type { Program } from "@babel/types";
import { importedSpecifiers } from "../cell/specifiers.js";
import { isUnchecked } from "../cell/unchecked.js";
import { Advice } from "./advice.js";
import type { Draft } from "./chain.js";
import type { CompletionList } from "./completion.js";
import { cellDiagnostics, type Diagnostic, type ServerDiagnostic } from "./diagnostics.js";
import { findTypeScript } from "./executable.js";
import type { Inspection } from "./inspection.js";
import { Memory } from "./memory.js";
import { ServedProgram } from "./program.js";
import { Questions } from "./questions.js";
import { LanguageServer, ServerGone } from "./server.js";

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
  /** Those of severity `info` are hints, such as that a package has no types; each is given once. */
  readonly diagnostics: readonly Diagnostic[];
  /** False when no server could say, or none was asked: the types are not known to be right. */
  readonly checked: boolean;
  /**
   * To be called when the cell has run: its names are visible to later cells.
   * @param reached those of its values that exist, where it may have been interrupted before its end
   */
  commit(reached?: readonly string[]): void;
}

export interface CheckOptions {
  /** False: the cell is not checked, and only becomes known for completion and inspection. */
  readonly diagnose?: boolean;
}

export class TypeChecker {
  readonly #log: (line: string) => void;
  readonly #memory = new Memory();
  readonly #program: ServedProgram;
  readonly #advice: Advice;
  readonly #server: LanguageServer | null;
  readonly #questions: Questions | null;
  /** Hints that were given: each is given once. */
  readonly #hinted = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();
  /** Resolves when the cells that ran unchecked are part of the chain. */
  #committed: Promise<void> = Promise.resolve();
  #ready = false;
  #closed = false;

  /** Starts the language server at once: its first answer takes a few hundred milliseconds. */
  constructor({ folder, home, log = () => undefined, patience = 10_000 }: CheckerOptions) {
    this.#log = log;
    this.#program = new ServedProgram(folder, home, () => this.#memory.forget());
    this.#advice = new Advice(folder, home);
    this.#server = this.#start(folder, home, patience);
    this.#questions = this.#server && new Questions(this.#program, folder, this.#server);
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
    return this.#program.configuration.emitOptions;
  }

  /** What is wrong with the reader's `tsconfig.json`, to be shown to them; each problem once. */
  takeProblem(): string | undefined {
    return this.#program.configuration.takeProblem();
  }

  /** Forgets the names of all cells: the thread that held their values was lost. */
  reset(): void {
    this.#program.chain.clear();
    this.#memory.forget();
    this.#program.showAll();
  }

  close(): void {
    this.#closed = true;
    this.#server?.close();
  }

  /** The cell need not wait for anything; what it declares becomes known when it has run and been answered. */
  #unchecked(source: string, program: Program): CheckResult {
    const commit = (reached?: readonly string[]): void => {
      this.#committed = new Promise<void>(setImmediate).then(() => {
        this.#program.bring(importedSpecifiers(program), false);
        this.#program.chain.commit(this.#program.chain.draft(source, program), reached);
      });
      this.#turn = Promise.all([this.#turn, this.#committed]).catch(() => undefined);
    };
    return { diagnostics: [], checked: false, commit };
  }

  async #check(source: string, program: Program): Promise<CheckResult> {
    const specifiers = importedSpecifiers(program);
    this.#program.bring(specifiers);
    const draft = this.#program.chain.draft(source, program);
    const result = {
      diagnostics: [] as readonly Diagnostic[],
      checked: true,
      commit: (reached?: readonly string[]) => this.#commit(draft, specifiers.size > 0, reached),
    };
    if (isUnchecked(source)) return result;
    const known = this.#memory.recall(draft.entry);
    if (known !== undefined) {
      draft.entry.text = known.entry.text;
      return { ...result, diagnostics: known.found };
    }
    this.#program.showChecked(draft);
    const found = await this.#diagnostics();
    if (found === null) {
      // Should it be this very cell that ends the server, the next one must not meet it again.
      this.#program.showChecked();
      return { ...result, checked: false };
    }
    const diagnostics = cellDiagnostics(found, source, {
      kindOf: (name) => this.#program.chain.kindOf(name),
      advice: this.#advice,
      implicitAny: this.#program.configuration.reportsImplicitAny,
    });
    this.#memory.keep(draft.entry, diagnostics.filter(isNoHint));
    return {
      ...result,
      diagnostics: diagnostics.filter((one) => isNoHint(one) || this.#isNew(one)),
    };
  }

  /** Whether a hint was not given before. */
  #isNew({ message }: Diagnostic): boolean {
    const known = this.#hinted.has(message);
    this.#hinted.add(message);
    return !known;
  }

  /** A cell that ran again unchanged leaves everything as it was. */
  #commit(draft: Draft, withImports: boolean, reached?: readonly string[]): void {
    if (!this.#program.chain.commit(draft, reached)) return;
    if (draft.entry.augments) this.#memory.forget();
    this.#turn = this.#turn
      .then(() => this.#program.takeIn(draft, withImports))
      .catch(() => undefined);
  }

  /** The findings in the current document; null when two servers in a row had no answer. */
  async #diagnostics(): Promise<readonly ServerDiagnostic[] | null> {
    const server = this.#server;
    if (server === null) return null;
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        const { items } = await server.request<{ items?: ServerDiagnostic[] }>(
          "textDocument/diagnostic",
          { textDocument: this.#program.checked },
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
        this.#program.open(server);
        // It reads its libraries now, not when the next cell comes.
        this.#turn = this.#turn.then(() => this.#diagnostics()).catch(() => undefined);
      });
    } catch (error) {
      this.#log((error as Error).message);
      return null;
    }
  }
}

function isNoHint({ severity }: Diagnostic): boolean {
  return severity !== "info";
}

function within(source: string, offset: number): number {
  return Math.min(Math.max(offset, 0), source.length);
}
