/** The part of the library that the back end's tests bundle. */
export { array } from "../../src/array.js";
export { backendName, backendReport, useBackend } from "../../src/backend/index.js";
export { fast, reference } from "../../src/ops/index.js";
