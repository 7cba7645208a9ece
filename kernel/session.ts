/** One notebook's session: checks, compiles and runs its cells, completes and explains what is being written. */
import type { Program } from "@babel/types";
import { type CompiledCell, compile } from "./cell/compile.js";
import type { Lowered } from "./cell/lower.js";
import { SharedNames } from "./cell/names.js";
import { endsInText } from "./cell/open-brackets.js";
import { CellSyntaxError, parse } from "./cell/parse.js";
import type { MimeBundle } from "./display/bundle.js";
import { KnownCells } from "./known-cells.js";
import { lowerWithEsbuild } from "./run/lower.js";
import { type CommMessage, type Failure, INTERRUPTED } from "./run/protocol.js";
import { runtimeCompletion } from "./run/runtime-completion.js";
import { showSyntaxError } from "./run/syntax-errors.js";
import { type KnownCell, readerText, type ShownError, showFailure } from "./run/traceback.js";
import { showTypeErrors } from "./run/type-errors.js";
import type { UserThread } from "./run/user-thread.js";
import {
  type CheckResult,
  type CompletionList,
  type Inspection,
  needsTypes,
  type TypeChecker,
} from "./types/index.js";

/** How a cell ended, in the terms of the protocol. */
export type CellOutcome =
  | { status: "ok"; result?: MimeBundle }
  | { status: "error"; error: ShownError };

/** What becomes of type errors: they keep the cell from running, are told, or are not looked for. */
export type TypeCheck = "on" | "warn" | "off";

export interface SessionOptions {
  /** Tells the kernel's and the library's own files from the reader's. */
  readonly isOurs: (file: string) => boolean;
  readonly typeCheck: TypeCheck;
}

/** A cell that may run, or what keeps it from running. */
type Prepared =
  | { check: CheckResult | undefined; compiled: CompiledCell }
  | { typeErrors: ShownError };

export class Session {
  readonly #thread: UserThread;
  readonly #checker: TypeChecker;
  readonly #options: SessionOptions;
  /** Names that cells have declared and kept. */
  readonly #names = new SharedNames(
    (name) => name in globalThis,
    () => this.#checker.emitOptions.useDefineForClassFields === false,
  );
  readonly #cells = new KnownCells();
  /** Whether the types of the last cell were looked at. */
  #checked = true;
  /** End the wait of cells that are being checked or compiled. */
  readonly #interruptWaiting = new Set<() => void>();

  constructor(thread: UserThread, checker: TypeChecker, options: SessionOptions) {
    this.#thread = thread;
    this.#checker = checker;
    this.#options = options;
    thread.spare(() => checker.serverPid);
  }

  /**
   * Runs one cell.
   * @param cell numbers the request: output that comes later names it
   * @param count the number in the notebook's margin
   * @param warn told of type errors that do not keep the cell from running
   */
  async execute(
    source: string,
    cell: number,
    count: number,
    warn: (text: string) => void,
  ): Promise<CellOutcome> {
    return this.#guarded(source, () => this.#execute(source, cell, count, warn));
  }

  /** The value of an expression, unchecked: what a front end asks beside a cell. It declares nothing. */
  async evaluate(expression: string, cell: number): Promise<CellOutcome> {
    const source = `(${expression}\n)`;
    return this.#guarded(source, async () => {
      const { program } = parse(source);
      if (program.body.length > 1) throw new CellSyntaxError("wanted one expression", 1, 1, false);
      const compiled = await compile(source, this.#names, this.#lower, program);
      return this.#run(source, program, compiled, cell, 0, undefined);
    });
  }

  async #guarded(source: string, work: () => Promise<CellOutcome>): Promise<CellOutcome> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof CellSyntaxError)
        return { status: "error", error: showSyntaxError(source, error) };
      // A fault of ours ends this cell, never the session.
      const message = `The kernel failed on this cell: ${(error as Error).message}`;
      process.stderr.write(`convlab: ${(error as Error).stack}\n`);
      return this.#failed({ name: "KernelError", message, stack: "", causes: [] });
    }
  }

  async #execute(
    source: string,
    cell: number,
    count: number,
    warn: (text: string) => void,
  ): Promise<CellOutcome> {
    const { program } = parse(source);
    if (program.body.length === 0 && program.directives.length === 0) return { status: "ok" };

    let end = (): void => undefined;
    const interrupted = new Promise<"interrupted">((resolve) => {
      end = () => resolve("interrupted");
    });
    this.#interruptWaiting.add(end);
    const prepared = await Promise.race([
      this.#prepare(source, program, warn),
      interrupted,
    ]).finally(() => this.#interruptWaiting.delete(end));
    if (prepared === "interrupted") return this.#failed(INTERRUPTED_EARLY);
    if ("typeErrors" in prepared) return { status: "error", error: prepared.typeErrors };
    return this.#run(source, program, prepared.compiled, cell, count, prepared.check);
  }

  async #run(
    source: string,
    program: Program,
    compiled: CompiledCell,
    cell: number,
    count: number,
    check: CheckResult | undefined,
  ): Promise<CellOutcome> {
    const { code, boxes, declared, imports, rescue, sourcePosition } = compiled;
    // Also of a cell that fails: a timer may hold its functions.
    this.#names.remember(compiled.usedInFunctions);
    const known = { count, source, sourcePosition };
    const file = this.#cells.add(cell, known, program);
    const outcome = await this.#thread.run({ cell, file, code, boxes, declared, imports, rescue });
    if (outcome.kind === "failure") {
      if (outcome.stateLost) this.forget();
      else if (outcome.failure.name === INTERRUPTED.name) {
        // What the cell has not come to is unknown, in the values and in the types.
        const reached = outcome.reached ?? [];
        this.#names.keep(reached);
        check?.commit(reached);
      }
      return this.#failed(outcome.failure, known);
    }
    this.#keep(declared, check);
    const text = outcome.result?.["text/plain"];
    if (typeof text !== "string") return { status: "ok", result: outcome.result };
    return { status: "ok", result: { ...outcome.result, "text/plain": this.readerText(text) } };
  }

  /** Checks a cell, then turns it into code. */
  async #prepare(
    source: string,
    program: Program,
    warn: (text: string) => void,
  ): Promise<Prepared> {
    const { typeCheck } = this.#options;
    const mayRunUnchecked = !needsTypes(program) && !this.#checker.ready;
    const diagnose = typeCheck !== "off";
    const check = mayRunUnchecked
      ? undefined
      : await this.#checker.check(source, program, { diagnose });
    const problem = this.#checker.takeProblem();
    if (problem !== undefined) warn(`${problem}\n`);
    for (const { severity, message } of check?.diagnostics ?? []) {
      if (severity === "info") warn(`${message}\n`);
    }
    if (diagnose && check !== undefined) this.#tellUnchecked(check.checked, warn);
    const typeErrors = check && showTypeErrors(source, check.diagnostics);
    if (typeErrors !== undefined && typeCheck === "on") return { typeErrors };
    if (typeErrors !== undefined) warn(`${typeErrors.traceback.join("\n")}\n`);
    const compiled = await compile(source, this.#names, this.#lower, program);
    return { check, compiled };
  }

  /** Tells once that types are not looked at, until they are again. */
  #tellUnchecked(checked: boolean, warn: (text: string) => void): void {
    if (!checked && this.#checked) {
      warn("TypeScript's language server gives no answer: cells run unchecked until it does.\n");
    }
    this.#checked = checked;
  }

  /** What may stand at a place of a cell that is being written; `offset` in UTF-16 units. */
  async complete(source: string, offset: number): Promise<CompletionList> {
    const typed = await this.#checker.complete(source, offset);
    if (typed !== null && typed.items.length > 0) return typed;
    if (endsInText(source.slice(0, offset))) return { items: [], start: offset, end: offset };
    return runtimeCompletion(this.#thread, source, offset);
  }

  /** What is known of the name at a place; `null` when nothing is. */
  inspect(source: string, offset: number, detailed: boolean): Promise<Inspection | null> {
    return this.#checker.inspect(source, offset, detailed);
  }

  /** Hands a front end's comm message to the cells; answers with what they failed with, when they are done with it. */
  async comm(cell: number, message: CommMessage): Promise<Failure | undefined> {
    const outcome = await this.#thread.comm(cell, message);
    return outcome.kind === "failure" ? outcome.failure : undefined;
  }

  /** Whether a cell is being checked, compiled or run. */
  get busy(): boolean {
    return this.#interruptWaiting.size > 0 || this.#thread.busy;
  }

  /** Ends what runs; variables are kept. */
  interrupt(): void {
    for (const end of this.#interruptWaiting) end();
    this.#thread.interrupt();
  }

  /** An error in the reader's terms; `cell` is the one that ran, where one did. */
  describe(failure: Failure, cell?: KnownCell): ShownError {
    return showFailure(failure, this.#cells.find, this.#options.isOurs, cell);
  }

  /** What a cell printed, with the reader's places in the stacks that it may hold. */
  readerText(text: string): string {
    return readerText(text, this.#cells.find, this.#options.isOurs);
  }

  readonly #lower = (source: string): Promise<Lowered> =>
    lowerWithEsbuild(source, this.#checker.emitOptions);

  #keep(declared: readonly string[], check: CheckResult | undefined): void {
    this.#names.keep(declared);
    check?.commit();
  }

  /** Starts over with no names: the thread that held their values has ended. */
  forget(): void {
    this.#names.clear();
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
