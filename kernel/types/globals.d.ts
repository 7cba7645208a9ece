/** Names that every cell has besides those of Node. */

/**
 * Asks the reader for a line.
 * @param options `password` hides what is typed
 * @throws Error where nobody can be asked, as in `nbconvert --execute`
 * @example
 * const name = await input("Your name? ");
 */
declare function input(
  prompt?: unknown,
  options?: { readonly password?: boolean },
): Promise<string>;

/**
 * Asks the reader for a line, as in a browser; `initial` is the answer when nothing is typed.
 * @example
 * const size = Number(await prompt("Kernel size?", "3"));
 */
declare function prompt(message?: string, initial?: string): Promise<string>;

/** WebAssembly as Node has it; `@types/node` leaves it to the page's declarations. */
declare namespace WebAssembly {
  type ImportValue = Memory | Table | Global | ((...operands: never[]) => unknown) | number;
  type Imports = Record<string, Record<string, ImportValue>>;
  // biome-ignore lint/suspicious/noExplicitAny: what a module exports is known to its author alone.
  type Exports = Record<string, any>;

  class Module {
    constructor(bytes: ArrayBuffer | ArrayBufferView);
    static exports(module: Module): { name: string; kind: string }[];
    static imports(module: Module): { module: string; name: string; kind: string }[];
  }
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Exports;
  }
  class Memory {
    /** Sizes in pages of 64 KiB. */
    constructor(size: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Table {
    constructor(size: { element: "anyfunc" | "externref"; initial: number; maximum?: number });
    readonly length: number;
    // biome-ignore lint/suspicious/noExplicitAny: functions of any kind, or any value.
    get(index: number): any;
    set(index: number, value?: unknown): void;
    grow(by: number): number;
  }
  class Global {
    constructor(type: { value: "i32" | "i64" | "f32" | "f64"; mutable?: boolean }, value?: unknown);
    // biome-ignore lint/suspicious/noExplicitAny: a number or a bigint, by its type.
    value: any;
  }
  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}

  function validate(bytes: ArrayBuffer | ArrayBufferView): boolean;
  function compile(bytes: ArrayBuffer | ArrayBufferView): Promise<Module>;
  function instantiate(
    bytes: ArrayBuffer | ArrayBufferView,
    imports?: Imports,
  ): Promise<{ module: Module; instance: Instance }>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
}
