// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are the texts of cells
import { testCases } from "./cases.js";

testCases([
  [
    "in every position",
    [
      "const p = <T,>(x: T) => Promise.resolve(x)",
      "const a = await p(1), { b = await p(2) } = {} as { b?: number }, [c] = [await p(3)]; let t = `${await p('t')}`; const o = { [await p('k')]: await p(4), ...(await p({ z: 5 })) }; if (await p(true)) t += await p('!'); for (let i = await p(0); i < (await p(2)); i += await p(1)) t += i; switch (await p(1)) { case await p(1): t += 's' } class A extends (await p(Array)) { static v = 1; [await p('m')]() { return 6 } } const f = (await p((x: number) => x + 1))(await p(6)); try { await Promise.reject(7) } catch (e) { t += e }",
      "[a, b, c, t, o, new (A as any)().m(), f]",
    ],
    [1, 2, 3, "t!01s7", { k: 4, z: 5 }, 6, 7],
  ],
  [
    "in a conditional, a call chain, a return value",
    [
      "const f = async (x: number) => x; const r = (await f(0)) ? await f(1) : (await f(2)) && await f(3)",
      "[r, await f(4), (await Promise.all([f(5), f(6)])).length]",
    ],
    [3, 4, 2],
  ],
  [
    "alone in a loop",
    ["let n = 0; while (await Promise.resolve(n < 3)) n++; do { n += await 1 } while (n < 5)", "n"],
    5,
  ],
  [
    "for await with destructuring",
    [
      "let s = 0; async function* g() { yield { v: [1] }; yield { v: [2] } } for await (const { v: [x] } of g()) s += x",
      "s",
    ],
    3,
  ],
  [
    "await in a block and in a label",
    [
      "let n = 0; { const x = await 1; n += x } l: for (const y of [1, 2]) { await 0; if (y === 2) break l; n += 10 }",
      "n",
    ],
    11,
  ],
  [
    "names in `await` cells are shared while it waits",
    ["let seen = 0; const look = () => seen", "seen = 1; await null; seen = look() + 1", "seen"],
    2,
  ],
  ["a last value behind await is a value", ["await Promise.resolve([1])"], [1]],
]);
