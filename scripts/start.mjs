/** `npm start [-- --no-browser --port 8899 …]`: JupyterLab on the chapters. */
import { exitWith, run } from "./process.mjs";
import { jupyterEnvironment, python, root, setUp } from "./setup.mjs";

await setUp().catch(exitWith);
console.error("JupyterLab opens in the browser; stop it with Ctrl+C.");
const args = process.argv.slice(2);
const namesFolder = args.some((arg) => /^--(notebook-dir|ServerApp\.root_dir)\b/.test(arg));
// In a container one is root; Jupyter refuses to start there unless told that it is meant.
const isRoot = process.getuid?.() === 0 && !args.includes("--allow-root");
const { code } = await run(
  python,
  [
    "-m",
    "jupyterlab",
    ...(namesFolder ? [] : [`--notebook-dir=${root}/notebooks`]),
    ...(isRoot ? ["--allow-root"] : []),
    ...args,
  ],
  { cwd: root, env: jupyterEnvironment(), inherit: true },
);
process.exitCode = code;
