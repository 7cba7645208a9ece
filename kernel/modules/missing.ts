/** Imports that find nothing, said in the reader's terms. */
import { dirname } from "node:path";
import { insteadOf } from "../cell/foreign.js";
import { isInstalled, isPath } from "../project/local-files.js";
import { addCommand } from "../project/package-manager.js";
import { packageName } from "../types/packages.js";
import { IMPORTER } from "./importer.js";
import { VERSION } from "./local-graph.js";

/** Whether this very package is what could not be found, not something that it needs in its turn. */
export function isMissingPackage(error: unknown, specifier: string): boolean {
  const { code, message = "" } = (error ?? {}) as { code?: string; message?: string };
  if (isPath(specifier)) return false;
  if (code === "MODULE_NOT_FOUND") return message.startsWith(`Cannot find module '${specifier}'`);
  return (
    code === "ERR_MODULE_NOT_FOUND" && message.includes(`'${packageName(specifier) ?? specifier}'`)
  );
}

/** @param folder where the notebook lies */
export function missingPackage(specifier: string, folder: string): Error {
  const add = addCommand(folder);
  const name = packageName(specifier) ?? specifier;
  const told =
    insteadOf(specifier, add) ??
    `Cannot find the package "${name}" from ${folder}. Run \`${add} ${name}\` there, then run this cell again.`;
  return Object.assign(new Error(told), { code: "ERR_MODULE_NOT_FOUND" });
}

/** @param specifier a path that leads to no file */
export function missingFile(specifier: string, folder: string): Error {
  const told = `There is no file "${specifier}" in ${folder}.`;
  return Object.assign(new Error(told), { code: "ERR_MODULE_NOT_FOUND" });
}

/** What Node says when an import fails, with names that the reader knows: no versions, and the command that helps. */
export function readableImportError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: string };
  const clean = error.message
    .replaceAll(new RegExp(`\\?${VERSION}=[\\w.]+`, "g"), "")
    .replace(/file:\/\/\/\S+/g, (url) => decoded(url));
  const found = /^Cannot find package '([^']+)' imported from (.+)$/.exec(clean);
  if (code === "ERR_MODULE_NOT_FOUND" && found !== null) {
    const [, name = "", importer = ""] = found;
    const where = isInstalled(importer) || importer.endsWith(IMPORTER) ? folder : dirname(importer);
    const told = `Cannot find the package "${name}", which ${importer} imports. Run \`${addCommand(where)} ${name}\` in ${where}, then run this cell again.`;
    return Object.assign(new Error(told), { code });
  }
  const foreign = /'((?:npm|jsr|https?|bun|deno):[^']*)'/.exec(clean)?.[1];
  if (code === "ERR_UNSUPPORTED_ESM_URL_SCHEME" || code === "ERR_UNKNOWN_BUILTIN_MODULE") {
    const instead = foreign === undefined ? undefined : insteadOf(foreign, addCommand(folder));
    if (instead !== undefined) return Object.assign(new Error(instead), { code });
  }
  if (clean !== error.message) error.message = clean;
  return error;
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.replace(/^file:\/\//, ""));
  } catch {
    return url;
  }
}
