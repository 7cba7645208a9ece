/**
 * A cell's text in, runnable code out.
 *
 * The emitted code is one function. Every name that the cell shares with other cells lives in a box of its own
 * (`ꞌname.v`), handed in as a parameter: a name can be declared anew with any other kind, is seen by functions of
 * earlier cells at once, and costs what a field costs. Everything else stays the reader's own text in its place.
 */
import type * as t from "@babel/types";
import { AWAIT, BOX_PREFIX, IMPORT, META, PROVIDED } from "./boxes.js";
import { valueNames } from "./declarations.js";
import { Edits } from "./edits.js";
import { eraseTypes } from "./erase.js";
import { keepFunctionNames } from "./function-names.js";
import { type CellImport, cellImports, isDynamicImport, isImport } from "./imports.js";
import { LocalLoops, usesInFunctions } from "./loops.js";
import type { Surroundings, UseInFunctions } from "./names.js";
import { freeReferences, type Reference } from "./references.js";
import { declarationsToBoxes, varNames } from "./statements.js";
import { awaits, isTypeOnly, type Node, nameEnd, walk } from "./tree.js";
import { typeNames } from "./type-syntax.js";

/** A cell, ready to run. */
export interface RunnableCell {
  /** An expression: a function of `[import, meta, ...PROVIDED, ...boxes, await]` that answers `[value]`, `undefined`, or a promise of these. */
  code: string;
  /** Names whose boxes the function takes, in order. */
  boxes: string[];
  /** Names that the cell declares; they are among `boxes`. */
  declared: string[];
  imports: CellImport[];
  /** What the cell's functions do with shared names; see `SharedNames.remember`. */
  usedInFunctions: ReadonlyMap<string, UseInFunctions>;
  /** What to evaluate in the running function before it is ended by force; see `LocalLoops.rescue`. */
  rescue: string;
  /** Leads from an offset in `code` to the offset in the cell's text. */
  sourceOffset(offset: number): number;
}

/** What a lowered text no longer shows. */
export interface Origin {
  /** Names to empty first: a lowered enum or namespace would otherwise go on from its last version. */
  emptied: readonly string[];
  /** The names that it declared: others are variables of the lowering, one set for each cell. */
  declared: ReadonlySet<string>;
  /** The names that its types spoke of. */
  typeNames: ReadonlySet<string>;
  /** Whether the statements stand in a `try` that disposes of what `using` declared. */
  inTry: boolean;
}

/**
 * Turns a parsed cell into a function (see `RunnableCell`).
 *
 * @param source the cell's text, free of syntax that needs lowering
 * @param program its tree, by `parse`; changed on the way
 * @param origin what the text was before it was lowered
 */
export function transform(
  source: string,
  program: t.Program,
  surroundings: Surroundings,
  origin?: Origin,
): RunnableCell {
  const edits = new Edits(source);
  const free = freeReferences(program);
  const values = new Set(free.map(({ node }) => node.name));
  let types = origin?.typeNames;
  const imports = cellImports(
    program,
    (name) => values.has(name),
    (name) => {
      types ??= typeNames(program);
      return types.has(name);
    },
  );
  const declared = new Set(imports.flatMap((one) => one.names.map(({ local }) => local)));
  const helpers = new Set<string>();
  for (const name of valueNames(program)) {
    if (origin === undefined || origin.declared.has(name)) declared.add(name);
    else helpers.add(name);
  }

  const references = sharedReferences(free, declared, helpers, surroundings);
  const boxes = [...new Set([...declared, ...references.map(({ node }) => node.name)])];
  const used = usesInFunctions(references);
  // A module may give an import a new value at any time.
  for (const { names } of imports) for (const { local } of names) used.set(local, "assigns");
  const loops = new LocalLoops(program, references, declared, used, surroundings);
  // First: what else is put behind an awaited expression goes behind the parenthesis.
  rewriteSyntax(program, edits);
  rewriteReferences(program, references, loops, edits);
  const isAsync = imports.length > 0 || awaits(program);
  const functions: string[] = [];
  for (const statement of program.body)
    declarationsToBoxes(statement as Node, edits, functions, helpers);
  returnLastValue(program, edits, origin?.inTry === true);
  endStatements(program, edits);
  loops.apply(edits);
  for (const statement of program.body) {
    if (isTypeOnly(statement) || !isImport(statement)) eraseTypes(statement, edits);
  }

  const parameters = [
    IMPORT,
    META,
    ...PROVIDED.filter((name) => !declared.has(name)),
    ...boxes.map((name) => BOX_PREFIX + name),
    AWAIT,
  ];
  const head = `(${isAsync ? "async " : ""}function(${parameters.join(",")}){"use strict";`;
  const hoisted = [
    ...[...(origin?.emptied ?? []), ...varNames(program, helpers)].map(
      (name) => `${BOX_PREFIX}${name}.v=undefined;`,
    ),
    ...functions.map((name) => `${BOX_PREFIX}${name}.v=${name};`),
  ].join("");
  edits.prepend(head + hoisted);
  edits.insert(source.length, "\n})");
  const { code, sourceOffset } = edits.apply();
  return {
    code,
    boxes,
    declared: [...declared],
    imports,
    usedInFunctions: used,
    rescue: loops.rescue(),
    sourceOffset,
  };
}

/** The uses of names that the cell shares. */
function sharedReferences(
  free: readonly Reference[],
  declared: ReadonlySet<string>,
  helpers: ReadonlySet<string>,
  surroundings: Surroundings,
): Reference[] {
  return free.filter(({ node: { name }, role }) => {
    if (declared.has(name)) return true;
    if (helpers.has(name)) return false;
    if (surroundings.isShared(name)) return true;
    const isKnown = surroundings.isGlobal(name) || (PROVIDED as readonly string[]).includes(name);
    return role !== "typeof" && !isKnown;
  });
}

/** Puts the box in place of every use of a shared name, but for those that a loop keeps to itself. */
function rewriteReferences(
  program: t.Program,
  references: readonly Reference[],
  loops: LocalLoops,
  edits: Edits,
): void {
  const boxed = references.filter((reference) => !loops.isLocal(reference));
  for (const { node, role } of boxed) {
    const { name, start } = node;
    const end = nameEnd(edits.source, node);
    const box = `${BOX_PREFIX}${name}.v`;
    if (role !== "shorthand") edits.replace(start, end, role === "callee" ? `(0,${box})` : box);
    // `__proto__: value` would set the prototype.
    else if (name === "__proto__") edits.replace(start, end, `["__proto__"]:${box}`);
    else edits.insert(end, `:${box}`);
  }
  keepFunctionNames(program, new Set(boxed.map(({ node }) => node)), edits);
}

/**
 * What means something else in a script than in a module: `import(…)`, `import.meta`, and `<!--`, no comment here. And
 * `await`: the kernel sees what is awaited, so that it fails in a cell that was interrupted.
 */
function rewriteSyntax(program: t.Program, edits: Edits): void {
  walk(program, (node) => {
    if (node.type === "AwaitExpression") {
      edits.insert(node.start + "await".length, ` ${AWAIT}(`);
      edits.insert(node.end, ")");
    } else if (isDynamicImport(node))
      edits.replace(node.start, node.start + "import".length, IMPORT);
    else if (node.type === "MetaProperty" && node.meta.name === "import")
      edits.replace(node.start, node.end, META);
    else if (node.type === "BinaryExpression" && node.operator === "<") {
      const right = node.right.start!;
      if (edits.source.startsWith("<!--", right - 1)) edits.insert(right, " ");
    }
    return true;
  });
}

/** Ends every statement that leaned on its line end: the next one may now begin with a parenthesis. */
function endStatements(program: t.Program, edits: Edits): void {
  const heads = new Set<Node>();
  walk(program, (node) => {
    if (node.type === "ForStatement" && node.init) heads.add(node.init as Node);
    if (node.type === "ForInStatement" || node.type === "ForOfStatement")
      heads.add(node.left as Node);
    if (isTypeOnly(node)) return false;
    switch (node.type) {
      case "ExpressionStatement":
      case "VariableDeclaration":
      case "ReturnStatement":
      case "ThrowStatement":
        if (!heads.has(node) && edits.source[node.end - 1] !== ";") edits.insert(node.end, ";");
    }
    return true;
  });
}

/** The value of a last expression is the cell's result; the array around it keeps a promise from being awaited. */
function returnLastValue(program: t.Program, edits: Edits, inTry: boolean): void {
  const disposing = inTry ? program.body.find(({ type }) => type === "TryStatement") : undefined;
  const body = disposing?.type === "TryStatement" ? disposing.block.body : program.body;
  const last = body
    .filter((statement) => !isTypeOnly(statement) && statement.type !== "EmptyStatement")
    .at(-1);
  if (!last) {
    // A cell of nothing but a string is a directive to the parser.
    const directive = program.directives.at(-1) as (Node & t.Directive) | undefined;
    if (directive) edits.insert(directive.start, "return [");
    if (directive) edits.insert(directive.value.end!, "]");
    return;
  }
  if (last.type !== "ExpressionStatement") return;
  // The commas of `a, b` would make an array of two.
  const isSequence = last.expression.type === "SequenceExpression";
  edits.insert(last.start!, isSequence ? "return [(" : "return [");
  const end = edits.source[last.end! - 1] === ";" ? last.end! - 1 : last.end!;
  edits.insert(end, isSequence ? ")]" : "]");
}
