/** Small networks that learn in seconds, in plain loops. */

export type { Layer, LayerPlan, RandomSource } from "./layer.js";
export { conv } from "./layers/conv.js";
export { dense } from "./layers/dense.js";
export { globalMax, maxPool } from "./layers/max-pool.js";
export { relu } from "./layers/relu.js";
export { mapsAfter } from "./maps-after.js";
export { type Network, network, type TrainingOptions } from "./network.js";
