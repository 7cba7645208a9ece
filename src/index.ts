/** convlab: convolutional networks in readable TypeScript. Everything that a lesson imports is exported here. */
export {
  array,
  type FloatArray,
  fromData,
  fromFunction,
  type NestedNumbers,
  random,
  shapeText,
  toNested,
  zeros,
} from "./array.js";
export { toCHW, toHWC } from "./array-axes.js";
export { argmax, maxAbsDifference, mean, sameShape, sum } from "./array-measures.js";
export {
  type BackendChoice,
  type BackendName,
  BackendReport,
  backendName,
  backendReport,
  useBackend,
} from "./backend/index.js";
export {
  Card,
  type CompareOptions,
  check,
  compare,
  type Guess,
  type Language,
  language,
  predict,
} from "./check/index.js";
export * as data from "./data/index.js";
export { ArgumentError, DownloadError, MissingFileError, ShapeError } from "./errors.js";
export * as filters from "./filters/index.js";
export { applyFilter, type FilterOptions } from "./filters/index.js";
export * as image from "./image/index.js";
export * as network from "./network/index.js";
export * from "./ops/index.js";
export * as plot from "./plot/index.js";
export { Figure, type MimeBundle, show } from "./plot/index.js";
export * as train from "./train/index.js";
export * as vgg from "./vgg/index.js";
