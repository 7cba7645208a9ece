/** Writes messages to the language server, all of one turn of the event loop at once: every write wakes the server. */
import type { Writable } from "node:stream";
import type { Disposable, Message, MessageWriter } from "vscode-jsonrpc";

export class BatchWriter implements MessageWriter {
  readonly #stream: Writable;
  #waiting: Buffer[] = [];

  /** @param stream the server's input; its errors are the owner's to handle */
  constructor(stream: Writable) {
    this.#stream = stream;
  }

  write(message: Message): Promise<void> {
    const body = Buffer.from(JSON.stringify(message));
    if (this.#waiting.length === 0) process.nextTick(() => this.#flush());
    this.#waiting.push(Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body);
    return Promise.resolve();
  }

  end(): void {}

  dispose(): void {}

  onError(): Disposable {
    return { dispose: () => undefined };
  }

  onClose(): Disposable {
    return { dispose: () => undefined };
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (this.#stream.writable) this.#stream.write(Buffer.concat(waiting));
  }
}
