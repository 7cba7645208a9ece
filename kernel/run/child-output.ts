/**
 * What child processes print where they share the parent's output: `execSync(command, { stdio: "inherit" })`. Without
 * this it goes to the terminal that Jupyter was started from.
 */
import type {
  ChildProcess,
  ExecFileSyncOptions,
  ExecSyncOptions,
  SpawnSyncOptions,
  SpawnSyncReturns,
} from "node:child_process";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { join } from "node:path";

type Functions = typeof import("node:child_process");

const STREAMS = [undefined, process.stdout, process.stderr];

let isShown = false;

/**
 * Lets children that inherit this thread's `process.stdout` or `process.stderr` write into them, from now on. Called
 * before anything is imported, and not sooner: Node's module takes 4 ms to load.
 */
export function showChildOutput(): void {
  if (isShown) return;
  isShown = true;
  const functions = createRequire(join(process.cwd(), "cell.cjs"))(
    "node:child_process",
  ) as Functions;
  const prototype = functions.ChildProcess.prototype as unknown as {
    spawn: (options: Stdio) => number;
  };
  const { spawn } = prototype;
  prototype.spawn = function (this: ChildProcess, options) {
    const shared = sharedStreams(options.stdio);
    const answer = spawn.call(this, { ...options, stdio: piped(options.stdio, shared) });
    for (const [fd, stream] of shared) {
      this.stdio?.[fd]?.on("data", (bytes: Uint8Array) => stream.write(bytes));
    }
    return answer;
  };
  showSynchronous(functions);
  // Also for who imports the functions by their names.
  syncBuiltinESMExports();
}

function showSynchronous(functions: Functions): void {
  const { spawnSync, execSync, execFileSync } = functions;
  const run = (file: string, args: readonly string[], options: SpawnSyncOptions) => {
    const shared = sharedStreams(options.stdio);
    if (shared.size === 0) return spawnSync(file, args, options);
    // What is inherited has no limit.
    const all = { ...options, stdio: piped(options.stdio, shared), maxBuffer: Number.MAX_VALUE };
    const ended = spawnSync(file, args, all as SpawnSyncOptions) as Ended;
    for (const [fd, stream] of shared) {
      const bytes = ended.output?.[fd];
      if (bytes?.length) stream.write(bytes);
      if (ended.output) ended.output[fd] = null;
      ended[fd === 1 ? "stdout" : "stderr"] = null;
    }
    return ended as SpawnSyncReturns<Buffer>;
  };
  const orFail = (command: string, ended: SpawnSyncReturns<string | Buffer>) => {
    if (ended.error !== undefined) throw Object.assign(ended.error, ended);
    if (ended.status === 0) return ended.stdout;
    const { error: _, ...rest } = ended;
    throw Object.assign(new Error(`Command failed: ${command}`), rest);
  };
  const shares = (options: { stdio?: unknown } | undefined) =>
    sharedStreams(options?.stdio).size > 0;
  Object.assign(functions, {
    spawnSync: (file: string, ...rest: unknown[]) => {
      const [args, options] = argumentsOf<SpawnSyncOptions>(rest);
      return run(file, args, options);
    },
    execSync: (command: string, options?: ExecSyncOptions) => {
      if (!shares(options)) return execSync(command, options);
      const inShell = { ...options, shell: options?.shell ?? true } as SpawnSyncOptions;
      return orFail(command, run(command, [], inShell));
    },
    execFileSync: (file: string, ...rest: unknown[]) => {
      const [args, options] = argumentsOf<ExecFileSyncOptions>(rest);
      if (!shares(options)) return execFileSync(file, args, options);
      return orFail([file, ...args].join(" "), run(file, args, options as SpawnSyncOptions));
    },
  });
}

interface Stdio {
  stdio?: unknown;
}
type Ended = { output: (Buffer | null)[] | null; stdout: Buffer | null; stderr: Buffer | null };

/** `(file, args?, options?)`: both may be left out. */
function argumentsOf<Options extends object>(rest: unknown[]): [readonly string[], Options] {
  const args = Array.isArray(rest[0]) ? (rest[0] as string[]) : [];
  const options = (Array.isArray(rest[0]) || rest[0] === undefined ? rest[1] : rest[0]) ?? {};
  return [args, options as Options];
}

/** The streams of ours that a child's descriptors stand for, by the child's number. */
function sharedStreams(stdio: unknown): Map<number, NodeJS.WriteStream> {
  const shared = new Map<number, NodeJS.WriteStream>();
  for (const [fd, entry] of (Array.isArray(stdio) ? stdio : [stdio, stdio, stdio]).entries()) {
    if (fd !== 1 && fd !== 2) continue;
    const own = entry === "inherit" ? fd : entry;
    const stream = STREAMS[STREAMS.indexOf(own)] ?? STREAMS[own === 1 || own === 2 ? own : 0];
    if (stream !== undefined) shared.set(fd, stream);
  }
  return shared;
}

function piped(stdio: unknown, shared: ReadonlyMap<number, unknown>): unknown {
  if (shared.size === 0) return stdio;
  const entries: unknown[] = Array.isArray(stdio) ? stdio.slice() : [stdio, stdio, stdio];
  for (const fd of shared.keys()) entries[fd] = "pipe";
  return entries;
}
