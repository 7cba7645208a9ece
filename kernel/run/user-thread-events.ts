/** What the protocol side hears of the user's thread: what cells print, show and ask, and how they end. */
import type { CommMessage, Display, Failure, InputAnswer } from "./protocol.js";
import type { PrintedText } from "./text-ring.js";

/** How a cell ended. */
export type Outcome =
  | { kind: "result"; result?: Display["data"] }
  | {
      kind: "failure";
      failure: Failure;
      stateLost: boolean;
      /** Of an interrupted cell: those of its names that hold something new. */
      reached?: readonly string[];
    };

/**
 * What the thread does besides running cells. `cell` is the number that `run` was given. Where a promise is answered,
 * it resolves when the output has left the kernel: until then the thread may not send without end.
 */
export interface UserThreadEvents {
  text(printed: PrintedText): void | Promise<void>;
  display(cell: number, display: Display): void | Promise<void>;
  clear(cell: number, wait: boolean): void | Promise<void>;
  comm(cell: number, message: CommMessage): void | Promise<void>;
  /** A cell asks for a line. */
  input(cell: number, prompt: string, password: boolean): Promise<InputAnswer>;
  /** A promise was rejected, or a timer threw, and nobody caught it. */
  uncaught(cell: number, failure: Failure): void | Promise<void>;
  /** The thread has ended, and with it all variables. `told` when a cell ran, whose error says so. */
  lost(failure: Failure, told: boolean): void;
}
