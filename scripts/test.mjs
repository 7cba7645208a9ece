/**
 * `npm test`: everything that must hold. `npm run test:all` (`--all`) adds what takes longer. Words after `--`
 * choose parts by name: `npm test -- lint types unit`.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { exitWith, run } from "./process.mjs";
import { jupyterEnvironment, python, root, setUp } from "./setup.mjs";
import { pytestResult, vitestResult } from "./test-reports.mjs";

const all = process.argv.includes("--all");
const chosen = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const reports = join(root, ".setup", "reports");

const node = (...args) => [process.execPath, args];
const packageBin = (...path) => join(root, "node_modules", ...path);

/** Runs programs of which only the exit status counts. */
async function checked(...programs) {
  const failures = [];
  for (const [program, args] of programs) {
    const { code } = await run(program, args, { cwd: root, inherit: true });
    if (code !== 0) failures.push(`${[program, ...args].join(" ")} ended with ${code}`);
  }
  return { passed: programs.length - failures.length, failed: failures.length, failures };
}

const tsc = (project) => node(packageBin("typescript", "bin", "tsc"), "--noEmit", "-p", project);

async function vitest(project, ...options) {
  const report = join(reports, `${project}.json`);
  const [program, args] = node(
    packageBin("vitest", "vitest.mjs"),
    ...["run", "--project", project, "--reporter=default", "--reporter=json"],
    ...[`--outputFile.json=${report}`, ...options],
  );
  const env = jupyterEnvironment();
  const { code } = await run(program, args, { cwd: root, env, inherit: true });
  return vitestResult(code, report);
}

async function pytest(...options) {
  const report = join(reports, "pytest.xml");
  const args = ["-m", "pytest", "-q", `--junitxml=${report}`, ...options];
  const { code } = await run(python, args, { cwd: root, env: jupyterEnvironment(), inherit: true });
  return pytestResult(code, report);
}

const parts = [
  ["lint", () => checked(node(packageBin("@biomejs", "biome", "bin", "biome"), "check", "."))],
  ["types", () => checked(tsc("."), tsc("tests/browser"))],
  ["unit", () => vitest("unit", "--coverage")],
  ["kernel", () => pytest(...(all ? [] : ["-m", "not slow"]))],
  ["system", () => vitest("system")],
  ...(all ? [["slow", () => vitest("slow")]] : []),
];

const unknown = chosen.find((word) => !parts.some(([name]) => name === word));
if (unknown) {
  console.error(
    `There is no part "${unknown}"; there are ${parts.map(([name]) => name).join(", ")}.`,
  );
  process.exit(1);
}

await setUp().catch(exitWith);
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const results = [];
for (const [name, work] of parts) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n── ${name} ──`);
  const begin = Date.now();
  const result = await work();
  results.push({ name, seconds: (Date.now() - begin) / 1000, ...result });
}

console.log("");
for (const { name, seconds, passed, failed } of results) {
  const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(3)} failed`;
  console.log(`${name.padEnd(8)}${seconds.toFixed(1).padStart(7)} s ${counts}`);
}
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`\n${total("passed")} passed, ${total("failed")} failed`);
// The tests themselves may have scrolled out of sight, or out of what a CI keeps.
for (const { name, failures } of results) {
  for (const failure of failures) console.log(`failed: ${name}: ${failure}`);
}
process.exitCode = total("failed") > 0 ? 1 : 0;
