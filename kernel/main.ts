/** The kernel's process; `boot.ts` starts it with the path of the connection file. */
import { dirname, join } from "node:path";
import type { Kernel } from "./kernel.js";
import { endGroup, endProcesses, watchParent } from "./parent.js";
import { UserThread } from "./run/user-thread.js";
import type { TypeCheck } from "./session.js";

/** Written in by the build: reading two package.json files would take time from the start. */
declare const CONVLAB_VERSION: string;
declare const TYPESCRIPT_VERSION: string;

// `__dirname` is `dist/kernel`: the kernel is bundled as CommonJS, which starts faster.
const kernelFolder = __dirname;
const packageFolder = dirname(dirname(kernelFolder));

async function main(): Promise<void> {
  const path = process.argv[2];
  if (path === undefined) {
    throw new Error("Usage: node main.cjs <connection file>. Jupyter starts the kernel so.");
  }
  const folder = process.cwd();
  const versions = { convlab: CONVLAB_VERSION, typescript: TYPESCRIPT_VERSION };

  // The thread starts while the rest is loaded.
  let kernel: Kernel | undefined;
  const thread = new UserThread(
    { folder, kernelFolder, versions },
    {
      text: (printed) => kernel?.text(printed),
      display: (cell, display) => kernel?.display(cell, display),
      clear: (cell, wait) => kernel?.clear(cell, wait),
      comm: (cell, message) => kernel?.comm(cell, message),
      input: async (cell, prompt, password) =>
        (await kernel?.input(cell, prompt, password)) ?? { refused: "nobody" },
      uncaught: (cell, failure) => kernel?.uncaught(cell, failure),
      lost: (failure, told) => kernel?.lost(failure, told),
    },
  );
  const log = (line: string) => void process.stderr.write(`convlab: ${line}\n`);
  const { readConnectionFile, Wire } = await import("./wire/index.js");
  const wire = await Wire.bind(readConnectionFile(path));
  const [{ Kernel: KernelClass }, { Session }] = await Promise.all([
    import("./kernel.js"),
    import("./session.js"),
  ]);
  // After the sockets are bound: the server takes the machine for itself when it starts.
  const { TypeChecker } = await import("./types/index.js");
  const checker = new TypeChecker({ folder, home: kernelFolder, log });
  // Stacks hide the kernel and the library; what the reader installed or wrote stays visible.
  const isOurs = (file: string) => file.startsWith(join(packageFolder, "dist"));
  const session = new Session(thread, checker, { isOurs, typeCheck: typeCheck(log) });

  let ending = false;
  const end = async (isAlone = false): Promise<void> => {
    if (ending) return;
    ending = true;
    endProcesses();
    checker.close();
    await Promise.all([wire.close(), thread.close()]);
    if (isAlone) await endGroup();
    process.exit(0);
  };
  kernel = new KernelClass(wire, session, versions, end);
  kernel.start();
  // A fault of ours must not take the reader's variables with it.
  const survive = (error: unknown) => log((error as Error | undefined)?.stack ?? String(error));
  process.on("uncaughtException", survive).on("unhandledRejection", survive);
  process.on("SIGINT", () => session.interrupt());
  process.on("SIGTERM", () => void end());
  process.on("SIGHUP", () => void end());
  watchParent(() => void end(true));
  const { warmUp } = await import("./warm-up.js");
  warmUp(() => session.busy);
}

/** `CONVLAB_TYPECHECK`: whether type errors keep a cell from running, are told only, or are not looked for. */
function typeCheck(log: (line: string) => void): TypeCheck {
  const wish = process.env.CONVLAB_TYPECHECK || "on";
  if (wish === "on" || wish === "warn" || wish === "off") return wish;
  log(`CONVLAB_TYPECHECK is ${JSON.stringify(wish)}; wanted on, warn or off. Cells are checked.`);
  return "on";
}

main().catch((error: Error) => {
  process.stderr.write(`convlab: ${error.message}\n`);
  process.exit(1);
});
