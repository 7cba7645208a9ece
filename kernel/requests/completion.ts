/** Completion and inspection, in the terms of the protocol. */
import type { Session } from "../session.js";
import type { CompleteRequest, InspectRequest, ReplyContents } from "../wire/index.js";
import { toCodePoints, toUnits } from "./code-points.js";

export async function completeReply(
  session: Session,
  { code, cursor_pos }: CompleteRequest,
): Promise<ReplyContents["complete_reply"]> {
  const { items, start, end } = await session.complete(code, toUnits(code, cursor_pos));
  const cursor_start = toCodePoints(code, start);
  const cursor_end = toCodePoints(code, end);
  return {
    status: "ok",
    matches: items.map(({ text }) => text),
    cursor_start,
    cursor_end,
    metadata: {
      // JupyterLab and VS Code show kinds and signatures from here.
      _jupyter_types_experimental: items.map(({ text, kind, signature }) => ({
        text,
        type: kind,
        start: cursor_start,
        end: cursor_end,
        ...(signature === undefined ? {} : { signature }),
      })),
    },
  };
}

export async function inspectReply(
  session: Session,
  { code, cursor_pos, detail_level }: InspectRequest,
): Promise<ReplyContents["inspect_reply"]> {
  const found = await session.inspect(code, toUnits(code, cursor_pos), detail_level > 0);
  const data = found === null ? {} : { "text/plain": found.text, "text/markdown": found.markdown };
  return { status: "ok", found: found !== null, data, metadata: {} };
}
