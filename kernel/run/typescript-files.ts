/** Lets Node import the user's own `.ts` files: types are removed by esbuild when a file is loaded. */
import * as nodeModule from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadSync, resolveSync } from "./typescript-hooks.js";

let registered = false;

/**
 * Registers the hooks of `typescript-hooks.ts` for this thread; the second call does nothing.
 * @param kernelFolder where the built kernel lies
 */
export async function importTypeScriptFiles(kernelFolder: string): Promise<void> {
  if (registered) return;
  registered = true;
  process.setSourceMapsEnabled(true);
  // Node 22.15 and later run hooks in the thread itself; before that, they have a thread of their own.
  const { registerHooks } = nodeModule as { registerHooks?: (hooks: object) => void };
  if (registerHooks !== undefined) registerHooks({ resolve: resolveSync, load: loadSync });
  else nodeModule.register(pathToFileURL(join(kernelFolder, "typescript-hooks.cjs")).href);
}
