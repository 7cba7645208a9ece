/** Compiles a cell a few times while nobody waits: V8 then has the compiler's own code ready when the first cells come. */
import { compile } from "./cell/compile.js";
import { lowerWithEsbuild } from "./run/lower.js";

/** After the start, in milliseconds: later than the first cell of whoever is in a hurry. */
const PAUSE = 250;
/** V8 optimises what has run often; more gains little. */
const TIMES = 24;

/** A bit of everything that cells are made of. */
const SAMPLE = `
import { sum } from "./sums.js";
interface Shape<T> { readonly kind: "a" | "b"; area(): number }
type Pair<K extends string> = { [P in K]: number };
abstract class Base<T> implements Shape<T> {
  abstract readonly kind: "a" | "b";
  area(): number { return this.size ** 2 }
  constructor(protected readonly size: number = 1) {}
}
export async function total<T>(shapes: Shape<T>[], start?: number): Promise<Pair<"n">> {
  let n = start ?? 0;
  for (const { area } of shapes) if (n < 10) n += area?.(); else break;
  return { n, ...({} as object) };
}
const [first, ...rest] = [1, 2, 3].map((x, i) => \`\${x}: \${i}\`);
let count = 0, limits: Record<string, number> = { first: count, ["b"]: -1 };
while (count < 3) { count++; try { limits.first += count } catch { continue } }
console.log(first!, await total([]), typeof rest, sum satisfies unknown);
`;

/** Begins when the kernel has been started; `busy` says whether somebody waits for it just then. */
export function warmUp(busy: () => boolean): void {
  const surroundings = { isShared: () => false, isGlobal: (name: string) => name === "console" };
  let times = 0;
  const step = async (): Promise<void> => {
    if (busy()) return later();
    await compile(SAMPLE, surroundings, lowerWithEsbuild);
    if (++times < TIMES) setImmediate(step);
  };
  const later = (): void => void setTimeout(step, PAUSE).unref();
  later();
}
