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

  /** Whether there was such a subshell. Cells that wait in it are aborted; the one that runs goes on. */
  async delete(id: string): Promise<boolean> {
    const shell = this.#others.get(id);
    this.#others.delete(id);
    await shell?.abortQueue();
    return shell !== undefined;
  }

  get ids(): string[] {
    return [...this.#others.keys()];
  }

  /** The shell that a request's header names; `undefined` when there is none of that id. */
  of(id: string | null | undefined): Execution | undefined {
    return id === null || id === undefined ? this.#main : this.#others.get(id);
  }
}
