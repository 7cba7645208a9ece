/** Forms that say in TypeScript what plain JavaScript says as well, rewritten in place and in the same length. */
import type * as t from "@babel/types";
import { valueNames } from "./declarations.js";
import type { Surroundings } from "./names.js";

/** The text with a first line of a script (`#!/usr/bin/env node`) as a comment of the same length. */
export function firstLineAsComment(source: string): string {
  return source.startsWith("#!") ? `//${source.slice(2)}` : source;
}

/**
 * The text with `import a = b.c` and `import a = require("m")` as constants, `export =` as an expression, and a
 * first line that begins with `#!` as a comment. Every other character keeps its place.
 */
export function plainForms(source: string, program: t.Program, surroundings: Surroundings): string {
  let plain = firstLineAsComment(source);
  const replace = (start: number, end: number, text: string) => {
    const spaces = plain.slice(start + text.length, end).replace(/[^\r\n\u2028\u2029]/g, " ");
    plain = plain.slice(0, start) + text + spaces + plain.slice(end);
  };
  let values: Set<string> | undefined;
  for (const node of program.body) {
    if (node.type === "TSExportAssignment") replace(node.start!, node.expression.start!, ";");
    if (node.type !== "TSImportEqualsDeclaration") continue;
    values ??= valueNames(program);
    const keyword = source.lastIndexOf("import", node.id.start!);
    const { name } = node.id;
    if (node.importKind !== "type" && isValue(node.moduleReference, values, surroundings)) {
      values.add(name);
      replace(keyword, keyword + "import".length, "const");
    } else {
      // Nothing but types: blank, and a statement of its own.
      replace(node.start!, node.end!, ";");
    }
  }
  return plain;
}

/** Whether an alias names something that exists at run time, as far as can be told from its first name. */
function isValue(
  reference: t.TSImportEqualsDeclaration["moduleReference"],
  values: ReadonlySet<string>,
  surroundings: Surroundings,
): boolean {
  if (reference.type === "TSExternalModuleReference") return true;
  let first: t.Node = reference;
  while (first.type === "TSQualifiedName") first = first.left;
  if (first.type !== "Identifier") return true;
  const { name } = first;
  return values.has(name) || surroundings.isShared(name) || surroundings.isGlobal(name);
}
