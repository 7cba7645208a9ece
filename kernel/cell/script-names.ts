/** What an import brings and an export gives, for a notebook that becomes one module. */
import type * as t from "@babel/types";
import { declaredNames } from "./declarations.js";

/** One name of one module, as an import brings it: the same for the same thing. */
export interface Imported {
  readonly local: string;
  /** Begins with `type ` where only the type is brought. */
  readonly key: string;
  /** The clause between `import` and `from`, for a local name of one's choice. */
  clause(local: string): string;
  readonly from: string;
  readonly isType: boolean;
}

/** The names that a cell imports, in order. */
export function importedNames(program: t.Program, source: string): Imported[] {
  return program.body.flatMap((statement) => {
    if (statement.type !== "ImportDeclaration") return [];
    const from = source.slice(statement.source.start!, statement.end!).replace(/;$/, "");
    return statement.specifiers.map((one) => {
      const isType =
        statement.importKind === "type" || ("importKind" in one && one.importKind === "type");
      const type = isType ? "type " : "";
      const named = one.type === "ImportSpecifier" ? one.imported : undefined;
      const imported = named === undefined ? "" : source.slice(named.start!, named.end!);
      const what =
        one.type === "ImportNamespaceSpecifier" ? "*" : named === undefined ? "default" : imported;
      return {
        local: one.local.name,
        key: `${type}${statement.source.value} ${what}`,
        clause: (local: string) =>
          what === "*"
            ? `${type}* as ${local}`
            : named === undefined
              ? `${type}${local}`
              : `{ ${type}${imported === local ? local : `${imported} as ${local}`} }`,
        from,
        isType,
      };
    });
  });
}

/** The names under which a statement exports. */
export function exportedAs(statement: t.ExportNamedDeclaration | t.ExportAllDeclaration): string[] {
  if (statement.type === "ExportAllDeclaration") return [`* ${statement.source.value}`];
  const listed = statement.specifiers.map(({ exported }) =>
    exported.type === "Identifier" ? exported.name : exported.value,
  );
  if (statement.declaration == null) return listed;
  const alone = { type: "Program", body: [statement.declaration] } as unknown as t.Program;
  return declaredNames(alone).map(({ name }) => name);
}
