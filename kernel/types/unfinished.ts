/** Reads a cell that is still being written: what it speaks of and what it declares, as far as that can be told. */
import { parse } from "@babel/parser";
import type { Program } from "@babel/types";
import { declaredNames } from "../cell/declarations.js";
import { parserOptions } from "../cell/parse.js";
import { importedSpecifiers } from "../cell/specifiers.js";
import { mentionedNames } from "./mentions.js";

export interface UnfinishedCell {
  /** The names of its surroundings that it may speak of; names of its own are not among them. */
  readonly names: ReadonlySet<string>;
  /** The modules that it imports; the one that is being written is not among them. */
  readonly specifiers: ReadonlySet<string>;
}

/** A longer text is not parsed at every key, only searched for words. */
const LONG = 1 << 18;

/** @param offset where the cursor stands, in UTF-16 units */
export function readUnfinished(source: string, offset: number): UnfinishedCell {
  // A name at the cursor finishes most of what is being written: `tf.`, `const a = `, `f(a, )`.
  const finished = `${source.slice(0, offset)}$${source.slice(offset)}`;
  const program = source.length > LONG ? undefined : (attempt(source) ?? attempt(finished));
  const specifiers = program === undefined ? quoted(source) : importedSpecifiers(program);
  const texts = /(["'])(?:(?!\1)[^\\\n])*\1/g;
  for (const { 0: text, index } of source.matchAll(texts)) {
    if (index < offset && offset < index + text.length) specifiers.delete(text.slice(1, -1));
  }
  if (program === undefined) return { names: words(source), specifiers };
  const names = mentionedNames(program);
  for (const { name } of declaredNames(program)) names.delete(name);
  return { names, specifiers };
}

function attempt(source: string): Program | undefined {
  try {
    return parse(source, { ...parserOptions, errorRecovery: true }).program;
  } catch {
    return undefined;
  }
}

/** All words that are no property, without those that a declaration seems to introduce. */
function words(source: string): Set<string> {
  const names = new Set<string>();
  for (const [word] of source.matchAll(
    /(?<![\p{ID_Continue}$]|(?<!\.)\.)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu,
  )) {
    names.add(word);
  }
  const declared =
    /^[ \t]*(?:export |declare |abstract |async )*(?:const|let|var|using|function\*?|class|interface|type|enum|namespace)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;
  for (const [, name = ""] of source.matchAll(declared)) names.delete(name);
  for (const [, list = ""] of source.matchAll(/^[ \t]*(?:import|const|let|var)\b([^=;:"']*)/gm)) {
    for (const [name] of list.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu)) names.delete(name);
  }
  return names;
}

function quoted(source: string): Set<string> {
  const imports = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(["'])([^"'\n]+)\1/g;
  return new Set([...source.matchAll(imports)].map(([, , specifier = ""]) => specifier));
}
