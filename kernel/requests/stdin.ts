/** Asks the front end that runs a cell for lines of input, one question at a time. */
import type { InputAnswer } from "../run/protocol.js";
import type { RequestOf, Wire } from "../wire/index.js";

type ExecuteRequest = RequestOf<"execute_request">;

interface Question {
  readonly asking: ExecuteRequest;
  readonly prompt: string;
  readonly password: boolean;
  readonly answer: (answer: InputAnswer) => void;
}

export class Stdin {
  readonly #wire: Wire;
  /** The cells that run, by message id: a front end takes no questions of others. */
  readonly #running = new Set<string>();
  /** The first has been asked, the others wait for their turn. */
  #questions: Question[] = [];
  /** When the first was asked, in milliseconds since 1970. */
  #asked = 0;

  constructor(wire: Wire) {
    this.#wire = wire;
    wire.onStdin((reply) => {
      const [open] = this.#questions;
      if (open === undefined) return;
      // Another front end's, or meant for a question that was interrupted.
      if (!reply.identities.every((one, at) => open.asking.identities[at]?.equals(one))) return;
      if (Date.parse(reply.parentHeader?.date ?? "") < this.#asked) return;
      this.#end([open], { line: reply.content.value });
    });
  }

  /** The reader's line, or why there is none. */
  ask(asking: ExecuteRequest, prompt: string, password: boolean): Promise<InputAnswer> {
    if (!asking.content.allow_stdin) return Promise.resolve({ refused: "nobody" });
    if (!this.#running.has(asking.header.msg_id)) return Promise.resolve({ refused: "ended" });
    return new Promise((answer) => {
      this.#questions.push({ asking, prompt, password, answer });
      if (this.#questions.length === 1) this.#askFirst();
    });
  }

  begin({ header }: ExecuteRequest): void {
    this.#running.add(header.msg_id);
  }

  /** Ends the questions of a cell that has ended. */
  end({ header }: ExecuteRequest): void {
    this.#running.delete(header.msg_id);
    const its = this.#questions.filter(({ asking }) => asking.header.msg_id === header.msg_id);
    this.#end(its, { refused: "ended" });
  }

  #end(questions: readonly Question[], answer: InputAnswer): void {
    const [open] = this.#questions;
    this.#questions = this.#questions.filter((one) => !questions.includes(one));
    for (const question of questions) question.answer(answer);
    if (this.#questions[0] !== open) this.#askFirst();
  }

  #askFirst(): void {
    const [first] = this.#questions;
    if (first === undefined) return;
    this.#asked = Date.now();
    void this.#wire.ask(first.asking, { prompt: first.prompt, password: first.password });
  }
}
