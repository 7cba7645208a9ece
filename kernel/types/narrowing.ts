/** Variables whose type depends on what was assigned to them above. */
import type { Expression, Program, TSType } from "@babel/types";
import { declaredNames } from "../cell/declarations.js";

/**
 * The variables (`let`, `var`) of a cell that may be of a union type. In one document, TypeScript takes such a
 * variable for what was last assigned to it; seen from another document it has its declared type. So a cell that
 * refers to it must lie in another document than the one in which it was checked.
 */
export function narrowable(program: Program): Set<string> {
  const names = new Set<string>();
  for (const { name, assignable } of declaredNames(program)) if (assignable) names.add(name);
  for (const statement of program.body) {
    const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (inner?.type !== "VariableDeclaration") continue;
    for (const { id, init } of inner.declarations) {
      if (id.type !== "Identifier") continue;
      const annotation = id.typeAnnotation;
      const single =
        annotation?.type === "TSTypeAnnotation"
          ? isSingleType(annotation.typeAnnotation)
          : isSingleValue(init);
      if (single) names.delete(id.name);
    }
  }
  return names;
}

function isSingleType(type: TSType): boolean {
  switch (type.type) {
    case "TSNumberKeyword":
    case "TSStringKeyword":
    case "TSBigIntKeyword":
    case "TSSymbolKeyword":
    case "TSArrayType":
    case "TSFunctionType":
      return true;
    default:
      return false;
  }
}

/** A value from which TypeScript infers a type that is no union, and not `any`. */
function isSingleValue(value: Expression | null | undefined): boolean {
  switch (value?.type) {
    case "NumericLiteral":
    case "StringLiteral":
    case "TemplateLiteral":
    case "BigIntLiteral":
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return true;
    case "UnaryExpression":
      return value.operator === "-" && isSingleValue(value.argument);
    case "ArrayExpression":
      return value.elements.length > 0;
    default:
      return false;
  }
}
