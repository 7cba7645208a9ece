import type { DecimalText, IsExact, Line, Piece, Scene } from "./scene.js";

/**
 * How the value of a place came about, line by line: one line a kernel row, then the result. It is sent to the page as
 * its own source text and uses nothing from outside itself.
 */
export function writtenSum(
  scene: Scene,
  place: number,
  decimalText: DecimalText,
  isExact: IsExact,
): Line[] {
  const { input, output, kernel, rows, columns, rule, bias, words } = scene;
  /** Kernels up to this side have every product written out; larger ones the sum of each row. */
  const writtenSide = 5;
  /** Kernels with more rows have only their total. */
  const mostLines = 8;
  const space = "\u00a0";
  const [i, j] = [Math.floor(place / scene.places[1]), place % scene.places[1]];
  const bracketed = (value: number): string => {
    const text = decimalText(value);
    return text.startsWith("−") ? `(${text})` : text;
  };
  const length = (line: Line): number => line.reduce((sum, [text]) => sum + text.length, 0);
  /** Lines of one length stay flush on the left although they stand in the middle as a block. */
  const flush = (lines: Line[]): Line[] => {
    const longest = Math.max(...lines.map(length));
    return lines.map((line) => [...line, [space.repeat(longest - length(line))]]);
  };
  const weight = (u: number, v: number): number => kernel?.values[u * columns.k + v] ?? 0;
  /** Numbers of one column, each filled up on the left to the widest. */
  const column = (texts: Line[][]): Line[] =>
    texts.map((row, u) => [
      [u === 0 ? space + space : `+${space}`],
      ...row.flatMap((pieces, v): Piece[] => {
        const widest = Math.max(...texts.map((other) => length(other[v]!)));
        return [
          [(v > 0 ? `${space}+${space}` : "") + space.repeat(widest - length(pieces))],
          ...pieces,
        ];
      }),
    ]);

  if (scene.direction === "spread") {
    const value = input.values[place] ?? 0;
    const span = (walk: typeof rows, at: number): string => {
      const first = at * walk.stride - walk.before;
      const last = first + (walk.k - 1) * walk.dilation;
      const text = (n: number): string => String(n).replace("-", "−");
      return last > first ? `${text(first)}…${text(last)}` : text(first);
    };
    const lines: Line[] = [];
    if (Math.max(rows.k, columns.k) <= writtenSide) {
      for (let u = 0; u < rows.k; u++) {
        const entries = Array.from({ length: columns.k }, (_, v) => weight(u, v));
        const list = (numbers: number[]): string => numbers.map((n) => decimalText(n)).join(", ");
        lines.push([
          [bracketed(value), "input"],
          [`${space}×${space}[`],
          [list(entries), "kernel"],
          [`]${space}=${space}[`],
          [list(entries.map((entry) => value * entry)), "output"],
          ["]"],
        ]);
      }
    } else {
      lines.push([
        [bracketed(value), "input"],
        [`${space}×${space}${rows.k}×${columns.k}`, "kernel"],
      ]);
    }
    lines.push([
      [words.addedTo.replace("{rows}", span(rows, i)).replace("{columns}", span(columns, j))],
    ]);
    return flush(lines);
  }

  const under = Array.from({ length: rows.k }, (_, u) =>
    Array.from({ length: columns.k }, (_, v) => {
      const y = i * rows.stride + u * rows.dilation;
      const x = j * columns.stride + v * columns.dilation;
      return input.values[y * input.columns + x] ?? null;
    }),
  );
  const result = output.values[place] ?? 0;
  const answer = (exact: boolean): Piece[] => [
    [exact ? "=" : "≈"],
    [`${space}${decimalText(result)}`, "output"],
  ];
  if (rule !== "sum") {
    const values = under.flat().filter((value) => value !== null);
    const exact = isExact(result) && values.every((value) => isExact(value));
    if (values.length > writtenSide ** 2) {
      return [[[`${rule}(${values.length} ×)${space}`], ...answer(exact)]];
    }
    const between = rule === "max" ? "," : `${space}+`;
    const open = rule === "max" ? "max(" : "(";
    const close = rule === "max" ? ")" : `)${space}/${space}${values.length}`;
    // One line, or one for each row of the window that lies on the picture, where a phone would cut it off.
    const inside = under.map((row) => row.filter((value) => value !== null));
    const listed = scene.factors ? [values] : inside.filter((row) => row.length > 0);
    const text = (value: number, first: boolean): string =>
      rule === "mean" && !first ? bracketed(value) : decimalText(value);
    const lines = listed.map(
      (row, u): Line => [
        [u === 0 ? open : space.repeat(open.length)],
        ...row.flatMap((value, v): Piece[] => [
          [v > 0 ? space : ""],
          [text(value, u + v === 0), "input"],
          [v < row.length - 1 ? between : ""],
        ]),
        [u < listed.length - 1 ? between : close],
      ],
    );
    if (!scene.factors) return flush([...lines, answer(exact)]);
    return [[...lines[0]!, [space], ...answer(exact)]];
  }

  let exact = isExact(result) && isExact(bias);
  const lines: Line[] = [];
  if (Math.max(rows.k, columns.k) <= writtenSide) {
    const products = under.map((values, u) =>
      values.map((value, v): Line => {
        const factor = value ?? 0;
        exact &&= isExact(factor) && isExact(weight(u, v));
        if (!scene.factors) return [[decimalText(factor * weight(u, v))]];
        return [[decimalText(factor), "input"], ["×"], [bracketed(weight(u, v)), "kernel"]];
      }),
    );
    lines.push(...column(products));
  } else {
    exact = false;
    const total = (u: number): number =>
      under[u]!.reduce<number>((sum, value, v) => sum + (value ?? 0) * weight(u, v), 0);
    if (rows.k <= mostLines && !scene.flat) {
      lines.push(...column(under.map((_, u) => [[[bracketed(total(u))]]])));
    } else lines.push([[`Σ x×w (${rows.k * columns.k})`]]);
  }
  const last: Piece[] = [];
  if (bias !== 0) last.push([`+${space}${bracketed(bias)}${space}(${words.bias})${space}`]);
  return flush([...lines, [...last, ...answer(exact)]]);
}
