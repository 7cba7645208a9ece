import { say } from "../../check/language.js";

/** Where a notebook kernel leaves the function that takes an output: so that we know to be in one. */
const IN_NOTEBOOK = Symbol.for("convlab.show");

/** Milliseconds between two updates of the line. */
const OFTEN = 200;

/** Says how far something is. */
export interface Progress {
  /** So many bytes have come. */
  reached(bytes: number): void;
  /** Says another sentence in place of the line. */
  now(sentence: string): void;
  /** Ends the line; what is written next stands below it. */
  end(sentence?: string): void;
}

/** Bytes in words: `11.5 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`;
}

/** Somewhere to write to: a terminal's line can be written over, and so can an output line of a notebook. */
export interface Sink {
  write(text: string): unknown;
  readonly rewrites: boolean;
}

function usualSink(): Sink {
  const notebook = IN_NOTEBOOK in globalThis;
  const stream = notebook ? process.stdout : process.stderr;
  return {
    write: (text) => stream.write(text),
    rewrites: notebook || Boolean(process.stderr.isTTY),
  };
}

/** A line about a download that is written over as it goes on; where a line can't be, its beginning and end are said. */
export function progressLine(what: string, total: number, sink: Sink = usualSink()): Progress {
  let last = Date.now();
  let width = 0;
  const line = (text: string): void => {
    if (sink.rewrites) sink.write(`\r${text.padEnd(width)}`);
    else sink.write(`${text}\n`);
    width = text.length;
  };
  const size = megabytes(total);
  const name = { what, size };
  line(say({ en: "Fetching {what}, {size} …", ko: "{what} 내려받는 중, {size} …" }, name));
  return {
    reached(bytes) {
      if (!sink.rewrites || (Date.now() - last < OFTEN && bytes < total)) return;
      last = Date.now();
      const percent = String(Math.floor((100 * bytes) / total));
      const values = { ...name, got: megabytes(bytes), percent };
      line(
        say(
          {
            en: "Fetching {what}: {got} of {size} ({percent} %)",
            ko: "{what} 내려받는 중: {size} 중 {got} ({percent} %)",
          },
          values,
        ),
      );
    },
    now: line,
    end(sentence) {
      if (sentence) line(sentence);
      if (sink.rewrites) sink.write("\n");
    },
  };
}

/** Says nothing. */
export const silence: Progress = { reached: () => {}, now: () => {}, end: () => {} };
