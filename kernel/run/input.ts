/** Lines that a cell asks the reader for. */
import type { FromUserThread, InputAnswer } from "./protocol.js";

/** How a line is asked for. */
export interface InputOptions {
  /** Hides what is typed. */
  readonly password?: boolean;
}

type Ask = Omit<Extract<FromUserThread, { kind: "input" }>, "kind" | "cell" | "at">;

interface Waiting {
  /** The cell that asks. */
  readonly cell: number;
  answer(answer: InputAnswer): void;
}

const REFUSALS: Readonly<Record<(InputAnswer & { refused: string })["refused"], string>> = {
  nobody: "Nobody can be asked here: this front end takes no input.",
  ended: "Only a cell that runs can ask for input: write `await input()`.",
};

export class Inputs {
  readonly #waiting = new Map<number, Waiting>();
  readonly #cell: () => number;
  readonly #ask: (question: Ask) => void;
  #asked = 0;

  /**
   * @param cell the cell whose code runs
   * @param ask sends the question on its way; `answer` brings the line
   */
  constructor(cell: () => number, ask: (question: Ask) => void) {
    this.#cell = cell;
    this.#ask = ask;
  }

  /**
   * Asks the reader for a line.
   * @throws Error where nobody can be asked, as in `nbconvert --execute`
   */
  readonly input = (prompt: unknown = "", options: InputOptions = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const question = { prompt: String(prompt), password: options.password === true };
      const id = ++this.#asked;
      const answer = (given: InputAnswer): void => {
        if ("line" in given) resolve(given.line);
        else reject(new Error(REFUSALS[given.refused]));
      };
      this.#waiting.set(id, { cell: this.#cell(), answer });
      this.#ask({ id, ...question });
    });

  /** Asks as a browser does: what is not answered is `initial`. */
  readonly prompt = async (message: unknown = "", initial: unknown = ""): Promise<string> => {
    const proposed = String(initial);
    const shown = proposed === "" ? `${message} ` : `${message} [${proposed}] `;
    return (await this.input(shown)) || proposed;
  };

  /** The line that came, or why none can come. */
  answer(id: number, answer: InputAnswer): void {
    this.#waiting.get(id)?.answer(answer);
    this.#waiting.delete(id);
  }

  /** The cell was interrupted: its questions are never answered, so that its code does not go on. */
  forget(cell: number): void {
    for (const [id, waiting] of this.#waiting) if (waiting.cell === cell) this.#waiting.delete(id);
  }
}
