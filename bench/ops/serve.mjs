/** One contestant in Node: the requests and answers of serve.py. */
import { createInterface } from "node:readline";

const answer = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

/** @param {(task: string) => Promise<() => unknown>} prepare gives what is measured; it may be asynchronous */
export async function serve(prepare, about) {
  let run = () => {};
  answer({ ready: true, ...about });
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    try {
      if (request.prepare) {
        run = await prepare(request.prepare);
        for (let i = 0; i < 3; i++) await run();
        answer({ prepared: request.prepare });
      } else if (request.measure) {
        const peakMB = Math.round(process.resourceUsage().maxRSS / 1024);
        answer({ ms: await times(run, request.measure), peakMB });
      } else break;
    } catch (error) {
      answer({ error: String(error?.message ?? error) });
    }
  }
  process.exit(0);
}

async function times(run, seconds) {
  const found = [];
  const end = performance.now() + seconds * 1000;
  while (found.length < 3 || performance.now() < end) {
    const begin = performance.now();
    await run();
    found.push(performance.now() - begin);
  }
  return found;
}
