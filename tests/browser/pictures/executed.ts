/** A notebook that has been run, with every sample as an output: what JupyterLab opens and a handout is made from. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { handoutPage } from "../../../cli/lessons/page.js";
import type { Body } from "../../../cli/lessons/run-chapter.js";
import { DISPLAY } from "../../../src/plot/figure.js";
import { root, runProgram, venvPython } from "../../commands/programs.js";
import { samples } from "../../plot/samples.js";

/** All of them, or those that `PICTURES=lines,bars` names. */
const chosen = process.env.PICTURES?.split(",");
export const names: readonly string[] = Object.keys(samples).filter(
  (name) => chosen?.includes(name) ?? true,
);

export function writeExecuted(path: string): void {
  const cells = names.map((name, i) => ({
    cell_type: "code",
    id: `sample-${i}`,
    metadata: {},
    source: `samples.${name}`,
    execution_count: i + 1,
    outputs: [
      {
        output_type: "execute_result",
        execution_count: i + 1,
        metadata: {},
        data: samples[name]!.figure[DISPLAY](),
      },
    ],
  }));
  const kernelspec = { name: "convlab", display_name: "convlab", language: "typescript" };
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(notebook));
}

const exporter = `
import json, sys
from pathlib import Path
import nbformat
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
from exporter import HandoutExporter
notebook = nbformat.read(sys.argv[2], as_version=4)
body = HandoutExporter().export(notebook, Path(sys.argv[2]).parent, "en")
Path(sys.argv[3]).write_text(json.dumps(body), encoding="utf-8")
`;

/** The handout of that notebook, made as `convlab lessons` makes it; returns its address. */
export async function writeHandout(notebook: string): Promise<string> {
  const [body, page] = [`${notebook}.json`, `${notebook}.html`];
  const ended = await runProgram(venvPython, [
    ...["-c", exporter],
    ...[join(root, "handout"), notebook, body],
  ]);
  if (ended.code !== 0) throw new Error(ended.stderr);
  const made = JSON.parse(readFileSync(body, "utf8")) as Body;
  writeFileSync(page, handoutPage(made, "en", { index: "index.html", translations: [] }));
  return pathToFileURL(page).href;
}
