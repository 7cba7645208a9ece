/** Where a network's weights, work and memory lie: the ledger summed over each block and over the head. */
import { say } from "../check/language.js";
import type { ConfigName } from "./config.js";
import type { Config } from "./layers.js";
import { Summary, summary } from "./summary.js";

/** The sums of one part of a network. */
export interface BlockTotals {
  /** "block 1" up to its pooling, "block 2", …, and "head" from the first vector on. */
  readonly name: string;
  readonly parameters: number;
  /** Multiply-accumulate operations for one image. */
  readonly macs: number;
  /** Numbers in all outputs. */
  readonly values: number;
}

/**
 * Sums the ledger over the blocks, which end with a pooling, and over the head (fully connected layers, global
 * average, softmax). The input counts for none of them.
 *
 * @param of a column of the paper's table, a network from `vgg.parse`, or its summary.
 * @example vgg.blocks("D")[5]?.parameters // → 123642856
 */
export function blocks(of: ConfigName | Config | Summary): BlockTotals[] {
  const { rows } = of instanceof Summary ? of : summary(of);
  const found: BlockTotals[] = [];
  let block = 0;
  let ended = true;
  for (const row of rows.slice(1)) {
    const head = row.shape.length < 3;
    if (!head && ended) block++;
    const name = head
      ? say({ en: "head", ko: "머리" })
      : say({ en: "block {n}", ko: "블록 {n}" }, { n: String(block) });
    ended = row.kind === "maxpool";
    const last = found[found.length - 1];
    const sums = last?.name === name ? last : { name, parameters: 0, macs: 0, values: 0 };
    if (last?.name === name) found.pop();
    found.push({
      name,
      parameters: sums.parameters + row.parameters,
      macs: sums.macs + row.macs,
      values: sums.values + row.values,
    });
  }
  return found;
}
