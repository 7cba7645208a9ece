/** `npm start [-- --no-browser --port 8899 …]`: JupyterLab on the chapters. */
import { exitWith, run } from "./process.mjs";
import { jupyterEnvironment, python, root, setUp } from "./setup.mjs";

await setUp().catch(exitWith);
console.error("JupyterLab opens in the browser; stop it with Ctrl+C.");
const { code } = await run(
  python,
  ["-m", "jupyterlab", `--notebook-dir=${root}/notebooks`, ...process.argv.slice(2)],
  { cwd: root, env: jupyterEnvironment(), inherit: true },
);
process.exitCode = code;
