/** Whether a text is a whole cell, and how its next line is indented, for `is_complete_request`. */

import { openBrackets } from "../cell/open-brackets.js";
import { CellSyntaxError, parse } from "../cell/parse.js";
import type { ReplyContents } from "../wire/index.js";

/** One step of indentation. */
const STEP = "  ";
/** The line goes on: it ends in an operator, or in the head of a statement that has no block yet. */
const GOES_ON =
  /(?:[=+\-*/%&|^?:<>,.]|\b(?:extends|implements|return|else|do|try|finally|await|in|of))$|^\s*(?:\}\s*)?(?:else\s+)?(?:if|for|while|with)\b.*\)$/;
const LABEL = /^\s*(?:case\b.*|default\s*):$/;

export function completeness(code: string): ReplyContents["is_complete_reply"] {
  try {
    parse(code);
    return { status: "complete" };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    if (!error.atEnd) return { status: "invalid" };
    return { status: "incomplete", indent: indentAfter(code) };
  }
}

function indentAfter(code: string): string {
  const open = openBrackets(code);
  const innermost = open.at(-1);
  // Space would become a part of the template.
  if (innermost?.kind === "`") return "";
  const inside = innermost === undefined ? "" : indentOf(innermost.line) + STEP;
  const [last = "", previous = ""] = code
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.replace(/\s*(?:\/\/.*)?\s*$/, ""))
    .reverse();
  if (innermost?.line.trimEnd().startsWith(last) || /^\s*[)\]}]/.test(last)) return inside;
  if (LABEL.test(last)) return inside + STEP;
  const same = indentOf(last).length > inside.length ? indentOf(last) : inside;
  const begins = GOES_ON.test(last) && !GOES_ON.test(previous) && !last.endsWith(",");
  return begins ? same + STEP : same;
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)![0];
}
