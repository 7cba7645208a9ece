/** What V8's inspector does to a busy Worker from another thread: no code of the Worker's has to help. */
import type { Session } from "node:inspector";
import type { Worker } from "node:worker_threads";
import { endAndRescue, type Rescue } from "./rescue.js";

type Attached = { params: { sessionId: string; workerInfo: { title: string } } };
type Post = (method: string, params?: object) => Promise<unknown>;

/** Node's `NodeWorker` domain passes the commands on; no flag is needed. */
export class ThreadInspector {
  /** How the inspector titles the thread; its `workerId` counts something else. */
  readonly #title: string;
  #session: Session | undefined;
  #attached: Promise<Post> | undefined;
  readonly #listeners = new Map<string, (params: unknown) => void>();
  #calls = 0;

  constructor(worker: Worker) {
    this.#title = `[worker ${worker.threadId}]`;
  }

  /**
   * Ends the JavaScript that runs: the thread unwinds its stack and goes on with its event loop, all state kept.
   * Promises of the ended code never settle. Resolves when the thread has been told.
   * @param rescues save what a loop has reached before
   */
  async terminateExecution(rescues: readonly Rescue[] = []): Promise<void> {
    // Attached when first needed: most sessions never need it, and a busy thread can be attached to.
    this.#attached ??= this.#attach();
    const post = await this.#attached;
    const on = (event: string, listen: (params: unknown) => void) => {
      this.#listeners.set(event, listen);
    };
    const saving = rescues.filter(({ expression }) => expression !== "");
    if (saving.length > 0) await endAndRescue({ post, on }, saving);
    else await post("Runtime.terminateExecution");
  }

  /** The thread has ended. */
  close(): void {
    this.#session?.disconnect();
  }

  async #attach(): Promise<Post> {
    const inspector = await import("node:inspector");
    const session = new inspector.Session();
    this.#session = session;
    session.connect();
    const answered = new Map<number, (result: unknown) => void>();
    session.on("NodeWorker.receivedMessageFromWorker", (event) => {
      const message = JSON.parse((event as { params: { message: string } }).params.message);
      this.#listeners.get(message.method)?.(message.params);
      answered.get(message.id)?.(message.result);
      answered.delete(message.id);
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
    return (method, params) =>
      new Promise((resolve, reject) => {
        const id = ++this.#calls;
        const message = JSON.stringify({ id, method, params });
        answered.set(id, resolve);
        session.post("NodeWorker.sendMessageToWorker", { sessionId, message }, (error) => {
          if (error) reject(error);
        });
      });
  }
}
