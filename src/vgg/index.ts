/** Reading VGG: the paper's configurations, any line in their notation, and the ledger of each. */

export type { MimeBundle } from "../network/table.js";
export { type BlockTotals, blocks } from "./blocks.js";
export { type ConfigName, config, lines } from "./config.js";
export { globalAverageHead, type HeadOptions, headAsConvolutions } from "./heads.js";
export type {
  Config,
  ConvLayer,
  FullyConnectedLayer,
  GlobalAvgPoolLayer,
  Layer,
  LrnLayer,
  MaxPoolLayer,
  SoftmaxLayer,
} from "./layers.js";
export type { LedgerRow } from "./ledger.js";
export { type ParseOptions, parse } from "./parse.js";
export { Summary, summary, type Totals } from "./summary.js";
export { toNetwork } from "./to-network.js";
export { type WalkOptions, walk } from "./walk/figure.js";
