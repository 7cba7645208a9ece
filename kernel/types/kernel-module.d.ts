/** The module `convlab/kernel` as cells see it: what a cell can ask of the kernel itself. */

/** How a value is displayed. */
export interface DisplayOptions {
  /** Names the output, so that a later call can change it. */
  readonly id?: string;
  /** Changes what was displayed under `id` instead of displaying anew. */
  readonly update?: boolean;
  /** Takes the value for a MIME bundle: `{ "text/html": "<b>bold</b>" }`. */
  readonly raw?: boolean;
}

/**
 * Displays a value as it would be shown at the end of a cell.
 * @example
 * display({ "text/html": "<b>bold</b>" }, { raw: true })
 */
export declare function display(value: unknown, options?: DisplayOptions): Promise<void>;

/**
 * Removes what the cell has put out so far.
 * @param options `wait` keeps it until the next output comes, so that nothing flickers
 */
export declare function clearOutput(options?: { readonly wait?: boolean }): void;

/**
 * Asks the reader for a line.
 * @param options `password` hides what is typed
 * @throws Error where nobody can be asked, as in `nbconvert --execute`
 */
export declare function input(
  prompt?: unknown,
  options?: { readonly password?: boolean },
): Promise<string>;

/** What goes with the data of a comm's message. */
export interface CommExtras {
  readonly metadata?: Record<string, unknown>;
  /** Sent as the bytes that they are, beside the data. */
  readonly buffers?: readonly (ArrayBufferView | ArrayBuffer | SharedArrayBuffer)[];
}

/** What a comm's other side has sent. */
export interface CommReceived {
  // biome-ignore lint/suspicious/noExplicitAny: only the two sides know what they send each other.
  readonly data: Record<string, any>;
  readonly metadata: Record<string, unknown>;
  /** Each at the beginning of a memory of its own, so that it can be read as numbers of any size. */
  readonly buffers: readonly Uint8Array<ArrayBuffer>[];
}

/** One open channel to a part of the front end. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  /**
   * Sends data to the other side.
   * @throws Error when the comm is closed
   * @throws TypeError when `data` or `metadata` is not JSON
   */
  send(data?: Record<string, unknown>, extras?: CommExtras): void;
  /** Ends the channel and tells the other side; a second call does nothing. */
  close(data?: Record<string, unknown>, extras?: CommExtras): void;
  /** Calls `handler` for everything that the other side sends from now on. */
  onMessage(handler: (message: CommReceived) => void | Promise<void>): void;
  /** Calls `handler` when the other side closes the channel. */
  onClose(handler: (message: CommReceived) => void | Promise<void>): void;
}

/** Lets front ends open comms to `name`; a later call for the same name takes its place. */
export declare function registerCommTarget(
  name: string,
  target: (comm: Comm, opened: CommReceived) => void | Promise<void>,
): void;

/** Opens a comm to something that the front end has registered under `target`. */
export declare function openComm(
  target: string,
  data?: Record<string, unknown>,
  extras?: CommExtras,
): Comm;
