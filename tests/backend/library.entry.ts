/** The part of the library that the back end's tests bundle. */
export { array, random } from "../../src/array.js";
export { compute } from "../../src/backend/compute.js";
export { backendName, backendReport, useBackend } from "../../src/backend/index.js";
export { language } from "../../src/check/language.js";
export { fast, reference } from "../../src/ops/index.js";
export * as train from "../../src/train/index.js";
