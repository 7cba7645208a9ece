/** The processes that the kernel's process has started, and those in turn. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * Ends all of them but one, at once. Where the system does not tell (Windows), none.
 * @param spared the number of the process that goes on
 */
export function endChildProcesses(spared: number | undefined): void {
  const parents = parentsOfProcesses();
  const found = [process.pid];
  // The list grows while it is walked: children of children are reached too.
  for (const parent of found) {
    for (const [child, itsParent] of parents) {
      if (itsParent === parent && child !== spared) found.push(child);
    }
  }
  for (const child of found.slice(1)) {
    try {
      process.kill(child, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

/** Each process's number, and that of its parent. */
function parentsOfProcesses(): [number, number][] {
  if (process.platform === "linux") return readdirSync("/proc").flatMap(parentInProc);
  if (process.platform === "win32") return [];
  const list = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  return list.split("\n").map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
}

function parentInProc(name: string): [number, number][] {
  if (!/^\d+$/.test(name)) return [];
  try {
    // The name of the program, in parentheses, may hold anything.
    const [, parent] = /.*\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, "utf8")) ?? [];
    return parent === undefined ? [] : [[Number(name), Number(parent)]];
  } catch {
    return [];
  }
}
