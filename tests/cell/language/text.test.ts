import { testCases } from "./cases.js";

testCases([
  [
    "names in Korean and other letters",
    [
      "const 합계 = 1, ñ = 2, π = 3, 変数 = 4, 𝒳 = 5, \\u0061bc = 6; class 상자 { 값 = 7; #비밀 = 8; 보기() { return this.#비밀 } } function 함수(인자: number) { return 인자 + 합계 }",
      "[합계, ñ, π, 変数, 𝒳, abc, new 상자().값, new 상자().보기(), 함수(1)]",
    ],
    [1, 2, 3, 4, 5, 6, 7, 8, 2],
  ],
  [
    "an escaped name is the name",
    ["let abc = 1; \\u0061bc = 2; const f = () => \\u{61}bc + 1", "[abc, f()]"],
    [2, 3],
  ],
  [
    "no semicolons",
    [
      "let a = 1\nlet b = a\n++b\nconst c = [1, 2]\n;[a, b] = c\nlet d = b\n/2/1\nconst e = () => {}\n`t`.length\nlet f\nf = a\n(0, b)".replace(
        "f = a\n(0, b)",
        "f = a\n;(0, b)",
      ),
      "[a, b, c, d, f]",
    ],
    [1, 2, [1, 2], 1, 1],
  ],
  ["'use strict'", ["'use strict'; const x = 1", "'use strict'\nx"], 1],
  ["CRLF", ["const a = 1\r\n// note\r\nconst b = `x\r\ny`\r\n", "a + b\r\n"], "1x\ny"],
  ["CR alone", ["const a = 1\rconst b = 2 // c\ra + b"], 3],
  ["a byte order mark", ["\ufeffconst a = 1\n", "\ufeffa + 1"], 2],
  [
    "U+2028 and U+2029",
    ["const a = 'x\u2028y'\u2029const b = 2 // c\u2028const d = 4", "[a.length, b, d]"],
    [3, 2, 4],
  ],
  ["other spaces", ["const\u00a0a\u3000=\ufeff1", "a"], 1],
  ["ends in a comment", ["1 + 1 // two", "3 /* three */\n// more\n/* and */"], 3],
  ["a semicolon and a comment behind the value", ["4 ; // four\n;;"], 4],
  ["a shebang line", ["#!/usr/bin/env -S node\nconst s = 1\ns"], 1],
  ["a block at the start", ["{ let a = 1; a }"], undefined],
  ["an object in parentheses at the start", ["({ a: 1, b() { return 2 } }).b()"], 2],
  [
    "a function at the end has no value",
    ["(function () { return 1 })\nfunction f() {}"],
    undefined,
  ],
  [
    "contextual words as names",
    [
      "let of = 1, async = 2, get = 3, set = 4, type = 5, as = 6, from = 7, satisfies = 8, is = 9, asserts = 10, infer = 11, declare = 12, abstract = 13, namespace = 14, readonly = 15, global = 16, using = 17, accessor = 18, override = 19, out = 20, keyof = 21, any = 22, string = 23, target = 24, meta = 25",
      "type = type + async; of += get; [of, async, type, as, from, satisfies, global, using, accessor]",
    ],
    [4, 2, 7, 6, 7, 8, 16, 17, 18],
  ],
  [
    "contextual words in calls and statements",
    [
      "const type = (x: number) => x + 1, declare = type, abstract = type, using = type, namespace = type, module = type; let async = type",
      "[type(1), declare(1), abstract(1), using(1), namespace(1), module(1), async(1)]",
    ],
    [2, 2, 2, 2, 2, 2, 2],
  ],
  [
    "loops over contextual words",
    [
      "let of = [1, 2], n = 0; for (const async of of) n += async; for (var get of of) n += get; for (let of of [5]) n += of",
      "[n, get]",
    ],
    [11, 2],
  ],
  [
    "globals can be shadowed",
    [
      "const name = 1, console = 2, fetch = 3; let Array = 4; class Map {} function setTimeout() { return 5 } var undefined_ = 6; const Symbol = 7",
      "[name, console, fetch, Array, new Map() instanceof Map, setTimeout(), Symbol]",
    ],
    [1, 2, 3, 4, true, 5, 7],
  ],
  [
    "a global before it is shadowed",
    [
      "const before = typeof process; const f = () => typeof process",
      "const process = 1",
      "[before, f()]",
    ],
    ["object", "object"],
  ],
  ["`this` at the top level", ["typeof this"], "undefined"],
  [
    "`arguments` in a function",
    [
      "const f = function () { return arguments.length }; f.call(null, 1, 2)".replace(
        "f.call(null, 1, 2)",
        "(f as any)(1, 2)",
      ),
    ],
    2,
  ],
  [
    "constructor, prototype, __proto__ as names",
    [
      "let constructor = 1, prototype = 2, __proto__ = 3, hasOwnProperty = 4, toString = 5, valueOf = 6",
      "[constructor, prototype, __proto__, hasOwnProperty, toString, valueOf]",
    ],
    [1, 2, 3, 4, 5, 6],
  ],
  [
    "shorthand __proto__ and methods",
    ["const __proto__ = 1; const o = { __proto__ }", "Object.keys(o)"],
    ["__proto__"],
  ],
  [
    "HTML comments are none in a module",
    [
      "let x = 4, y = 3; const z = x <!--y ? 'to' : 'no'; const t = '<!-- text -->' // <!-- c",
      "[z, y, t]",
    ],
    ["no", 2, "<!-- text -->"],
  ],
  [
    "a long chain over lines with comments",
    ["const v = [3, 1, 2] // list\n  // sorted\n  .sort()\n  /* first */ .at(0)! as number", "v"],
    1,
  ],
  [
    "types with comments",
    [
      "const f = (a /* one */ : /* two */ number /* three */, b?: string // four\n) /* five */ : /* six */ number => a",
      "f(1)",
    ],
    1,
  ],
]);
