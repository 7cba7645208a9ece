/** Networks that learn: in plain loops, where every number is within reach, and on tfjs. */

export * from "../network/constructors.js";
export type { Answers } from "./answers.js";
export { buildLayer } from "./build.js";
export { type ClassActivationOptions, classActivationMap } from "./class-activation-map.js";
export { type FastNetwork, type FastTrainingOptions, fastNetwork } from "./fast/network.js";
export { type InputGradientOptions, inputGradient } from "./input-gradient.js";
export type { Layer, LayerPlan, Parameter, RandomSource } from "./layer.js";
export { mapsAfter } from "./maps-after.js";
export { type Network, network } from "./network.js";
export type { NetworkOptions, Progress, Targets, TrainingOptions } from "./options.js";
export type { Start } from "./parameters.js";
export { randomSource } from "./random-source.js";
export type { NamedArray } from "./weights.js";
