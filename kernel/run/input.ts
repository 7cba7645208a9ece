/** Lines that a cell asks the reader for. */
import type { FromUserThread } from "./protocol.js";

/** How a line is asked for. */
export interface InputOptions {
  /** Hides what is typed. */
  readonly password?: boolean;
}

type Ask = Omit<Extract<FromUserThread, { kind: "input" }>, "kind" | "cell" | "at">;

export class Inputs {
  readonly #waiting = new Map<number, (line: string | undefined) => void>();
  #asked = 0;

  /** @param ask sends the question on its way; `answer` brings the line */
  constructor(readonly ask: (question: Ask) => void) {}

  /**
   * Asks the reader for a line.
   * @throws Error where nobody can be asked, as in `nbconvert --execute`
   */
  readonly input = (prompt: unknown = "", options: InputOptions = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const id = ++this.#asked;
      this.#waiting.set(id, (line) => {
        if (line !== undefined) resolve(line);
        else reject(new Error("Nobody can be asked here: this front end takes no input."));
      });
      this.ask({ id, prompt: String(prompt), password: options.password === true });
    });

  /** The line that came, or `undefined` where none can come. */
  answer(id: number, line: string | undefined): void {
    this.#waiting.get(id)?.(line);
    this.#waiting.delete(id);
  }
}
