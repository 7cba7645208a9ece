/** The wire format: identities, delimiter, signature, four JSON frames, buffers. */
import type { RequestContents } from "./contents.js";
import type { Channel, Header, Request } from "./messages.js";
import { checkedContent, isRequestType } from "./requests.js";
import type { Signer } from "./signature.js";

const DELIMITER = "<IDS|MSG>";
const delimiter = Buffer.from(DELIMITER);
/** Every answer repeats the header of its request, to all front ends: none of them shall choke on it. */
const HEADER_DEPTH = 10;

/** Why a message was dropped. */
export class BadMessage extends Error {
  override readonly name = "BadMessage";
}

/** The frames to send; `header`, `parent` and so on are JSON already, as text or as its bytes. */
export function encode(
  signer: Signer,
  routing: readonly (Uint8Array | string)[],
  json: readonly [header: string, parent: string, metadata: string, content: string | Uint8Array],
  buffers: readonly Uint8Array[] = [],
): (Uint8Array | string)[] {
  return [...routing, DELIMITER, signer.sign(json), ...json, ...buffers];
}

/** A request, and its header as it was written. */
export interface Decoded {
  readonly request: Request;
  readonly header: string;
}

/**
 * Verifies and reads the frames of a request.
 * @throws BadMessage when a frame is missing, the signature is wrong, or a frame is not what the protocol wants.
 */
export function decode(signer: Signer, channel: Channel, frames: readonly Buffer[]): Decoded {
  const mark = frames.findIndex((frame) => frame.equals(delimiter));
  if (mark < 0) throw new BadMessage(`no ${DELIMITER} frame among ${frames.length}`);
  const [signature, ...rest] = frames.slice(mark + 1, mark + 6);
  if (signature === undefined || rest.length < 4) {
    throw new BadMessage(
      `${frames.length - mark - 1} frames after the delimiter; wanted at least 5`,
    );
  }
  if (!signer.verify(signature, rest)) throw new BadMessage("wrong signature");
  const texts = rest.map(readText) as [string, string, string, string];
  const [header, parent, metadata, content] = texts.map(readObject) as [Json, Json, Json, Json];
  const { msg_type: type, msg_id, subshell_id } = header;
  if (typeof type !== "string" || typeof msg_id !== "string") {
    throw new BadMessage("header without msg_type and msg_id");
  }
  if (isDeep(header, HEADER_DEPTH)) throw new BadMessage("header is nested too deeply");
  if (typeof (subshell_id ?? "") !== "string") throw new BadMessage("subshell_id is no string");
  if (!isRequestType(type)) throw new BadMessage(`unknown message type ${JSON.stringify(type)}`);
  if ((type === "input_reply") !== (channel === "stdin")) {
    throw new BadMessage(`${type} on ${channel}`);
  }
  const request = {
    type,
    channel,
    identities: frames.slice(0, mark),
    header: header as unknown as Header,
    parentHeader: "msg_id" in parent ? (parent as unknown as Header) : null,
    metadata,
    content: contentOf(type, content),
    buffers: frames.slice(mark + 6),
  } as Request;
  return { request, header: texts[0] };
}

function isDeep(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeep(one, levels - 1));
}

type Json = Record<string, unknown>;
const names = ["header", "parent header", "metadata", "content"] as const;

function readText(frame: Buffer, index: number): string {
  try {
    return frame.toString("utf8");
  } catch {
    throw new BadMessage(`${names[index]} is longer than JavaScript can hold`);
  }
}

function readObject(text: string, index: number): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadMessage(`${names[index]} is not JSON`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw new BadMessage(`${names[index]} is not a JSON object`);
}

function contentOf(type: keyof RequestContents, content: Json): object {
  try {
    return checkedContent(type, content);
  } catch (error) {
    throw new BadMessage((error as Error).message);
  }
}
