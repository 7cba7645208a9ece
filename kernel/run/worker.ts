/** The thread of the user's code: what comes from the protocol thread, and what goes there. */
import { randomUUID } from "node:crypto";
import { inspect, types } from "node:util";
import { parentPort, workerData } from "node:worker_threads";
import { type MimeBundle, resultBundle, wellFormed } from "../display/bundle.js";
import { StreamText } from "../display/stream-text.js";
import { showTables } from "../display/table.js";
import { tslabModule } from "../display/tslab.js";
import { Modules, type Namespace } from "../modules/modules.js";
import { Attribution } from "./attribution.js";
import { CellEnds } from "./cell-ends.js";
import { Cells, type Done } from "./cells.js";
import { Comms } from "./comms.js";
import { failureOf } from "./failure.js";
import { Inputs } from "./input.js";
import { InterruptMarks } from "./interrupt-marks.js";
import { isInterruption } from "./interruption.js";
import { kernelModule } from "./kernel-module.js";
import type { FromUserThread, ToUserThread, UserThreadData } from "./protocol.js";
import { runtimeNames } from "./runtime-names.js";
import { Scope } from "./scope.js";
import { SendWindow } from "./send-window.js";
import { TextRing } from "./text-ring.js";

const port = parentPort!;
const data = workerData as UserThreadData;
const ring = new TextRing(data.ring);
const attribution = new Attribution();
attribution.install();

const window = new SendWindow(data.window);
const send = (message: FromUserThread): void => port.postMessage(message);
/** Sends what code can make without end: waits while the front end does not keep up. */
const output = (message: FromUserThread): void => {
  window.wait(message);
  send(message);
};
const announce = (): void => send({ kind: "text" });
/** What every message about a cell says: whose it is, and how much text came before it. */
const stamp = (): { cell: number; at: number } => ({
  cell: attribution.cell,
  at: ring.mark(announce),
});

function show(data: MimeBundle, displayId?: string, update = false): void {
  const display = { data, metadata: {}, displayId, update };
  output({ kind: "display", ...stamp(), display });
}

const inputs = new Inputs(
  () => attribution.cell,
  (question) => output({ kind: "input", ...stamp(), ...question }),
);
const comms = new Comms((message) => output({ kind: "comm", ...stamp(), message }));
const bundleOf = (value: unknown) => resultBundle(value, inspect, types.isProxy);
const { convlab, typescript } = data.versions;
const tslab = tslabModule(show, { tslab: convlab, typescript, node: process.version }, randomUUID);
const kernel = kernelModule({
  show,
  bundleOf,
  clearOutput: (wait) => output({ kind: "clear", ...stamp(), wait }),
  input: inputs.input,
  registerCommTarget: (name, target) => comms.register(name, target),
  openComm: (target, data, extras) => comms.open(target, data, extras),
});
const provided = new Map<string, Namespace>([
  ["tslab", { ...tslab, default: tslab }],
  ["convlab/kernel", { ...kernel, default: kernel }],
]);
const interrupts = new InterruptMarks(data.interrupts);
const scope = new Scope();
const modules = new Modules(data.folder, data.kernelFolder, provided);
const cells = new Cells(scope, modules, attribution, bundleOf, interrupts);

// A library shows something in mid-cell through this symbol: a MIME bundle, as `Jupyter.display` answers it. With an
// id, a later call can put another in its place.
Object.defineProperty(globalThis, Symbol.for("convlab.show"), {
  value: (bundle: MimeBundle, named?: { id: string; update: boolean }) =>
    show(wellFormed(bundle), named?.id, named?.update),
});
// And what a library has left to show when the running cell ends: no later cell may have to wait for it.
const ends = new CellEnds();
Object.defineProperty(globalThis, Symbol.for("convlab.atCellEnd"), {
  value: (then: () => void) => ends.add(attribution.cell, then),
});
Object.assign(globalThis, { input: inputs.input, prompt: inputs.prompt });

showTables(console, show, inspect);

for (const stream of ["stdout", "stderr"] as const) {
  const whole = new StreamText();
  process[stream].write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const encoding = typeof rest[0] === "string" ? (rest[0] as BufferEncoding) : "utf8";
    const bytes =
      typeof chunk === "string" && encoding !== "utf8" ? Buffer.from(chunk, encoding) : chunk;
    ring.write(attribution.cell, stream, whole.take(bytes), announce);
    const callback = rest.find((one) => typeof one === "function");
    if (callback !== undefined) written(callback as (error: null) => void);
    return true;
  };
}

/** Whether a writer is being told that its text is written, which it may answer with more text. */
let isTelling = false;

/** Told at once: `console.log` always asks, and in an endless loop what waits for the next tick would fill the memory. */
function written(callback: (error: null) => void): void {
  if (isTelling) return process.nextTick(callback, null);
  isTelling = true;
  try {
    callback(null);
  } finally {
    isTelling = false;
  }
}

const uncaught = (thrown: unknown, promise?: object): void => {
  if (isInterruption(thrown)) return;
  const cell = attribution.cellOf(thrown, promise);
  output({ kind: "rejection", cell, at: ring.mark(announce), failure: failureOf(thrown) });
};
process.on("unhandledRejection", uncaught);
process.on("uncaughtException", (error) => uncaught(error));

port.on("message", (message: ToUserThread) => {
  attribution.reset();
  switch (message.kind) {
    case "run":
      return void end(message.cell, cells.run(message));
    case "comm": {
      const served = cells.serve(message.cell, () => comms.receive(message.message));
      return void end(message.cell, served);
    }
    case "interrupt":
      interrupts.hear(message.cell);
      send({
        kind: "interrupted",
        cell: message.cell,
        at: ring.mark(announce),
        reached: cells.settle(message.cell),
      });
      inputs.forget(message.cell);
      return cells.interrupt(message.cell);
    case "input":
      return inputs.answer(message.id, message.answer);
    case "ask":
      return send({ kind: "answer", id: message.id, answer: runtimeNames(scope, message.path) });
  }
});
send({ kind: "ready" });

/** Every cell ends, also when user code has changed the built-in objects that the kernel itself stands on. */
async function end(cell: number, ending: Promise<Done>): Promise<void> {
  let done: Done;
  try {
    done = await ending;
  } catch (error) {
    const message =
      `The kernel's own code failed: ${failureOf(error).message}. Has a cell changed a built-in ` +
      "object, such as `Map.prototype`? Restart the kernel to have it as it was.";
    done = { cell, failure: { name: "KernelError", message, stack: "", causes: [] } };
  }
  const last = ends.take(cell);
  // A cell that failed or was interrupted shows no more. By index: a cell may have broken the iteration of lists.
  for (let i = 0; i < last.length && done.failure === undefined; i++) {
    try {
      attribution.as(cell, last[i]!);
    } catch (error) {
      uncaught(error);
    }
  }
  send({ kind: "done", ...done, at: ring.mark(announce) });
}
