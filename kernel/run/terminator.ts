/** Ends JavaScript that runs in a Worker, without ending the Worker. */
import type { Worker } from "node:worker_threads";

type Attached = { params: { sessionId: string; workerInfo: { title: string } } };

/**
 * `Runtime.terminateExecution` of V8's inspector, sent through Node's `NodeWorker` domain: the busy thread unwinds its
 * stack and goes on with its event loop, all state kept. Promises of the ended code never settle.
 */
export class Terminator {
  /** How the inspector titles the thread; its `workerId` counts something else. */
  readonly #title: string;
  #attached: Promise<(method: string) => Promise<void>> | undefined;
  #calls = 0;

  constructor(worker: Worker) {
    this.#title = `[worker ${worker.threadId}]`;
  }

  /** Resolves when the thread has been told to stop. */
  async terminateExecution(): Promise<void> {
    // Attached at the first interrupt: most sessions never need it, and a busy thread can be attached to.
    this.#attached ??= this.#attach();
    const post = await this.#attached;
    await post("Runtime.terminateExecution");
  }

  async #attach(): Promise<(method: string) => Promise<void>> {
    const { Session } = await import("node:inspector");
    const session = new Session();
    session.connect();
    const answered = new Map<number, () => void>();
    session.on("NodeWorker.receivedMessageFromWorker", (event) => {
      const { id } = JSON.parse((event as { params: { message: string } }).params.message);
      answered.get(id)?.();
      answered.delete(id);
    });
    const sessionId = await new Promise<string>((resolve, reject) => {
      session.on("NodeWorker.attachedToWorker", (event) => {
        const { params } = event as Attached;
        if (params.workerInfo.title.startsWith(this.#title)) resolve(params.sessionId);
      });
      session.post("NodeWorker.enable", { waitForDebuggerOnStart: false }, (error) => {
        if (error) reject(error);
      });
    });
    return (method) =>
      new Promise((resolve, reject) => {
        const id = ++this.#calls;
        const message = JSON.stringify({ id, method });
        answered.set(id, resolve);
        session.post("NodeWorker.sendMessageToWorker", { sessionId, message }, (error) => {
          if (error) reject(error);
        });
      });
  }
}
