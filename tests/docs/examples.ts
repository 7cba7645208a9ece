/**
 * The examples of the docstrings as programs. A statement followed by `// → value` must have that value; arrays are
 * written as nested lists, numbers may be rounded to five digits.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse } from "@babel/parser";
import { type FloatArray, toNested } from "../../src/array.js";
import { publicFunctions } from "./public-functions.js";

/** One `@example`. */
export interface Example {
  /** The first name of the function that it belongs to. */
  readonly name: string;
  readonly code: string;
}

const EXAMPLE = /@example\s+(?:<caption>.*?<\/caption>\s*)?([\s\S]*?)(?=\n@\w|$)/g;

const root = join(import.meta.dirname, "../..");
/** Pages whose programs run too. */
const PAGES = ["docs/reference/index.md", "docs/library.md", "README.md"];

/** The programs of the pages, without their imports: an example has everything of the package at hand. */
function pagePrograms(): Example[] {
  return PAGES.flatMap((name) => {
    const text = readFileSync(join(root, name), "utf8");
    return Array.from(text.matchAll(/```ts\n([\s\S]*?)```/g), ([, code = ""]) => ({
      name,
      code: code.replace(/^import .* from "convlab";\n/gm, "").trim(),
    }));
  });
}

/** All examples, each once, however many namespaces export its function. */
export function allExamples(): Example[] {
  const seen = new Map<string, Example>(pagePrograms().map((one) => [one.code, one]));
  for (const { name, file, docstring } of publicFunctions()) {
    for (const [, body = ""] of docstring.matchAll(EXAMPLE)) {
      const code = body.replace(/^```\w*\n?|```\s*$/gm, "").trim();
      const key = `${file}\n${code}`;
      if (!seen.has(key)) seen.set(key, { name, code });
    }
  }
  return [...seen.values()];
}

/** Replaces what is compared by calls of `expectValue(value, text)`. */
export function withComparisons(code: string): string {
  const { program, comments } = parse(code, {
    sourceType: "module",
    allowAwaitOutsideFunction: true,
    errorRecovery: true,
    plugins: ["typescript"],
  });
  const values = (comments ?? []).filter(({ value }) => value.trim().startsWith("→"));
  let out = "";
  let at = 0;
  for (const statement of program.body) {
    const start = statement.start!;
    const end = statement.end!;
    const comment = values.find(
      (one) =>
        one.start! >= end && !code.slice(end, one.start!).trim() && sameLine(code, end, one.start!),
    );
    if (!comment) continue;
    const text = JSON.stringify(comment.value.trim().slice(1).trim());
    out += code.slice(at, start);
    const source = code.slice(start, end).replace(/;$/, "");
    if (statement.type === "ExpressionStatement") {
      out += `expectValue((${source}), ${text});`;
    } else if (statement.type === "VariableDeclaration") {
      const { id } = statement.declarations[0]!;
      const name = id.type === "Identifier" ? id.name : undefined;
      if (!name) throw new Error(`Only one plain name can be compared: ${source}`);
      out += `${source}; expectValue(${name}, ${text});`;
    } else throw new Error(`"// →" stands behind a ${statement.type}: ${source}`);
    at = end;
  }
  const used = out.match(/expectValue\(/g)?.length ?? 0;
  if (used !== values.length) throw new Error(`A "// →" stands behind no statement in:\n${code}`);
  return out + code.slice(at);
}

function sameLine(code: string, from: number, to: number): boolean {
  return !code.slice(from, to).includes("\n");
}

/** Whether a value is what the comment says. */
export function isValue(got: unknown, text: string): boolean {
  return close(plain(got), new Function(`return (${text});`)());
}

function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const array = value as Partial<FloatArray>;
  if (array.shape && array.data && array.stride) return plain(toNested(value as FloatArray));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

function close(got: unknown, wanted: unknown): boolean {
  if (typeof got === "number" && typeof wanted === "number") {
    return Object.is(got, wanted) || Math.abs(got - wanted) <= 1e-5 * Math.max(1, Math.abs(wanted));
  }
  if (typeof got !== "object" || typeof wanted !== "object" || !got || !wanted) {
    return isDeepStrictEqual(got, wanted);
  }
  const keys = Object.keys(wanted);
  return (
    Array.isArray(got) === Array.isArray(wanted) &&
    keys.length === Object.keys(got).length &&
    keys.every((key) => close(got[key as never], wanted[key as never]))
  );
}
