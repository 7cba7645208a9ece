/** Whether a text is a whole cell, for `is_complete_request`. */
import { CellSyntaxError, parse } from "../cell/parse.js";
import type { ReplyContents } from "../wire/index.js";

/** One step of indentation. */
const STEP = "  ";

export function completeness(code: string): ReplyContents["is_complete_reply"] {
  try {
    parse(code);
    return { status: "complete" };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    if (!error.atEnd) return { status: "invalid" };
    const lastLine = code.trimEnd().split("\n").at(-1) ?? "";
    const indent = /^\s*/.exec(lastLine)![0] + (/(?:[{([]|=>)$/.test(lastLine) ? STEP : "");
    return { status: "incomplete", indent };
  }
}
