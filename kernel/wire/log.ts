/** What the wire has to say to whoever runs the kernel, on stderr. */
import type { Channel } from "./messages.js";

/** The longest line, in UTF-16 units: what was received may be of any length. */
const LONGEST = 2000;
/** So many dropped messages are told one by one within {@link PERIOD} (in milliseconds), the others are counted. */
const MOST = 200;
const PERIOD = 1000;

let told = 0;
let untold = 0;

/** Writes one line, cut if it is long. */
export function log(text: string): void {
  const line = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  process.stderr.write(`convlab kernel: ${line}\n`);
}

/** Tells of a message that was dropped. In a flood the rest is counted: a pipe that nobody reads would stop us. */
export function logDropped(channel: Channel | "iopub", why: string): void {
  if (told === 0) setTimeout(nextPeriod, PERIOD).unref();
  if (++told > MOST) untold++;
  else log(`dropped a message on ${channel}: ${why}`);
}

function nextPeriod(): void {
  if (untold > 0) log(`dropped ${untold} more messages`);
  told = 0;
  untold = 0;
}

// Whoever started the kernel may have closed its end of the pipe: no reason to end.
process.stderr.on("error", () => undefined);
