import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { findJupyterPython } from "../python.js";
import { makeLessons } from "./lessons.js";

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError("a whole number of at least 1 is wanted.");
  }
  return value;
}

interface Options {
  notebooks: string;
  out: string;
  python?: string;
  kernel: string;
  jobs?: number;
  timeout: number;
}

/** `convlab lessons`: run chapters and write handouts. */
export function lessonsCommand(): Command {
  return new Command("lessons")
    .description("run chapters on the kernel and write them as handouts")
    .argument("[chapters...]", "numbers or beginnings of names, such as 04 or ko/04; all if none")
    .option("--notebooks <folder>", "the folder of the notebooks", "notebooks")
    .option("--out <folder>", "the folder for the handouts", "handouts")
    .option("--python <program>", "a Python that has Jupyter's nbclient and nbconvert")
    .option("--kernel <name>", "the Jupyter kernel to run on", "convlab")
    .option("--jobs <n>", "how many chapters run side by side (default: one a core)", positive)
    .option("--timeout <seconds>", "how long one cell may take", positive, 600)
    .action(async (chapters: string[], options: Options) => {
      const done = await makeLessons(chapters, {
        ...options,
        notebooks: resolve(options.notebooks),
        out: resolve(options.out),
        python: findJupyterPython(options.python),
      });
      process.exitCode = done ? 0 : 1;
    });
}
