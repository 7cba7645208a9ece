/**
 * Subshells (JEP 91): each runs cells beside the main shell, in the same thread. One that waits lets the others run.
 */
import { randomUUID } from "node:crypto";
import type { Execution } from "./execution.js";

export class Subshells {
  readonly #create: () => Execution;
  readonly #main: Execution;
  readonly #others = new Map<string, Execution>();

  constructor(create: () => Execution) {
    this.#create = create;
    this.#main = create();
  }

  create(): string {
    const id = randomUUID();
    this.#others.set(id, this.#create());
    return id;
  }

  /** Whether there was such a subshell. Cells that it has been given are still run. */
  delete(id: string): boolean {
    return this.#others.delete(id);
  }

  get ids(): string[] {
    return [...this.#others.keys()];
  }

  /** The shell that a request's header names; `undefined` when there is none of that id. */
  of(id: string | null | undefined): Execution | undefined {
    return id === null || id === undefined ? this.#main : this.#others.get(id);
  }
}
