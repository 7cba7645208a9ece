/**
 * The types that the package ships, read by the oldest compiler that meets them: TypeScript 5.0.4 inside stock tslab,
 * with tslab's own options. It reads what it does not know, such as `Float32Array<ArrayBuffer>`, silently as `any`.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);
const ts = require("@tslab/typescript-for-tslab") as typeof TypeScript;

let folder: string;
let cell: string;
let program: TypeScript.Program;

/** A cell of a lesson, with the type that each name must have. */
const lesson = `
import { array, conv2d, fast, filters, image, maxPool, outputSize, useBackend, vgg } from "convlab";
export const x = array([[1, 2], [3, 4]]);
export const y = conv2d(x, filters.sobelX(), { padding: "same", stride: [1, 2] });
export const numbers = y.data;
export const first = y.get(0, 0);
export const pooled = maxPool(fast.relu(y), { size: 2 });
export const size = outputSize(224, 7, { stride: 2, padding: 3 });
export const weights = vgg.summary("D").totals.parameters;
export const layer = vgg.parse("64 M").layers[0];
export const row = vgg.summary("A").rows[0];
export const backend = useBackend();
export const grey = image.toGrey(y);
`;
const types: Record<string, string> = {
  x: "FloatArray",
  y: "FloatArray",
  numbers: "Float32Array",
  first: "number",
  pooled: "FloatArray",
  size: "number",
  weights: "number",
  layer: "Layer",
  row: "LedgerRow",
  backend: "Promise<BackendName>",
  grey: "FloatArray",
};

beforeAll(() => {
  // Inside node_modules, so that what the types import is found as it is for an installed package.
  folder = mkdtempSync(join(root, "node_modules", ".convlab-types-"));
  const installed = join(folder, "node_modules", "convlab");
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, "package.json"), readFileSync(join(root, "package.json")));
  const tsc = join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");
  const emitted = spawnSync(
    process.execPath,
    [tsc, "-p", join(root, "tsconfig.build.json"), "--outDir", join(installed, "dist/types")],
    { encoding: "utf8" },
  );
  expect(emitted.stdout).toBe("");
  cell = join(folder, "cell.ts");
  writeFileSync(cell, lesson);
  program = ts.createProgram([cell], {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    types: ["node"],
    resolveJsonModule: true,
    experimentalDecorators: true,
    // tslab sets this; without it the same program is read, and broken types of ours are told too.
    skipLibCheck: false,
    noEmit: true,
  });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = (d: TypeScript.Diagnostic): string =>
  `${d.file?.fileName.replace(folder, "")}: ${ts.flattenDiagnosticMessageText(d.messageText, "\n")}`;

test("this is the compiler of stock tslab", () => {
  expect(ts.version).toBe("5.0.4");
});

test("a lesson's cell has no error", () => {
  const file = program.getSourceFile(cell)!;
  expect(
    [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(text),
  ).toEqual([]);
});

test("our own declarations have no error", () => {
  const ours = program.getSourceFiles().filter((file) => file.fileName.includes("convlab/dist"));
  expect(ours.length).toBeGreaterThan(10);
  const errors = ours.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  expect(errors.map(text)).toEqual([]);
});

test("the cell's names have the types that the docs promise", () => {
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(
    checker.getSymbolAtLocation(program.getSourceFile(cell)!)!,
  );
  const got = Object.fromEntries(
    exported.map((symbol) => [
      symbol.name,
      checker.typeToString(checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration!)),
    ]),
  );
  expect(got).toEqual(types);
});

test("nothing that convlab exports is, takes or gives any", () => {
  const checker = program.getTypeChecker();
  const index = program
    .getSourceFiles()
    .find((file) => file.fileName.endsWith("convlab/dist/types/src/index.d.ts"))!;
  const isAny: string[] = [];
  let looked = 0;
  const look = (type: TypeScript.Type, where: string, depth: number): void => {
    looked++;
    if (type.flags & ts.TypeFlags.Any) isAny.push(where);
    if (depth === 0) return;
    for (const signature of type.getCallSignatures()) {
      look(signature.getReturnType(), `${where}()`, depth - 1);
      for (const parameter of signature.getParameters()) {
        look(checker.getTypeOfSymbol(parameter), `${where}(${parameter.name})`, depth - 1);
      }
    }
    for (const property of type.getProperties()) {
      const declared = property.declarations?.[0]?.getSourceFile().fileName ?? "";
      if (!declared.includes("convlab/dist")) continue; // an array's or a string's own
      // What a class keeps to itself is written `#private;` and has no type: nobody can reach it.
      if (property.name === "#private" || property.name.endsWith("@#private")) continue;
      look(checker.getTypeOfSymbol(property), `${where}.${property.name}`, depth - 1);
    }
  };
  const lookModule = (module: TypeScript.Symbol, where: string): void => {
    for (let symbol of checker.getExportsOfModule(module)) {
      const name = `${where}${symbol.name}`;
      if (symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
      if (symbol.flags & ts.SymbolFlags.Module) lookModule(symbol, `${name}.`);
      else if (symbol.flags & ts.SymbolFlags.Value) look(checker.getTypeOfSymbol(symbol), name, 4);
      else look(checker.getDeclaredTypeOfSymbol(symbol), name, 4);
    }
  };
  lookModule(checker.getSymbolAtLocation(index)!, "");
  expect(looked).toBeGreaterThan(100);
  expect(isAny).toEqual([]);
});

test("no declaration uses a typed array with a type argument, nor loads tfjs's types", () => {
  const types = join(folder, "node_modules/convlab/dist/types/src");
  const reached = program.getSourceFiles().map((file) => file.fileName);
  expect(reached.filter((file) => file.includes("@tensorflow"))).toEqual([]);
  const files = readdirSync(types, { recursive: true, encoding: "utf8" });
  const newer = files
    .filter((file) => file.endsWith(".d.ts"))
    .filter((file) =>
      /\b(Float|Uint|Int|BigInt|BigUint)\d+(Clamped)?Array</.test(
        readFileSync(join(types, file), "utf8"),
      ),
    );
  expect(newer).toEqual([]);
});
