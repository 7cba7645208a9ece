/** A Jupyter message: header, parent, metadata, content and binary buffers. */
import type { RequestContents } from "./contents.js";

/** Who sent a message, when, and of what type. */
export interface Header {
  msg_id: string;
  session: string;
  username: string;
  /** ISO 8601, UTC. */
  date: string;
  msg_type: string;
  version: string;
  /** Protocol 5.5 (JEP 91): the subshell that shall serve the request. */
  subshell_id?: string | null;
}

export type Channel = "shell" | "control" | "stdin";

/** A verified message of one type, as it came from a front end. */
export interface RequestOf<T extends keyof RequestContents> {
  /** The same as `header.msg_type`: tells the members of {@link Request} apart. */
  readonly type: T;
  readonly channel: Channel;
  /** Routing frames: whom to answer. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly parentHeader: Header | null;
  readonly metadata: Record<string, unknown>;
  /** Checked: each field has its type, absent optional ones their default. */
  readonly content: RequestContents[T];
  readonly buffers: readonly Buffer[];
}

/** Any request; `switch (request.type)` narrows its content. */
export type Request = { [T in keyof RequestContents]: RequestOf<T> }[keyof RequestContents];

/** What a message sent by us is about: a request (or its header, kept for late output), or nothing. */
export type Parent = { readonly header: Header } | null;

/** What may go with a content. */
export interface Extras {
  metadata?: Record<string, unknown>;
  buffers?: readonly Uint8Array[];
}
