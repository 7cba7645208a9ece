/** One `tsconfig.json` with all that it extends: JSON with comments and trailing commas. */
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";

/** What a tsconfig says, after `extends`; folders and files are absolute. */
export interface Tsconfig {
  readonly options: Readonly<Record<string, unknown>>;
  /** Aliases of `paths` and `baseUrl`, each with its absolute targets, in which `*` stands for the rest. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** Every file that was read. */
  readonly sources: readonly string[];
}

/** A tsconfig that can't be read; the message names the file and the line. */
export class TsconfigError extends Error {
  override readonly name = "TsconfigError";

  constructor(
    message: string,
    /** The files that a correction may touch. */
    readonly sources: readonly string[],
  ) {
    super(message);
  }
}

type Options = Record<string, unknown>;

/**
 * Reads a tsconfig and what it extends.
 * @throws TsconfigError when one of the files is not there, is no JSON, or extends itself
 */
export function readTsconfig(file: string): Tsconfig {
  const sources: string[] = [];
  const options = optionsOf(file, [], sources, dirname(file));
  const { paths = {}, baseUrl, ...rest } = options;
  const all = { ...(paths as Record<string, string[]>) };
  if (typeof baseUrl === "string") all["*"] ??= [join(baseUrl, "*")];
  return { options: rest, paths: all, sources };
}

/** @param root the folder that `${configDir}` stands for */
function optionsOf(
  file: string,
  above: readonly string[],
  sources: string[],
  root: string,
): Options {
  if (above.includes(file)) throw new TsconfigError(`${file} extends itself.`, sources);
  sources.push(file);
  const { extends: bases, compilerOptions } = objectIn(file, sources);
  const options: Options = {};
  for (const base of typeof bases === "string" ? [bases] : isList(bases) ? bases : []) {
    const found = extendedFile(String(base), dirname(file));
    if (found === undefined) {
      const told = `${file} extends "${base}", which was not found.`;
      throw new TsconfigError(told, [...sources, join(dirname(file), String(base))]);
    }
    Object.assign(options, optionsOf(found, [...above, file], sources, root));
  }
  return Object.assign(
    options,
    absolute(isObject(compilerOptions) ? compilerOptions : {}, dirname(file), root, options),
  );
}

function objectIn(file: string, sources: readonly string[]): Options {
  try {
    const value = parseJsonWithComments(readFileSync(file, "utf8"));
    if (!isObject(value)) throw new SyntaxError("an object is wanted");
    return value;
  } catch (error) {
    throw new TsconfigError(`${file} can't be read: ${(error as Error).message}.`, sources);
  }
}

/** Folders and files of one file's options, made absolute: they start at that file, not at the one that extends it. */
function absolute(options: Options, folder: string, root: string, inherited: Options): Options {
  const place = (path: unknown, from = folder): string =>
    resolve(
      from,
      String(path).replace(/\$\{configDir\}/g, () => root),
    );
  const result = { ...options };
  if (typeof options.baseUrl === "string") result.baseUrl = place(options.baseUrl);
  if (isList(options.typeRoots)) result.typeRoots = options.typeRoots.map((one) => place(one));
  if (isObject(options.paths)) {
    const from = String(result.baseUrl ?? inherited.baseUrl ?? folder);
    result.paths = Object.fromEntries(
      Object.entries(options.paths)
        .filter(([, targets]) => isList(targets))
        .map(([alias, targets]) => [alias, (targets as unknown[]).map((one) => place(one, from))]),
    );
  }
  return result;
}

/** The file that `extends` means: a path, or a package's. */
function extendedFile(base: string, folder: string): string | undefined {
  if (/^\.{1,2}([/\\]|$)/.test(base) || isAbsolute(base)) {
    const path = resolve(folder, base);
    return [path, `${path}.json`].find(isFile);
  }
  const require = createRequire(join(folder, "tsconfig.json"));
  for (const modules of require.resolve.paths(base) ?? []) {
    const path = join(modules, base);
    const found = [path, `${path}.json`, join(path, "tsconfig.json")].find(isFile);
    if (found !== undefined) return found;
  }
  // Only a package's `exports` may know it.
  for (const name of [base, `${base}.json`, `${base}/tsconfig.json`]) {
    try {
      const found = require.resolve(name);
      if (found.endsWith(".json")) return found;
    } catch {
      // The next name.
    }
  }
  return undefined;
}

/**
 * Parses JSON that may hold comments and trailing commas.
 * @throws SyntaxError with the line
 */
export function parseJsonWithComments(text: string): unknown {
  // What is left out leaves its length, so that places stay.
  const blank = (piece: string): string => piece.replace(/[^\n]/g, " ");
  const bare = text
    .replace(/^\uFEFF/, "")
    .replace(/"(?:\\.|[^"\\\n])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (piece) =>
      piece.startsWith("/") ? blank(piece) : piece,
    )
    .replace(/"(?:\\.|[^"\\\n])*"|,(?=\s*[}\]])/g, (piece) => (piece === "," ? " " : piece));
  if (bare.trim() === "") return {};
  try {
    return JSON.parse(bare);
  } catch {
    throw new SyntaxError(`line ${lineOfMistake(bare)} is no JSON`);
  }
}

/** Node tells a mistake's place only at times: it is in the first line after which no more text would help. */
function lineOfMistake(text: string): number {
  const lines = text.trimEnd().split("\n");
  for (let count = 1; count < lines.length; count++) {
    // A line break behind it: `tru` might become `true` otherwise.
    const beginning = `${lines.slice(0, count).join("\n")}\n`;
    try {
      JSON.parse(beginning);
    } catch (error) {
      const { message } = error as Error;
      const atEnd = message.includes(`at position ${beginning.length}`);
      const more =
        message.includes("end of JSON input") || (atEnd && !/^Unterm|^Bad/.test(message));
      if (!more) return count;
    }
  }
  return lines.length;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isObject(value: unknown): value is Options {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}
