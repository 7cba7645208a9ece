export {
  type CheckerOptions,
  type CheckOptions,
  type CheckResult,
  TypeChecker,
} from "./checker.js";
export type { Completion, CompletionList } from "./completion.js";
export type { Diagnostic } from "./diagnostics.js";
export type { Inspection } from "./inspection.js";
export { needsTypes } from "./needs.js";
