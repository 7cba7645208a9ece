/** The language server's process: started at once, spoken to over JSON-RPC, started again when it ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import type { CancellationToken, MessageConnection } from "vscode-jsonrpc/node";
import { BatchWriter } from "./writer.js";

/** After so many servers in a row that ended without an answer, none is started for a while, in milliseconds. */
const ATTEMPTS = 5;
const PAUSE = 60_000;
/** An answer may take this many times the patience, as long as the server gives signs of life. */
const LONGEST = 12;

/**
 * The server would fetch types that it misses by running `npm install` in the user's cache, and listens to no setting
 * that forbids it before the first time (TypeScript 7.0.2). Nothing is fetched unless the reader asked: it gets no path
 * on which it could find npm, and a cache that goes with the machine's other temporary files.
 */
function withoutPrograms(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => name.toUpperCase() !== "PATH");
  const cache = tmpdir();
  return { ...Object.fromEntries(entries), PATH: "", XDG_CACHE_HOME: cache, LOCALAPPDATA: cache };
}

/** The server is not there: it ended during a request, or can't be started. */
export class ServerGone extends Error {
  override readonly name = "ServerGone";
}

/** One running server; `connection` is there once it has been initialised. */
interface Session {
  readonly child: ChildProcess;
  readonly connection: Promise<MessageConnection>;
  /** Rejects when the process ends. */
  readonly ended: Promise<never>;
}

export class LanguageServer {
  readonly #executable: string;
  readonly #folder: string;
  readonly #opened: (server: LanguageServer) => void;
  readonly #patience: number;
  #session: Session | null = null;
  /** Servers since the last answer, and when the last of them was started. */
  #attempts = { count: 0, last: 0 };
  #closed = false;

  /**
   * Starts the server in `folder`.
   * @param patience a server that gives no sign of life for so many milliseconds is started anew
   * @param opened is called after every start, to open all documents (again)
   */
  constructor(
    executable: string,
    folder: string,
    patience: number,
    opened: (server: LanguageServer) => void,
  ) {
    this.#patience = patience;
    this.#executable = executable;
    this.#folder = folder;
    this.#opened = opened;
    this.#start();
  }

  /** The process id of the running server. */
  get pid(): number | undefined {
    return this.#session?.child.pid;
  }

  /**
   * Asks the server.
   * @throws ServerGone when it ends before it answers; the next request meets a fresh one.
   */
  async request<T>(method: string, params: object, signal?: AbortSignal): Promise<T> {
    if (this.#session === null) this.#start();
    const session = this.#session;
    if (session === null) throw new ServerGone("the language server can't be started");
    const cancelled = signal === undefined ? [] : [cancellation(signal)];
    const answer = session.connection
      .then((connection) => connection.sendRequest(method, params, ...cancelled))
      .catch((error: Error) => {
        // The pipe closes a moment before the process is known to have ended.
        if (/connection is (closed|disposed)/i.test(error.message)) return session.ended;
        throw error;
      });
    answer.catch(() => undefined); // When the server ends, both fail.
    const pulse = this.#watch(session);
    try {
      const found = await Promise.race([answer, session.ended]);
      this.#attempts.count = 0;
      return found as T;
    } finally {
      clearInterval(pulse);
    }
  }

  /** Whether the server, however busy, gives a sign of life within so many milliseconds. */
  async responds(within: number): Promise<boolean> {
    return this.#session !== null && responds(this.#session, within);
  }

  /** While a request is open: ends a server that hangs, or that works on one answer for too long. */
  #watch(session: Session): NodeJS.Timeout {
    const begun = performance.now();
    const half = this.#patience / 2;
    return setInterval(async () => {
      const tooLong = performance.now() - begun > LONGEST * this.#patience;
      if (tooLong || !(await responds(session, half))) session.child.kill("SIGKILL");
    }, half);
  }

  /** Tells the server something, in order with the requests. */
  notify(method: string, params: object): void {
    this.#session?.connection
      .then((connection) => connection.sendNotification(method, params))
      .catch(() => undefined); // It ended; the next start opens every document again.
  }

  /** Ends the server at once: for one that hangs, and when the kernel ends. */
  kill(): void {
    this.#session?.child.kill("SIGKILL");
    this.#session = null;
  }

  close(): void {
    this.#closed = true;
    this.kill();
  }

  #start(): void {
    const { count, last } = this.#attempts;
    const pausing = count >= ATTEMPTS && performance.now() - last < PAUSE;
    if (this.#closed || pausing) return;
    this.#attempts = { count: count + 1, last: performance.now() };
    const child = spawn(this.#executable, ["--lsp", "--stdio"], {
      cwd: this.#folder,
      env: withoutPrograms(),
      stdio: ["pipe", "pipe", "ignore"],
      windowsHide: true,
    });
    const ended = new Promise<never>((_, reject) => {
      const fail = (): void => reject(new ServerGone("the language server ended"));
      child.once("exit", fail).once("error", fail);
    });
    ended.catch(() => undefined);
    const session: Session = { child, connection: this.#connect(child), ended };
    this.#session = session;
    const gone = (): void => {
      if (this.#session !== session) return;
      this.#session = null;
      this.#start(); // At once: the next cell finds it warm.
    };
    child.once("error", gone);
    child.once("exit", gone);
    child.stdin?.on("error", gone);
    session.connection.catch(gone);
    this.#opened(this);
  }

  async #connect(child: ChildProcess): Promise<MessageConnection> {
    const rpc = await import("vscode-jsonrpc/node");
    if (child.stdout === null || child.stdin === null) throw new ServerGone("no pipes");
    const connection = rpc.createMessageConnection(
      new rpc.StreamMessageReader(child.stdout),
      new BatchWriter(child.stdin),
    );
    child.once("exit", () => connection.dispose());
    connection.onError(() => undefined);
    // The server asks for settings and for file watching; it gets the defaults.
    connection.onRequest((method, params) =>
      method === "workspace/configuration"
        ? (params as unknown as { items: unknown[] }).items.map(() => null)
        : null,
    );
    connection.listen();
    await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(this.#folder).href,
      capabilities: {
        general: { positionEncodings: ["utf-16"] },
        workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
        textDocument: {
          diagnostic: {},
          hover: { contentFormat: ["markdown"] },
          definition: { linkSupport: true },
          completion: {
            completionItem: { documentationFormat: ["markdown"] },
            completionList: { itemDefaults: ["editRange"] },
          },
          signatureHelp: { signatureInformation: { documentationFormat: ["markdown"] } },
        },
      },
      initializationOptions: {
        // Completion would read and offer the exports of every package, thousands that the cell does not import.
        userPreferences: {
          includeCompletionsForModuleExports: false,
          inlayHints: {
            variableTypes: { enabled: true },
            functionLikeReturnTypes: { enabled: true },
          },
        },
        disablePushDiagnostics: true,
      },
      workspaceFolders: null,
    });
    await connection.sendNotification("initialized", {});
    return connection;
  }
}

/** A method that no server knows is answered with an error: any answer will do. */
async function responds({ connection, ended }: Session, within: number): Promise<boolean> {
  const silent = new Promise<boolean>((resolve) => setTimeout(resolve, within, false).unref());
  const answer = connection.then((one) => one.sendRequest("convlab/responds"));
  const alive = answer.then(
    () => true,
    () => true,
  );
  return Promise.race([alive, silent, ended.catch(() => false)]);
}

function cancellation(signal: AbortSignal): CancellationToken {
  return {
    get isCancellationRequested() {
      return signal.aborted;
    },
    onCancellationRequested: (listener) => {
      const abort = (): void => listener(undefined);
      signal.addEventListener("abort", abort);
      return { dispose: () => signal.removeEventListener("abort", abort) };
    },
  };
}
