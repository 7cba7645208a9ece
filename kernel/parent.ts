/** The front end that started the kernel: when it is gone, the kernel ends too, and leaves no process behind. */

/** How often the parent is looked for, in milliseconds. */
const PERIOD = 1000;
/** How long a process has between the request to end and its end, in milliseconds. */
const GRACE = 500;
/** How long the kernel may take to end by itself, in milliseconds. */
const LAST_MINUTE = 3000;

/**
 * Calls `end` once the process that Jupyter names in `JPY_PARENT_PID` is gone, killed or not. Without that name, or
 * where no such process can be seen (a container has numbers of its own), the kernel lives on.
 */
export function watchParent(end: () => void): void {
  const parent = Number(process.env.JPY_PARENT_PID);
  if (!Number.isInteger(parent) || parent <= 1) return;
  const isChild = process.ppid === parent;
  if (!isChild && !isAlive(parent)) return;
  const timer = setInterval(() => {
    // A process that was killed may stay in the list for a while; its children are given to another one at once.
    if (isChild ? process.ppid === parent : isAlive(parent)) return;
    clearInterval(timer);
    end();
  }, PERIOD);
  timer.unref();
}

/**
 * Ends what the reader's code has started and not detached, and the kernel itself if it does not manage to: a thread
 * that is inside a native call can't be ended in any other way.
 */
export function endProcesses(): void {
  setTimeout(() => signalGroup("SIGKILL") || process.kill(process.pid, "SIGKILL"), LAST_MINUTE);
  // Jupyter starts a kernel as the leader of a group of its own; it handles this signal and goes on ending.
  signalGroup("SIGTERM");
}

/** Ends the kernel and what is left of its group, whatever that does about signals: nobody is there to end it later. */
export async function endGroup(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, GRACE));
  signalGroup("SIGKILL");
}

/** Signals all processes of our own group; where we lead none, nobody. */
function signalGroup(signal: NodeJS.Signals): boolean {
  if (process.platform === "win32") return false;
  try {
    return process.kill(-process.pid, signal);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
