/** `npm run lessons [-- 02 04 …]`: the chapters run on our kernel and written as handouts. */
import { exitWith, run } from "./process.mjs";
import { jupyterEnvironment, python, root, setUp } from "./setup.mjs";

await setUp().catch(exitWith);
const { code } = await run(
  process.execPath,
  [`${root}/dist/cli.js`, "lessons", "--python", python, ...process.argv.slice(2)],
  { cwd: root, env: jupyterEnvironment(), inherit: true },
);
process.exitCode = code;
