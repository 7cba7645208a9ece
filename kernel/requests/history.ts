/** What was run in this session, for `history_request`. */
import type { HistoryRequest, ReplyContents } from "../wire/index.js";

type HistoryReply = Extract<ReplyContents["history_reply"], { status: "ok" }>;

interface Entry {
  /** The number in the notebook's margin. */
  line: number;
  source: string;
  /** The cell's value as text, where it had one. */
  output: string | null;
}

/** Older entries are forgotten. */
const LONGEST = 10_000;
/** One kernel process is one session; earlier ones are not kept. */
const SESSION = 1;

export class History {
  #entries: Entry[] = [];

  add(line: number, source: string, output: string | null): void {
    this.#entries.push({ line, source, output });
    if (this.#entries.length > 2 * LONGEST) this.#entries = this.#entries.slice(-LONGEST);
  }

  /** The entries that a front end asks for: the last `n`, those from `start` to before `stop`, or those that match. */
  answer(request: HistoryRequest): HistoryReply {
    const history = this.#chosen(request).map(
      ({ line, source, output }): Row =>
        request.output ? [SESSION, line, [source, output]] : [SESSION, line, source],
    );
    return { status: "ok", history };
  }

  #chosen(request: HistoryRequest): Entry[] {
    const { hist_access_type: access, n, start = 0, stop = Infinity, session = 0 } = request;
    switch (access) {
      case "range":
        // 0 means the running session; negative numbers count back from it.
        if (session !== 0 && session !== SESSION) return [];
        return this.#entries.filter(({ line }) => line >= start && line < stop);
      case "search": {
        const wanted = glob(request.pattern ?? "*");
        const found = this.#entries.filter(({ source }) => wanted.test(source));
        return last(request.unique ? latestOfEach(found) : found, n);
      }
      default:
        return last(this.#entries, n);
    }
  }
}

type Row = HistoryReply["history"][number];

function last(entries: Entry[], n: number | undefined): Entry[] {
  return n === undefined ? entries : entries.slice(Math.max(0, entries.length - n));
}

function latestOfEach(entries: Entry[]): Entry[] {
  return [...new Map(entries.map((entry) => [entry.source, entry])).values()];
}

/** A pattern of the protocol: `*` stands for any text, `?` for one character. */
function glob(pattern: string): RegExp {
  const plain = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${plain.replaceAll("*", ".*").replaceAll("?", ".")}$`, "su");
}
