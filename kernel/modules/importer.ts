/** `import()` as if it stood in a file of some folder. */
import { join } from "node:path";
import { constants, Script } from "node:vm";

export type Namespace = Record<string, unknown>;
export type ImportOptions = { with?: Record<string, string> };
export type Importer = (specifier: string, options?: ImportOptions) => Promise<Namespace>;

/** The name of the file that imports seem to come from. */
export const IMPORTER = "import-of-a-cell.mjs";

/** An `import()` that looks packages up from a folder: V8 asks Node with the name of the script that it stands in. */
export function importerIn(folder: string): Importer {
  const script = new Script("(specifier, options) => import(specifier, options)", {
    filename: join(folder, IMPORTER),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const load = script.runInThisContext() as Importer;
  return (specifier, options) => withoutWarning(() => load(specifier, options));
}

/** Node calls this way of importing experimental; that is our concern, not the reader's. */
function withoutWarning<T>(work: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (String(warning).includes("USE_MAIN_CONTEXT_DEFAULT_LOADER")) return;
    (emitWarning as (...all: unknown[]) => void).call(process, warning, ...rest);
  };
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}
