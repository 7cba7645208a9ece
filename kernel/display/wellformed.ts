/** MIME bundles as the protocol has them. Uses no Node API. */
import { base64 } from "./base64.js";
import { jsonValue, wellFormedText } from "./json.js";

/** MIME type to data: strings for text and base64, objects for JSON types. */
export type MimeBundle = Record<string, unknown>;

const MIME_TYPE = /^[\w.+-]+\/[^\s/]+$/;

/**
 * A bundle that can be sent, whatever a library or a user has put into it: bytes become base64, JSON types values that
 * JSON holds, all others text. Data that is `undefined` or `null` is left out, and so are keys that are no MIME types.
 * @throws TypeError where the data of a JSON type can't be JSON, with the type's name
 */
export function wellFormed(bundle: object): MimeBundle {
  const formed: MimeBundle = {};
  for (const [type, data] of Object.entries(bundle)) {
    if (!MIME_TYPE.test(type) || data === undefined) continue;
    if (isJson(type)) formed[type] = jsonData(type, data);
    else if (data !== null) formed[type] = textData(data);
  }
  return formed;
}

function jsonData(type: string, data: unknown): unknown {
  try {
    // A JSON type sent as a string is drawn by no front end, and breaks the saved notebook.
    return jsonValue(typeof data === "string" ? JSON.parse(data) : data);
  } catch (error) {
    throw new TypeError(`${type} can't be shown: ${messageOf(error)}`);
  }
}

function textData(data: unknown): string {
  if (typeof data === "string") return wellFormedText(data);
  if (data instanceof Uint8Array) return base64(data);
  if (data instanceof ArrayBuffer) return base64(new Uint8Array(data));
  if (typeof data !== "object" || data === null) return String(data);
  // A notebook file keeps text as a list of lines.
  if (Array.isArray(data) && data.every((line) => typeof line === "string")) return data.join("");
  const describesItself = !Array.isArray(data) && data.toString !== Object.prototype.toString;
  return wellFormedText(describesItself ? String(data) : JSON.stringify(jsonValue(data)));
}

function isJson(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}

/** What an error says; anything can be thrown, and even that can resist. */
export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "an error that can't be shown";
  }
}
