/** What a cell imports. */
import type { Node, Program } from "@babel/types";

/**
 * The module specifiers that a cell names in `import`, `export … from`, `import()` and `require()`, anywhere in it,
 * as far as they are literal.
 */
export function importedSpecifiers(program: Program): Set<string> {
  const found = new Set<string>();
  const walk = (node: Node): void => {
    const literal = specifierOf(node);
    if (literal?.type === "StringLiteral") found.add(literal.value);
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) {
        for (const one of value) if (isNode(one)) walk(one);
      } else if (isNode(value)) walk(value);
    }
  };
  walk(program);
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

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}
