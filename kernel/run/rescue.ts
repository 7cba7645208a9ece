/** Saves what a loop has reached before its cell is ended by force. */

/** A thread as V8's inspector sees it. */
export interface InspectedThread {
  /** Sends a command; resolves with its result. */
  post(method: string, params?: object): Promise<unknown>;
  /** Hears events; one listener an event. */
  on(event: string, listener: (params: unknown) => void): void;
}

/** What a cell that runs needs for this. */
export interface Rescue {
  /** The file name under which the cell runs. */
  readonly file: string;
  /** See `RunnableCell.rescue` in `kernel/cell`. */
  readonly expression: string;
}

interface CallFrame {
  callFrameId: string;
  location: { scriptId: string };
  functionLocation?: { lineNumber: number; columnNumber: number };
}

/** How long a busy thread has to stop at its next statement, in milliseconds. */
const PATIENCE = 2000;
/** The emitted function of a cell begins on the first line within this many characters: `(async function`. */
const FIRST_COLUMNS = 15;

/**
 * Ends what a thread runs, as `Runtime.terminateExecution` does, which runs no `finally`. Before that the thread is
 * halted as a debugger would halt it, and the variables of the loop in the cell are put back into their boxes: so they
 * need not be anywhere but in registers while the loop runs. In a thread that is inside a native call nothing is saved.
 *
 * @param rescues of all cells that run: any of them may be the one that is halted
 */
export async function endAndRescue(
  thread: InspectedThread,
  rescues: readonly Rescue[],
): Promise<void> {
  const expressions = new Map<string, string>();
  thread.on("Debugger.scriptParsed", (params) => {
    const { scriptId, url } = params as { scriptId: string; url: string };
    const rescue = rescues.find(({ file }) => file === url);
    if (rescue !== undefined) expressions.set(scriptId, rescue.expression);
  });
  const paused = new Promise<CallFrame[]>((resolve) => {
    thread.on("Debugger.paused", (params) => {
      resolve((params as { callFrames: CallFrame[] }).callFrames);
    });
    setTimeout(() => resolve([]), PATIENCE).unref();
  });
  void thread.post("Debugger.enable");
  void thread.post("Debugger.pause");
  for (const { callFrameId, location, functionLocation } of await paused) {
    const rescuing = expressions.get(location.scriptId);
    if (rescuing === undefined || functionLocation === undefined) continue;
    const { lineNumber, columnNumber } = functionLocation;
    if (lineNumber > 0 || columnNumber > FIRST_COLUMNS) continue;
    // The inspector's way into a thread takes ASCII only.
    const expression = rescuing.replace(
      /[^\0-\x7f]/gu,
      (letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`,
    );
    await thread.post("Debugger.evaluateOnCallFrame", { callFrameId, expression, silent: true });
  }
  const ended = thread.post("Runtime.terminateExecution");
  // Lets a halted thread go on, into its end.
  void thread.post("Debugger.disable");
  await ended;
}
