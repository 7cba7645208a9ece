/** The wire format: identities, delimiter, signature, four JSON frames, buffers. */
import type { Channel, Header, Request } from "./messages.js";
import { checkedContent, isRequestType } from "./requests.js";
import type { Signer } from "./signature.js";

const DELIMITER = "<IDS|MSG>";
const delimiter = Buffer.from(DELIMITER);

/** Why a message was dropped. */
export class BadMessage extends Error {
  override readonly name = "BadMessage";
}

/** The frames to send; `header`, `parent` and so on are JSON texts already. */
export function encode(
  signer: Signer,
  routing: readonly (Uint8Array | string)[],
  json: readonly [header: string, parent: string, metadata: string, content: string],
  buffers: readonly Uint8Array[] = [],
): (Uint8Array | string)[] {
  return [...routing, DELIMITER, signer.sign(json), ...json, ...buffers];
}

/**
 * Verifies and reads the frames of a request.
 * @throws BadMessage when a frame is missing, the signature is wrong, or a frame is not what the protocol wants.
 */
export function decode(signer: Signer, channel: Channel, frames: readonly Buffer[]): Request {
  const mark = frames.findIndex((frame) => frame.equals(delimiter));
  if (mark < 0) throw new BadMessage(`no ${DELIMITER} frame among ${frames.length}`);
  const [signature, ...rest] = frames.slice(mark + 1, mark + 6);
  if (signature === undefined || rest.length < 4) {
    throw new BadMessage(
      `${frames.length - mark - 1} frames after the delimiter; wanted at least 5`,
    );
  }
  if (!signer.verify(signature, rest)) throw new BadMessage("wrong signature");
  const [header, parent, metadata, content] = rest.map(readObject) as [
    Record<string, unknown>,
    Record<string, unknown>,
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  const type = header.msg_type;
  if (typeof type !== "string" || typeof header.msg_id !== "string") {
    throw new BadMessage("header without msg_type and msg_id");
  }
  if (!isRequestType(type)) throw new BadMessage(`unknown message type ${JSON.stringify(type)}`);
  try {
    return {
      type,
      channel,
      identities: frames.slice(0, mark),
      header: header as unknown as Header,
      parentHeader: "msg_id" in parent ? (parent as unknown as Header) : null,
      metadata,
      content: checkedContent(type, content),
      buffers: frames.slice(mark + 6),
    } as Request;
  } catch (error) {
    throw new BadMessage((error as Error).message);
  }
}

const names = ["header", "parent header", "metadata", "content"] as const;

function readObject(frame: Buffer, index: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(frame.toString("utf8"));
  } catch {
    throw new BadMessage(`${names[index]} is not JSON`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new BadMessage(`${names[index]} is not a JSON object`);
}
