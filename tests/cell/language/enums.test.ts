import { testCases } from "./cases.js";

testCases([
  [
    "computed and text members",
    [
      "const base = 4; enum E { A = base * 2, B = 'text'.length, C = 1 << 3, D = A | C, T = 'tee' }",
      "[E.A, E.B, E.C, E.D, E.T, E[4]]",
    ],
    [8, 4, 8, 8, "tee", "B"],
  ],
  ["merging in one cell", ["enum M { A = 1 } enum M { B = 2 }", "[M.A, M.B]"], [1, 2]],
  ["anew in a later cell", ["enum M { A = 1 }", "enum M { B = 2 }", "Object.keys(M)"], ["2", "B"]],
  [
    "a const enum of an earlier cell",
    ["const enum C { X = 3, Y = 'y' }", "const c: C = C.X; [c, C.Y, C['X']]"],
    [3, "y", 3],
  ],
  [
    "an enum names its earlier members and others",
    ["enum A { P = 5 } enum B { Q = A.P + 1, R = Q * 2 }", "[B.Q, B.R]"],
    [6, 12],
  ],
  ["exported", ["export enum X { A } export const enum Y { B = 7 }", "[X.A, Y.B]"], [0, 7]],
  [
    "in a block and a function",
    [
      "{ enum In { A = 9 } var got = In.A } function f() { enum Loc { B = 8 } return Loc.B }",
      "[got, f()]",
    ],
    [9, 8],
  ],
  [
    "merged with a namespace",
    [
      "enum Dir { Up, Down } namespace Dir { export function flip(d: Dir) { return d === Dir.Up ? Dir.Down : Dir.Up } }",
      "Dir.flip(Dir.Up)",
    ],
    1,
  ],
  [
    "a cell keeps the values of its own enum, as constants are",
    ["enum S { A = 1 } const get = () => S.A", "enum S { A = 2 }", "get()"],
    1,
  ],
]);
