/** Pictures with labels, and signals, that lessons work on: in the package, or fetched when asked for. */
export { cifar10 } from "./cifar10.js";
export { type Digits, type DigitsOptions, digits } from "./digits.js";
export { cacheFolder } from "./download/cache-folder.js";
export { type Echo, echo } from "./echo.js";
export type { Labelled, PartOptions, TrainTest } from "./labelled.js";
export { mnist } from "./mnist.js";
export { phantom } from "./phantom.js";
export { type TexturesOptions, textures } from "./textures.js";
