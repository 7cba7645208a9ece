/** `node export-notebook.cjs < notebook.ipynb`: writes the notebook as one TypeScript module. */
import { readFileSync } from "node:fs";
import { type NotebookCell, notebookScript } from "./cell/notebook-script.js";

const { cells } = JSON.parse(readFileSync(0, "utf8")) as { cells?: NotebookCell[] };
if (cells === undefined) {
  process.stderr.write("This is no notebook of format 4: it has no `cells`.\n");
  process.exitCode = 1;
} else {
  process.stdout.write(notebookScript(cells));
}
