/** Colours in text: ANSI escape sequences. Uses no Node API. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: these sequences begin with a control character.
const SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_])/g;

/** Text without its ANSI escape sequences: colours, links, moves of the cursor. */
export function stripColours(text: string): string {
  return text.includes("\u001b") ? text.replace(SEQUENCE, "") : text;
}

/** Whether what the kernel itself writes, as tracebacks, is coloured: not where `NO_COLOR` is set (no-color.org). */
export function wantsColours(environment: Readonly<Record<string, string | undefined>>): boolean {
  return (environment.NO_COLOR ?? "") === "";
}
