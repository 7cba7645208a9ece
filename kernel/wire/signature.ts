/** HMAC signatures over the four JSON frames of a message. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { ConnectionInfo } from "./connection.js";

/** Signs and verifies with the key of one connection; an empty key signs nothing and accepts everything. */
export class Signer {
  readonly #key: string;
  readonly #hash: string;

  constructor(connection: Pick<ConnectionInfo, "key" | "signature_scheme">) {
    this.#key = connection.key;
    this.#hash = connection.signature_scheme.slice("hmac-".length);
  }

  /** The signature as lower-case hexadecimal. */
  sign(frames: readonly (string | Uint8Array)[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac(this.#hash, this.#key);
    for (const frame of frames) hmac.update(frame);
    return hmac.digest("hex");
  }

  /** Compares in constant time, so that a signature can't be guessed byte by byte. */
  verify(signature: Uint8Array, frames: readonly Uint8Array[]): boolean {
    if (this.#key === "") return true;
    const wanted = Buffer.from(this.sign(frames), "latin1");
    return signature.length === wanted.length && timingSafeEqual(signature, wanted);
  }
}
