/** Colours in text: ANSI escape sequences. Uses no Node API. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: these sequences begin with a control character.
const SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_])/g;

/** Text without its ANSI escape sequences: colours, links, moves of the cursor. */
export function stripColours(text: string): string {
  return text.includes("\u001b") ? text.replace(SEQUENCE, "") : text;
}

/** What begins and ends colours in the text that the kernel itself writes, as tracebacks. */
export interface Pen {
  red: string;
  bold: string;
  dim: string;
  /** Ends them all. */
  plain: string;
}

/** Front ends draw colours, unless the reader wants none: `NO_COLOR` is set (no-color.org). */
export function penFor(environment: Readonly<Record<string, string | undefined>>): Pen {
  if ((environment.NO_COLOR ?? "") !== "") return { red: "", bold: "", dim: "", plain: "" };
  return { red: "\u001b[31m", bold: "\u001b[1m", dim: "\u001b[2m", plain: "\u001b[0m" };
}
