/** One set-up at a time: a lock that a process which died leaves behind is taken over. */
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";

/** The holder touches its lock this often; one untouched for `silence` has nobody behind it. */
const heartbeat = 2_000;
const silence = 60_000;

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function readOwner(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, "owner.json"), "utf8"));
  } catch {
    return undefined;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Whether nobody holds the lock any more, although its folder is there. */
function isStale(folder, owner) {
  let age;
  try {
    age = Date.now() - statSync(folder).mtimeMs;
  } catch {
    return false; // Released between our look and now.
  }
  // Between a holder's `mkdir` and its note of who it is there is a moment without an owner.
  if (!owner) return age > 10_000;
  if (owner.host === hostname() && !isRunning(owner.pid)) return true;
  return age > silence;
}

/** Moves a stale lock out of the way; the move is atomic, so only one of several waiters does it. */
function removeStale(folder, owner) {
  const grave = `${folder}.${process.pid}.stale`;
  try {
    renameSync(folder, grave);
  } catch {
    return; // Another waiter was faster.
  }
  // Another waiter may have taken the lock over while we looked: give it back.
  if (readOwner(grave)?.token !== owner?.token) {
    try {
      renameSync(grave, folder);
      return;
    } catch {
      // A third has it by now; what we moved away is nobody's.
    }
  }
  rmSync(grave, { recursive: true, force: true });
}

/**
 * Runs `work` while no other process runs under the same lock.
 * @param {string} folder the lock: a folder that exists while it is held
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (pid?: number) => void }} [options] `onWait` is called once if another holds the lock
 * @returns {Promise<T>}
 * @template T
 */
export async function withLock(folder, work, { onWait } = {}) {
  mkdirSync(dirname(folder), { recursive: true });
  const token = `${process.pid}-${Date.now()}-${Math.random()}`;
  for (let said = false; ; ) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      // Windows says EPERM while a folder of that name is being removed.
      if (error.code !== "EEXIST" && error.code !== "EPERM") throw error;
    }
    const owner = readOwner(folder);
    if (isStale(folder, owner)) {
      removeStale(folder, owner);
      continue;
    }
    if (!said) onWait?.(owner?.pid);
    said = true;
    await sleep(200);
  }
  const release = () => {
    if (readOwner(folder)?.token === token) rmSync(folder, { recursive: true, force: true });
  };
  writeFileSync(
    join(folder, "owner.json"),
    JSON.stringify({ pid: process.pid, host: hostname(), token }),
  );
  const beat = setInterval(() => {
    try {
      const now = new Date();
      utimesSync(folder, now, now);
    } catch {
      // The folder was removed by hand: nothing to keep alive.
    }
  }, heartbeat);
  process.on("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}
