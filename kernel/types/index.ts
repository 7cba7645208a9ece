export { type CheckerOptions, type CheckResult, TypeChecker } from "./checker.js";
export type { Diagnostic } from "./diagnostics.js";
export { needsTypes } from "./needs.js";
