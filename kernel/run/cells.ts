/** Runs cells in the thread of the user's code. */
import { Script } from "node:vm";
import { PROVIDED } from "../cell/boxes.js";
import type { BundleOf } from "../display/bundle.js";
import type { Modules } from "../modules/modules.js";
import { exportOf } from "../modules/namespace.js";
import type { Attribution } from "./attribution.js";
import { failureOf } from "./failure.js";
import type { InterruptMarks } from "./interrupt-marks.js";
import { interruption, isInterruption } from "./interruption.js";
import { type FromUserThread, INTERRUPTED, type ToUserThread } from "./protocol.js";
import type { Declaring, Scope } from "./scope.js";

type Run = Extract<ToUserThread, { kind: "run" }>;
/** How a cell ended. */
export type Done = Omit<Extract<FromUserThread, { kind: "done" }>, "kind" | "at">;
/** What a cell's emitted function answers: its value in an array, or nothing. */
type Answer = [unknown] | undefined;

export class Cells {
  readonly #scope: Scope;
  readonly #modules: Modules;
  readonly #attribution: Attribution;
  readonly #bundleOf: BundleOf;
  readonly #marks: InterruptMarks;
  /** Ends the wait for a cell that is interrupted. */
  readonly #interrupts = new Map<number, () => void>();
  /** What the cells that run declare. */
  readonly #declaring = new Map<number, Declaring>();

  constructor(
    scope: Scope,
    modules: Modules,
    attribution: Attribution,
    bundleOf: BundleOf,
    marks: InterruptMarks,
  ) {
    this.#scope = scope;
    this.#modules = modules;
    this.#attribution = attribution;
    this.#bundleOf = bundleOf;
    this.#marks = marks;
  }

  /** Runs a cell to its end; what it throws is in the answer. */
  async run(cell: Run): Promise<Done> {
    if (this.#marks.isInterrupted(cell.cell)) return { cell: cell.cell, failure: INTERRUPTED };
    const declaring = this.#scope.declare(cell.declared);
    this.#declaring.set(cell.cell, declaring);
    const interrupted = this.#interruptionOf(cell.cell);
    try {
      if (cell.imports.length > 0) await Promise.race([this.#bindImports(cell), interrupted]);
      const answer = this.#attribution.run(cell.cell, () => this.#start(cell));
      const value = isPromise(answer) ? await Promise.race([answer, interrupted]) : answer;
      if (value === undefined) return { cell: cell.cell };
      const shown = this.#attribution.as(cell.cell, () => this.#bundleOf(value[0]));
      const result = isPromise(shown) ? await Promise.race([shown, interrupted]) : shown;
      return { cell: cell.cell, result };
    } catch (error) {
      // What an interrupted cell has made so far is kept, as the reader sees it printed; a failed one leaves nothing.
      if (!isInterruption(error)) declaring.undo();
      const failure = FailedImport.is(error)
        ? { ...failureOf(error.reason), specifier: error.specifier }
        : failureOf(error);
      return { cell: cell.cell, failure };
    } finally {
      this.#interrupts.delete(cell.cell);
      this.#declaring.delete(cell.cell);
    }
  }

  /** Of the names that a cell declares, those that it has reached by now; the others are let go. */
  settle(cell: number): string[] {
    return this.#declaring.get(cell)?.settle() ?? [];
  }

  /** Lets cells' code handle what came from outside, under a number of its own, as {@link run} runs a cell. */
  async serve(cell: number, work: () => Promise<void>): Promise<Done> {
    if (this.#marks.isInterrupted(cell)) return { cell, failure: INTERRUPTED };
    const interrupted = this.#interruptionOf(cell);
    try {
      await Promise.race([this.#attribution.as(cell, work), interrupted]);
      return { cell };
    } catch (error) {
      return { cell, failure: failureOf(error) };
    } finally {
      this.#interrupts.delete(cell);
    }
  }

  /** Is rejected when the cell is interrupted. */
  #interruptionOf(cell: number): Promise<never> {
    const interrupted = new Promise<never>((_, reject) => {
      this.#interrupts.set(cell, () => reject(interruption()));
    });
    // Nobody may be waiting when the interrupt comes.
    interrupted.catch(() => {});
    return interrupted;
  }

  /** Ends the wait of a cell; code that is busy is ended from the other thread. */
  interrupt(cell: number): void {
    const end = this.#interrupts.get(cell);
    if (end === undefined) return;
    this.#attribution.end(cell);
    end();
    this.#interrupts.delete(cell);
  }

  #start(cell: Run): Answer | Promise<Answer> {
    const script = new Script(cell.code, { filename: cell.file });
    const meta = this.#modules.meta();
    const provides: Record<(typeof PROVIDED)[number], unknown> = {
      require: this.#modules.require,
      module: { exports: {} },
      exports: {},
      __filename: meta.filename,
      __dirname: meta.dirname,
    };
    const names = PROVIDED.filter((name) => !cell.declared.includes(name));
    return script.runInThisContext()(
      (specifier: unknown, options?: { with?: Record<string, string> }) =>
        this.#modules.import(specifier, options),
      meta,
      ...names.map((name) => provides[name]),
      ...cell.boxes.map((name) => this.#scope.box(name)),
      this.#attribution.awaited,
    );
  }

  async #bindImports(cell: Run): Promise<void> {
    for (const { specifier, attributes, names, typesOnly } of cell.imports) {
      const options = Object.keys(attributes).length > 0 ? { with: attributes } : {};
      // Modules that print while they are loaded print for this cell.
      const loading = this.#attribution.run(cell.cell, () =>
        this.#modules.import(specifier, options),
      );
      const namespace = await loading.catch((error: unknown) => {
        if (!typesOnly) throw new FailedImport(specifier, error);
        return undefined; // There may be nothing but types, in a `.d.ts`.
      });
      for (const { imported, local } of names) {
        const read = (): unknown => exportOf(namespace ?? {}, imported, specifier);
        this.#scope.bind(local, imported === "*" ? () => namespace : read);
      }
    }
  }
}

/** Carries which import failed, and why. */
class FailedImport {
  readonly #mark = true;
  constructor(
    readonly specifier: string,
    readonly reason: unknown,
  ) {}

  /** Unlike `instanceof`, runs no code of what was thrown, which may be a proxy. */
  static is(thrown: unknown): thrown is FailedImport {
    return typeof thrown === "object" && thrown !== null && #mark in thrown;
  }
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise;
}
