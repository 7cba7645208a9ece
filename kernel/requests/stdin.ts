/** Asks the front end that runs a cell for lines of input, one question at a time. */
import type { RequestOf, Wire } from "../wire/index.js";

export class Stdin {
  readonly #wire: Wire;
  /** The question that is open: the cell's message id, and what takes the line. */
  #open: { id: string; answer: (line?: string) => void } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(wire: Wire) {
    this.#wire = wire;
    wire.onStdin(({ content }) => this.#open?.answer(content.value));
  }

  /** The reader's line; `undefined` where the front end can't be asked, or the cell ends before. */
  ask(
    parent: RequestOf<"execute_request">,
    prompt: string,
    password: boolean,
  ): Promise<string | undefined> {
    if (!parent.content.allow_stdin) return Promise.resolve(undefined);
    const line = this.#turn.then(
      () =>
        new Promise<string | undefined>((resolve) => {
          this.#open = { id: parent.header.msg_id, answer: resolve };
          void this.#wire.ask(parent, { prompt, password });
        }),
    );
    this.#turn = line.then(() => {
      this.#open = undefined;
    });
    return line;
  }

  /** Ends the question of a cell that has ended: an interrupted one waits no longer. */
  end(parent: RequestOf<"execute_request">): void {
    if (this.#open?.id === parent.header.msg_id) this.#open.answer();
  }
}
