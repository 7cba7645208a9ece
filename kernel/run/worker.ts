/** The thread of the user's code: runs cells, sends what they print and show. */
import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { Script } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { PROVIDED } from "../cell/boxes.js";
import { type MimeBundle, resultBundle, wellFormed } from "../display/bundle.js";
import { tslabModule } from "../display/tslab.js";
import { failureOf } from "./failure.js";
import { Modules, type Namespace } from "./modules.js";
import {
  type FromUserThread,
  INTERRUPTED,
  type ToUserThread,
  type UserThreadData,
} from "./protocol.js";
import { Scope } from "./scope.js";
import { TextRing } from "./text-ring.js";

type Run = Extract<ToUserThread, { kind: "run" }>;

const port = parentPort!;
const data = workerData as UserThreadData;
const ring = new TextRing(data.ring);
const scope = new Scope();
/** The cell that output belongs to: the one that runs, or ran last. */
let current = 0;
/** Ends the wait for a cell that is interrupted. */
let interruptCell: ((cell: number) => void) | undefined;

const send = (message: FromUserThread): void => port.postMessage(message);
const announce = (): void => send({ kind: "text" });
const print = (stream: "stdout" | "stderr", text: string): void =>
  ring.write(current, stream, text, announce);

function show(bundle: MimeBundle, displayId?: string, update = false): void {
  const display = { data: bundle, metadata: {}, displayId, update };
  send({ kind: "display", cell: current, at: ring.mark(announce), display });
}

const tslab = tslabModule(
  show,
  {
    tslab: data.versions.convlab,
    typescript: data.versions.typescript,
    node: process.versions.node,
  },
  randomUUID,
);
const provided = new Map<string, Namespace>([["tslab", { ...tslab, default: tslab }]]);
const modules = new Modules(data.folder, data.kernelFolder, provided);

// A library shows something in mid-cell through this symbol: a MIME bundle, as `Jupyter.display` answers it.
Object.defineProperty(globalThis, Symbol.for("convlab.show"), {
  value: (bundle: MimeBundle) => show(wellFormed(bundle)),
});

for (const stream of ["stdout", "stderr"] as const) {
  process[stream].write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const encoding = typeof rest[0] === "string" ? (rest[0] as BufferEncoding) : "utf8";
    const bytes =
      typeof chunk === "string" && encoding !== "utf8" ? Buffer.from(chunk, encoding) : chunk;
    print(stream, typeof bytes === "string" ? bytes : Buffer.from(bytes).toString());
    const callback = rest.find((one) => typeof one === "function");
    if (callback !== undefined) process.nextTick(callback as () => void);
    return true;
  };
}

process.on("unhandledRejection", (reason) => {
  send({ kind: "rejection", cell: current, at: ring.mark(announce), failure: failureOf(reason) });
});
process.on("uncaughtException", (error) => {
  send({ kind: "rejection", cell: current, at: ring.mark(announce), failure: failureOf(error) });
});

port.on("message", (message: ToUserThread) => {
  if (message.kind === "run") void run(message);
  else interruptCell?.(message.cell);
});
send({ kind: "ready" });

async function run(cell: Run): Promise<void> {
  current = cell.cell;
  const restore = scope.save(cell.declared);
  try {
    const interrupted = new Promise<never>((_, reject) => {
      interruptCell = (number) => {
        if (number === cell.cell) reject(interruption());
      };
    });
    // Nobody may be waiting when the interrupt comes.
    interrupted.catch(() => {});
    if (cell.imports.length > 0) await Promise.race([bindImports(cell), interrupted]);
    const answer = start(cell);
    const value = isPromise(answer) ? await Promise.race([answer, interrupted]) : answer;
    const shown = value === undefined ? undefined : resultBundle(value[0], inspectValue);
    const result = isPromise(shown) ? await Promise.race([shown, interrupted]) : shown;
    send({ kind: "done", cell: cell.cell, at: ring.mark(announce), result });
  } catch (error) {
    // What an interrupted cell has made so far is kept, as the reader sees it printed; a failed one leaves nothing.
    if (!isInterruption(error)) restore();
    const failure =
      error instanceof FailedImport
        ? { ...failureOf(error.reason), specifier: error.specifier }
        : failureOf(error);
    send({ kind: "done", cell: cell.cell, at: ring.mark(announce), failure });
  }
}

function start(cell: Run): [unknown] | undefined | Promise<[unknown] | undefined> {
  const script = new Script(cell.code, { filename: cell.file });
  const meta = modules.meta();
  const provides: Record<(typeof PROVIDED)[number], unknown> = {
    require: modules.require,
    module: { exports: {} },
    exports: {},
    __filename: meta.filename,
    __dirname: data.folder,
  };
  const names = PROVIDED.filter((name) => !cell.declared.includes(name));
  return script.runInThisContext()(
    (specifier: unknown, options?: { with?: Record<string, string> }) =>
      modules.import(specifier, options),
    meta,
    ...names.map((name) => provides[name]),
    ...cell.boxes.map((name) => scope.box(name)),
  );
}

/** Carries which import failed, and why. */
class FailedImport {
  constructor(
    readonly specifier: string,
    readonly reason: unknown,
  ) {}
}

async function bindImports(cell: Run): Promise<void> {
  for (const { specifier, attributes, names } of cell.imports) {
    const options = Object.keys(attributes).length > 0 ? { with: attributes } : {};
    const namespace = await modules.import(specifier, options).catch((error: unknown) => {
      throw new FailedImport(specifier, error);
    });
    for (const { imported, local } of names) {
      scope.bind(local, imported === "*" ? () => namespace : () => exportOf(namespace, imported));
    }
  }
}

/** Node finds only some names of a CommonJS module; the others are properties of what it exports. */
function exportOf(namespace: Namespace, name: string): unknown {
  if (name in namespace) return namespace[name];
  const whole = namespace.default as Namespace | null | undefined;
  return whole?.[name];
}

function inspectValue(value: unknown): string {
  return inspect(value, {
    depth: 4,
    maxArrayLength: 100,
    maxStringLength: 10_000,
    breakLength: 80,
  });
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise;
}

const INTERRUPTION = Symbol("interruption");

function interruption(): Error {
  const { name, message, stack } = INTERRUPTED;
  return Object.assign(new Error(message), { name, stack, [INTERRUPTION]: true });
}

function isInterruption(error: unknown): boolean {
  return error instanceof Error && INTERRUPTION in error;
}
