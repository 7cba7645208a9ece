/** The requests that output belongs to: what a cell prints is published under its request, however late. */
import type { Request } from "../wire/index.js";

/** Output of a cell that lies further back goes to the latest one: a notebook of 10,000 cells needs no more memory. */
const KEPT = 2000;

export class Parents {
  readonly #requests = new Map<number, Request>();
  #latest = 0;
  #count = 0;

  /** Numbers a request. */
  add(request: Request): number {
    const cell = ++this.#count;
    if (request.type === "execute_request") this.#latest = cell;
    // Its text and its binary buffers are of no use here.
    this.#requests.set(cell, { ...request, content: withoutCode(request), buffers: [] } as Request);
    this.#requests.delete(cell - KEPT);
    return cell;
  }

  /** The request of a number, or the latest cell's where that is not known. */
  of(cell: number): Request | null {
    return this.#requests.get(cell) ?? this.#requests.get(this.#latest) ?? null;
  }
}

function withoutCode({ type, content }: Request): Request["content"] {
  return type === "execute_request" ? { ...content, code: "" } : {};
}
