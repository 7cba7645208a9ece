/** What the test runners wrote down: how many tests passed and failed, and which. */
import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { root } from "./setup.mjs";

const firstLine = (text) => text.trim().split("\n", 1)[0];

/**
 * The counts of one part and its failed tests, each in a line.
 * A runner that failed without a failed test (it broke down, or a coverage could not be written) counts as one.
 */
function result(code, passed, failures) {
  const brokeDown = code !== 0 && failures.length === 0;
  const named = brokeDown ? [`the runner ended with ${code}, and names no failed test`] : failures;
  return { passed, failed: named.length, failures: named };
}

/** Reads the JSON report of Vitest. @param {number} code its exit status @param {string} file */
export function vitestResult(code, file) {
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const failures = [];
  for (const { name, message, assertionResults = [] } of report.testResults ?? []) {
    const failed = assertionResults.filter(({ status }) => status === "failed");
    const where = relative(root, name);
    for (const { fullName, failureMessages = [] } of failed) {
      failures.push(`${where}: ${fullName}: ${firstLine(failureMessages[0] ?? "")}`);
    }
    // A file that could not be read at all has no tests, only a message.
    if (failed.length === 0 && message) failures.push(`${where}: ${firstLine(message)}`);
  }
  return result(code, report.numPassedTests ?? 0, failures);
}

const entities = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&#10;": "\n",
  "&amp;": "&",
};
const unescaped = (text) =>
  text.replace(/&(lt|gt|quot|apos|#10|amp);/g, (found) => entities[found]);

/** Reads the JUnit report of pytest. @param {number} code its exit status @param {string} file */
export function pytestResult(code, file) {
  const xml = existsSync(file) ? readFileSync(file, "utf8") : "";
  const suite = /<testsuite\b[^>]*>/.exec(xml)?.[0] ?? "";
  const attribute = (element, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(element)?.[1] ?? "";
  const number = (name) => Number(attribute(suite, name));
  const failures = [];
  const cases = /(<testcase\b[^>]*>)\s*(<(?:failure|error)\b[^>]*>)/g;
  for (const [, test, problem] of xml.matchAll(cases)) {
    const name = `${attribute(test, "classname")}::${attribute(test, "name")}`;
    failures.push(unescaped(`${name}: ${firstLine(unescaped(attribute(problem, "message")))}`));
  }
  const failed = number("failures") + number("errors");
  return result(code, number("tests") - failed - number("skipped"), failures);
}
