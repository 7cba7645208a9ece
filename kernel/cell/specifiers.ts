/** What a cell imports. */
import type { Node, Program } from "@babel/types";
import { walk } from "./tree.js";

/**
 * The module specifiers that a cell names in `import`, `export … from`, `import()` and `require()`, anywhere in it,
 * as far as they are literal.
 */
export function importedSpecifiers(program: Program): Set<string> {
  const found = new Set<string>();
  walk(program, (node) => {
    const literal = specifierOf(node);
    if (literal?.type === "StringLiteral") found.add(literal.value);
    return true;
  });
  return found;
}

function specifierOf(node: Node): Node | null | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
      return node.source;
    case "TSExternalModuleReference":
      return node.expression;
    case "TSImportType":
      return node.argument;
    case "CallExpression":
      return node.callee.type === "Import" ||
        (node.callee.type === "Identifier" && node.callee.name === "require")
        ? node.arguments[0]
        : null;
    default:
      return null;
  }
}
