/** One notebook's session: checks, compiles and runs its cells, one after the other. */
import type { Program } from "@babel/types";
import { type CompiledCell, compile } from "./cell/compile.js";
import { CellSyntaxError, parse } from "./cell/parse.js";
import type { MimeBundle } from "./display/bundle.js";
import { lowerWithEsbuild } from "./run/lower.js";
import { type Failure, INTERRUPTED } from "./run/protocol.js";
import {
  CELL_FILE,
  excerpt,
  type KnownCell,
  readerText,
  type ShownError,
  showFailure,
} from "./run/traceback.js";
import { showTypeErrors } from "./run/type-errors.js";
import type { UserThread } from "./run/user-thread.js";
import { type CheckResult, needsTypes, type TypeChecker } from "./types/index.js";

/** How a cell ended, in the terms of the protocol. */
export type CellOutcome =
  | { status: "ok"; result?: MimeBundle }
  | { status: "error"; error: ShownError };

/** A cell that may run, or what keeps it from running. */
type Prepared =
  | { check: CheckResult | undefined; compiled: CompiledCell }
  | { typeErrors: ShownError };

export class Session {
  readonly #thread: UserThread;
  readonly #checker: TypeChecker;
  readonly #isOurs: (file: string) => boolean;
  /** Names that cells have declared and kept. */
  #shared = new Set<string>();
  /** Cells by the file name that their code runs under: any of them may appear in a later stack. */
  readonly #cells = new Map<string, KnownCell>();
  /** Ends the wait of the cell that is being checked or compiled. */
  #interruptWaiting: (() => void) | undefined;

  /** @param isOurs tells the kernel's and the library's own files from the reader's */
  constructor(thread: UserThread, checker: TypeChecker, isOurs: (file: string) => boolean) {
    this.#thread = thread;
    this.#checker = checker;
    this.#isOurs = isOurs;
  }

  /**
   * Runs one cell.
   * @param cell numbers the request: output that comes later names it
   * @param count the number in the notebook's margin
   */
  async execute(source: string, cell: number, count: number): Promise<CellOutcome> {
    try {
      return await this.#execute(source, cell, count);
    } catch (error) {
      if (error instanceof CellSyntaxError) return syntaxError(source, error);
      // A fault of ours ends this cell, never the session.
      const message = `The kernel failed on this cell: ${(error as Error).message}`;
      process.stderr.write(`convlab: ${(error as Error).stack}\n`);
      return this.#failed({ name: "KernelError", message, stack: "", causes: [] });
    }
  }

  async #execute(source: string, cell: number, count: number): Promise<CellOutcome> {
    const { program } = parse(source);
    if (program.body.length === 0 && program.directives.length === 0) return { status: "ok" };

    const interrupted = new Promise<"interrupted">((resolve) => {
      this.#interruptWaiting = () => resolve("interrupted");
    });
    const prepared = await Promise.race([this.#prepare(source, program), interrupted]);
    this.#interruptWaiting = undefined;
    if (prepared === "interrupted") return this.#failed(INTERRUPTED_EARLY);
    if ("typeErrors" in prepared) return { status: "error", error: prepared.typeErrors };

    const { check, compiled } = prepared;
    const { code, boxes, declared, imports, sourcePosition } = compiled;
    const file = `${CELL_FILE}${cell}`;
    this.#cells.set(file, { count, source, sourcePosition });
    const outcome = await this.#thread.run({ cell, file, code, boxes, declared, imports });
    if (outcome.kind === "failure") {
      if (outcome.stateLost) this.forget();
      else if (outcome.failure.name === INTERRUPTED.name) this.#keep(declared, check);
      return this.#failed(outcome.failure, this.#cells.get(file));
    }
    this.#keep(declared, check);
    const text = outcome.result?.["text/plain"];
    if (typeof text !== "string") return { status: "ok", result: outcome.result };
    return { status: "ok", result: { ...outcome.result, "text/plain": this.readerText(text) } };
  }

  /** Checks a cell, then turns it into code. */
  async #prepare(source: string, program: Program): Promise<Prepared> {
    const mayRunUnchecked = !needsTypes(program) && !this.#checker.ready;
    const check = mayRunUnchecked ? undefined : await this.#checker.check(source, program);
    const typeErrors = check && showTypeErrors(source, check.diagnostics);
    if (typeErrors !== undefined) return { typeErrors };
    const compiled = await compile(source, this.#surroundings, lowerWithEsbuild, program);
    return { check, compiled };
  }

  /** Ends the running cell; variables are kept. */
  interrupt(): void {
    this.#interruptWaiting?.();
    this.#thread.interrupt();
  }

  /** An error in the reader's terms; `cell` is the one that ran, where one did. */
  describe(failure: Failure, cell?: KnownCell): ShownError {
    return showFailure(failure, (file) => this.#cells.get(file), this.#isOurs, cell);
  }

  /** What a cell printed, with the reader's places in the stacks that it may hold. */
  readerText(text: string): string {
    return readerText(text, (file) => this.#cells.get(file), this.#isOurs);
  }

  readonly #surroundings = {
    isShared: (name: string) => this.#shared.has(name),
    isGlobal: (name: string) => name in globalThis,
  };

  #keep(declared: readonly string[], check: { commit(): void } | undefined): void {
    for (const name of declared) this.#shared.add(name);
    check?.commit();
  }

  /** Starts over with no names: the thread that held their values has ended. */
  forget(): void {
    this.#shared = new Set();
    this.#checker.reset();
  }

  #failed(failure: Failure, cell?: KnownCell): CellOutcome {
    return { status: "error", error: this.describe(failure, cell) };
  }
}

const INTERRUPTED_EARLY: Failure = {
  ...INTERRUPTED,
  message: "The cell was interrupted before it ran.",
};

function syntaxError(source: string, error: CellSyntaxError): CellOutcome {
  const { line, column, message } = error;
  const evalue = `line ${line}, column ${column}: ${message}`;
  const head = `\u001b[31m\u001b[1mSyntaxError\u001b[0m: ${evalue}`;
  const traceback = [head, ...excerpt(source, { line, column })];
  return { status: "error", error: { ename: "SyntaxError", evalue, traceback } };
}
