/**
 * Types that the server inferred, written into a cell that has run. Where each cell computes with the values of the one
 * before, the server would otherwise infer its way back through the whole notebook for every new cell.
 */
import type { Program, Statement } from "@babel/types";
import { offsetsIn, type Position } from "./positions.js";

/** As the language server sends it (LSP 3.17); a hint of kind 1 is a type. */
export interface ServerHint {
  readonly position: Position;
  readonly label: string | readonly { readonly value: string }[];
  readonly kind?: number;
}

const primitives = "number string boolean bigint symbol object void undefined null readonly";
/** What these mean is known; any other name may mean something else where the type is written. */
const globals =
  "Array ReadonlyArray Promise Map Set Date RegExp Error Record Iterable Float32Array Float64Array Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array ArrayBuffer ArrayBufferLike";
const primitive = new Set(primitives.split(" "));
const global = new Set(globals.split(" "));

/** Offsets after which a type may be written: names at the top level, and parameters of functions there. */
export function places(program: Program): { names: Set<number>; results: [number, number][] } {
  const names = new Set<number>();
  const results: [from: number, to: number][] = [];
  for (const statement of program.body) {
    const inner = declarationOf(statement);
    if (inner?.type === "VariableDeclaration" && !inner.declare) {
      for (const { id, init } of inner.declarations) {
        if (id.type === "Identifier" && !id.typeAnnotation && init) names.add(id.end as number);
      }
    } else if (inner?.type === "FunctionDeclaration" && !inner.returnType && inner.id) {
      const from = (inner.params.at(-1) ?? inner.id).end as number;
      results.push([from, inner.body.start as number]);
    }
  }
  return { names, results };
}

/**
 * The cell with the types that are made of nothing but {@link primitives} and {@link globals}.
 * @param means says whether a global has another meaning in the cell or for it
 * @returns the text, and the globals that it now speaks of
 */
export function withTypes(
  source: string,
  program: Program,
  hints: readonly ServerHint[],
  means: (name: string) => boolean,
): { text: string; globals: string[] } {
  const { names, results } = places(program);
  const offsetOf = offsetsIn(source);
  const spoken = new Set<string>();
  const edits = hints.flatMap(({ position, label, kind }) => {
    const at = offsetOf(position);
    const type = typeof label === "string" ? label : label.map(({ value }) => value).join("");
    const fits = names.has(at) || (source[at - 1] === ")" && results.some(within(at)));
    const mentioned = kind === 1 && fits ? namesIn(type) : undefined;
    if (mentioned === undefined || mentioned.some(means)) return [];
    for (const name of mentioned) spoken.add(name);
    return [{ at, type }];
  });
  let text = source;
  for (const { at, type } of edits.sort((a, b) => b.at - a.at)) {
    text = text.slice(0, at) + type + text.slice(at);
  }
  return { text, globals: [...spoken] };
}

/**
 * The globals that a type names; `undefined` when it names anything else. Literals are left alone: `const a = 1` is
 * `1`, but `let b = a` a number, as it would not be if the type were written. So are `any` and `never`.
 */
function namesIn(hint: string): string[] | undefined {
  const type = hint.replace(/^: /, "");
  if (/["'`]|(?<![\p{ID_Continue}$])\d/u.test(type) || type === "null" || type === "undefined")
    return undefined;
  const found: string[] = [];
  for (const [name, , colon] of type.matchAll(/([\p{ID_Start}$_][\p{ID_Continue}$]*)(\??:)?/gu)) {
    if (colon !== undefined || primitive.has(name)) continue; // A property, or a parameter.
    if (!global.has(name)) return undefined;
    found.push(name);
  }
  return found;
}

function within(at: number): (range: [number, number]) => boolean {
  return ([from, to]) => from < at && at <= to;
}

function declarationOf(statement: Statement): Statement | null | undefined {
  return statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
}
