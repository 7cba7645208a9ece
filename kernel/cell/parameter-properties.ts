/** `constructor(private side: number)`: a parameter that is a field at once, written out as TypeScript does. */
import type * as t from "@babel/types";
import type { Edits } from "./edits.js";
import type { Node } from "./tree.js";

type Constructor = t.ClassMethod & { body: t.BlockStatement & Node };

/** Whether a class has such parameters, but no place at the top of its constructor from which `this` is there. */
export function hidesThis(node: t.Class): boolean {
  const method = constructorOf(node);
  return method !== undefined && namesOf(method).length > 0 && afterSuper(node, method) === null;
}

/** Declares the fields first in the class, and fills them as soon as `this` is there. */
export function writeParameterProperties(node: t.Class, edits: Edits): void {
  const method = constructorOf(node);
  if (method === undefined) return;
  const names = namesOf(method);
  const place = afterSuper(node, method);
  if (names.length === 0 || place === null) return;
  edits.insert(node.body.start! + 1, names.map((name) => `${name};`).join(""));
  edits.insert(place, `;${names.map((name) => `this.${name}=${name};`).join("")}`);
}

function constructorOf(node: t.Class): Constructor | undefined {
  return node.body.body.find(
    (member): member is Constructor =>
      member.type === "ClassMethod" && member.kind === "constructor",
  );
}

function namesOf({ params }: Constructor): string[] {
  return params.flatMap((one) => {
    if (one.type !== "TSParameterProperty") return [];
    const { parameter } = one;
    const id = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
    return id.type === "Identifier" ? [id.name] : [];
  });
}

/** Where `this` is there: behind `super(…)`, or behind the directives of a class that extends nothing. */
function afterSuper(node: t.Class, { body }: Constructor): number | null {
  if (!node.superClass) return body.directives.at(-1)?.end ?? body.start + 1;
  const call = body.body.find(
    (statement) =>
      statement.type === "ExpressionStatement" &&
      statement.expression.type === "CallExpression" &&
      statement.expression.callee.type === "Super",
  );
  return call?.end ?? null;
}
