/** The names that cells share, each in a box of its own. */

/**
 * Holds one name's value in `v`. A filled box has `v` as a plain field, so that V8 reads and writes it as fast as
 * any; an empty one has none of its own, and these accessors answer.
 */
export class Box {
  /** Whether a cell declares the name: only then may it be given a first value. */
  declared = false;

  constructor(readonly name: string) {}

  get v(): unknown {
    // What user code has put on `globalThis` is found without a cell's declaration.
    if (this.name in globalThis) return (globalThis as Record<string, unknown>)[this.name];
    throw new ReferenceError(`${this.name} is not defined`);
  }

  set v(value: unknown) {
    if (this.declared) fill(this, value);
    else if (this.name in globalThis) (globalThis as Record<string, unknown>)[this.name] = value;
    else throw new ReferenceError(`${this.name} is not defined`);
  }
}

function fill(box: Box, value: unknown): void {
  const field = { value, writable: true, configurable: true, enumerable: true };
  Object.defineProperty(box, "v", field);
}

// V8 lays out a field by what it has seen there. Having seen both a text and a number it keeps whole numbers whole;
// having seen doubles alone it would turn every whole number into one, and a loop that counts in it takes half as long
// again.
for (const value of ["", 0]) fill(new Box(""), value);

export class Scope {
  readonly #boxes = new Map<string, Box>();

  /** The box of a name; made empty when no cell has named it before. */
  box(name: string): Box {
    let box = this.#boxes.get(name);
    if (box === undefined) {
      box = new Box(name);
      this.#boxes.set(name, box);
    }
    return box;
  }

  /**
   * Lets a name read what `get` answers, as an import does.
   * Assigning to it gives the name a value of its own: the type check has warned of it.
   */
  bind(name: string, get: () => unknown): void {
    const box = this.box(name);
    const set = (value: unknown) => fill(box, value);
    Object.defineProperty(box, "v", { get, set, configurable: true, enumerable: true });
  }

  /** The names that hold something. */
  names(): string[] {
    return [...this.#boxes].filter(([, box]) => Object.hasOwn(box, "v")).map(([name]) => name);
  }

  has(name: string): boolean {
    const box = this.#boxes.get(name);
    return box !== undefined && Object.hasOwn(box, "v");
  }

  /** What a name holds, or `undefined` where reading it would run code, as an import's does. */
  peek(name: string): unknown {
    const box = this.#boxes.get(name);
    return box && Object.getOwnPropertyDescriptor(box, "v")?.value;
  }

  /** Lets a cell declare names. */
  declare(names: readonly string[]): Declaring {
    const before = names.map((name) => {
      const box = this.box(name);
      const { declared } = box;
      box.declared = true;
      return { box, declared, field: Object.getOwnPropertyDescriptor(box, "v") };
    });
    return {
      undo() {
        for (const { box, declared, field } of before) {
          box.declared = declared;
          if (field === undefined) Reflect.deleteProperty(box, "v");
          else Object.defineProperty(box, "v", field);
        }
      },
      settle() {
        const isReached = ({ box, field }: (typeof before)[number]): boolean => {
          const now = Object.getOwnPropertyDescriptor(box, "v");
          // What was empty and holds nothing yet may only have been made ready.
          return now?.value !== field?.value || now?.get !== field?.get;
        };
        for (const one of before) {
          if (isReached(one)) continue;
          one.box.declared = one.declared;
          if (one.field === undefined) Reflect.deleteProperty(one.box, "v");
        }
        return before.filter(isReached).map(({ box }) => box.name);
      },
    };
  }
}

/** What a cell declares while it runs. */
export interface Declaring {
  /** Puts back what the names held before: the cell has failed. */
  undo(): void;
  /** Keeps the names that hold something new, and answers them: the cell was interrupted. */
  settle(): string[];
}
