/** The requests that output belongs to: what a cell prints is published under its request, however late. */
import type { Request } from "../wire/index.js";

/** Output of a cell that lies further back goes to the latest one: a notebook of 10,000 cells needs no more memory. */
const CELLS_KEPT = 2000;
/** Of other requests fewer: a slider that is moved sends hundreds of messages, which shall push no cell out. */
const OTHERS_KEPT = 200;

export class Parents {
  readonly #cells = new Map<number, Request>();
  readonly #served = new Map<number, Request>();
  readonly #others = new Map<number, Request>();
  #latest: Request | null = null;
  #count = 0;

  /** Numbers a request. */
  add(request: Request): number {
    const number = ++this.#count;
    // Its text and its binary buffers are of no use here.
    const kept = { ...request, content: withoutCode(request), buffers: [] } as Request;
    if (request.type === "execute_request") {
      this.#latest = kept;
      keep(this.#cells, number, kept, CELLS_KEPT);
    } else this.#others.set(number, kept);
    return number;
  }

  /** A request other than a cell's has been served; what it has begun may still put out something. */
  served(number: number): void {
    const request = this.#others.get(number);
    this.#others.delete(number);
    if (request !== undefined) keep(this.#served, number, request, OTHERS_KEPT);
  }

  /** The request of a number, or the latest cell's where that is not known. */
  of(number: number): Request | null {
    const found = [this.#cells, this.#others, this.#served].find((map) => map.has(number));
    return found?.get(number) ?? this.#latest;
  }
}

function keep(map: Map<number, Request>, number: number, request: Request, most: number): void {
  map.set(number, request);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}

function withoutCode({ type, content }: Request): Request["content"] {
  return type === "execute_request" ? { ...content, code: "" } : {};
}
