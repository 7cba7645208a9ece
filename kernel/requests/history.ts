/** What was run in this session, for `history_request`. */
import type { HistoryRequest, ReplyContents } from "../wire/index.js";
import { matches } from "./pattern.js";

type HistoryReply = Extract<ReplyContents["history_reply"], { status: "ok" }>;
type Row = HistoryReply["history"][number];

interface Entry {
  /** The number in the notebook's margin. */
  line: number;
  source: string;
  /** The cell's value as text, where it had one. */
  output: string | null;
}

/** Older entries are forgotten: so many are kept, and so many characters of them. */
const MOST_ENTRIES = 10_000;
const MOST_CHARACTERS = 10_000_000;
/** One kernel process is one session; earlier ones are not kept. */
const SESSION = 1;

export class History {
  readonly #entries: Entry[] = [];
  #characters = 0;

  add(line: number, source: string, output: string | null): void {
    this.#entries.push({ line, source, output });
    this.#characters += lengthOf(this.#entries.at(-1)!);
    while (this.#entries.length > MOST_ENTRIES || this.#characters > MOST_CHARACTERS) {
      this.#characters -= lengthOf(this.#entries.shift()!);
    }
  }

  /** The entries that a front end asks for: the last `n`, those from `start` to before `stop`, or those that match. */
  answer(request: HistoryRequest): HistoryReply {
    const history = this.#chosen(request).map(
      ({ line, source, output }): Row =>
        request.output ? [SESSION, line, [source, output]] : [SESSION, line, source],
    );
    return { status: "ok", history };
  }

  #chosen(request: HistoryRequest): readonly Entry[] {
    const { hist_access_type: access, n, start = 0, stop = Infinity, session = 0 } = request;
    switch (access) {
      case "range":
        // 0 means the running session; negative numbers count back from it.
        if (session !== 0 && session !== SESSION) return [];
        return this.#entries.filter(({ line }) => line >= start && line < stop);
      case "search": {
        const { pattern = "*" } = request;
        const found = this.#entries.filter(({ source }) => matches(source, pattern));
        return last(request.unique ? latestOfEach(found) : found, n);
      }
      default:
        return last(this.#entries, n);
    }
  }
}

function lengthOf({ source, output }: Entry): number {
  return source.length + (output?.length ?? 0);
}

function last(entries: readonly Entry[], n: number | undefined): readonly Entry[] {
  return n === undefined ? entries : entries.slice(Math.max(0, entries.length - n));
}

/** Each text once, where it was run last. */
function latestOfEach(entries: readonly Entry[]): Entry[] {
  const latest = new Map(entries.map((entry) => [entry.source, entry]));
  return entries.filter((entry) => latest.get(entry.source) === entry);
}
