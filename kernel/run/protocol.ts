/** What the protocol thread and the thread of the user's code say to each other. */
import type { CellImport } from "../cell/imports.js";
import type { MimeBundle } from "../display/bundle.js";

/** Begins the file name under which a cell's code runs; the cell's number follows. */
export const CELL_FILE = "convlab-cell-";

/** How many bytes of printed text may wait for the protocol thread; beyond that, printing waits. */
export const RING_BYTES = 1 << 20;

/** Handed to the thread of the user's code when it starts. */
export interface UserThreadData {
  /** The memory of the {@link TextRing}. */
  ring: SharedArrayBuffer;
  /** The memory of the {@link SendWindow}. */
  window: SharedArrayBuffer;
  /** The memory of the {@link InterruptMarks}. */
  interrupts: SharedArrayBuffer;
  /** The folder that relative paths and packages are looked up from: the notebook's. */
  folder: string;
  /** The kernel's own folder, where packages are looked up that the notebook's folder does not have. */
  kernelFolder: string;
  versions: { convlab: string; typescript: string };
}

/** One message of a comm (a channel between a cell and a front end's widget), in either direction. */
export interface CommMessage {
  kind: "comm_open" | "comm_msg" | "comm_close";
  commId: string;
  /** What shall answer on the other side; known when the comm is opened. */
  target?: string;
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

/** What the reader has typed, or why nothing comes: nobody can be asked, or the cell that asks has ended. */
export type InputAnswer = { line: string } | { refused: "nobody" | "ended" };

/** A property that runtime completion offers. */
export interface RuntimeName {
  name: string;
  kind: "function" | "class" | "property";
}

/** What the protocol thread asks, and what it is answered. */
export interface Questions {
  /** The names that exist at run time: of the session, or of the value that a path of names leads to. */
  names: { question: { path: string[] }; answer: RuntimeName[] };
}

/** Orders to the thread of the user's code. */
export type ToUserThread =
  | {
      kind: "run";
      /** Numbers every request, so that late output finds its cell. */
      cell: number;
      /** The name that stack frames show. */
      file: string;
      code: string;
      boxes: string[];
      declared: string[];
      imports: CellImport[];
      /** What to evaluate in the running cell before it is ended by force; may be empty. */
      rescue: string;
    }
  /** What a front end sends over a comm. It is handled as a cell is run: with a number, a `done`, interrupts. */
  | { kind: "comm"; cell: number; message: CommMessage }
  | { kind: "interrupt"; cell: number }
  /** The answer to an `input` message. */
  | { kind: "input"; id: number; answer: InputAnswer }
  | {
      [Q in keyof Questions]: { kind: "ask"; id: number; about: Q } & Questions[Q]["question"];
    }[keyof Questions];

/** An error as the user's code threw it; its places are still those of the emitted code. */
export interface Failure {
  name: string;
  message: string;
  /** V8's text of the stack, without the first line(s) that repeat name and message. */
  stack: string;
  /** The module whose import failed, before the cell's first line ran. */
  specifier?: string;
  /** What the error names as its cause, or the errors that it gathers. */
  causes: Failure[];
}

/** How an interrupted cell ends. */
export const INTERRUPTED: Failure = {
  name: "Interrupted",
  message: "The cell was interrupted; variables are kept.",
  stack: "",
  causes: [],
};

/** One thing to be displayed, or a change of one displayed before. */
export interface Display {
  data: MimeBundle;
  metadata: Record<string, unknown>;
  /** Names the display, so that it can be updated. */
  displayId?: string;
  update: boolean;
}

/** News from the thread of the user's code. `at` says how much text had been printed by then (see `TextRing`). */
export type FromUserThread =
  | { kind: "ready" }
  | { kind: "text" }
  | { kind: "display"; cell: number; at: number; display: Display }
  | { kind: "comm"; cell: number; at: number; message: CommMessage }
  | { kind: "input"; cell: number; at: number; id: number; prompt: string; password: boolean }
  | { kind: "answer"; id: number; answer: unknown }
  /**
   * The news of an interrupt has come: nothing that was sent before it is still on its way. `reached` are those of the
   * cell's names that hold something new.
   */
  | { kind: "interrupted"; cell: number; at: number; reached: string[] }
  | { kind: "clear"; cell: number; at: number; wait: boolean }
  | { kind: "done"; cell: number; at: number; result?: MimeBundle; failure?: Failure }
  | { kind: "rejection"; cell: number; at: number; failure: Failure };
