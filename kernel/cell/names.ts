/** What is known of the names that cells share. */

/** What functions do with a name: where none speaks of it, nobody but the running code can see it. */
export type UseInFunctions = "reads" | "assigns";

/** What the transform needs to know of the session. */
export interface Surroundings {
  /** Names that cells have declared so far: a name among them means the cell's, even if a global has it too. */
  isShared(name: string): boolean;
  /** Names that exist without any cell, such as `Math`. */
  isGlobal(name: string): boolean;
  /** What functions and classes of earlier cells do with a name. Without an answer: anything. */
  usedInFunctions?(name: string): UseInFunctions | undefined;
  /** Whether class fields are assigned instead of defined, as with `useDefineForClassFields: false`. */
  readonly assignsFields?: boolean;
}

/** The names of a session, kept from cell to cell. */
export class SharedNames implements Surroundings {
  readonly #declared = new Set<string>();
  readonly #usedInFunctions = new Map<string, UseInFunctions>();

  readonly #assignsFields: () => boolean;

  /**
   * @param isGlobal whether a name exists without any cell
   * @param assignsFields asked for every cell, since the reader may change the setting
   */
  constructor(
    readonly isGlobal: (name: string) => boolean,
    assignsFields: () => boolean = () => false,
  ) {
    this.#assignsFields = assignsFields;
  }

  get assignsFields(): boolean {
    return this.#assignsFields();
  }

  isShared(name: string): boolean {
    return this.#declared.has(name);
  }

  usedInFunctions(name: string): UseInFunctions | undefined {
    return this.#usedInFunctions.get(name);
  }

  /** Remembers what a cell's functions reach. Needed of every cell that runs: a failed one may leave functions too. */
  remember(uses: ReadonlyMap<string, UseInFunctions>): void {
    for (const [name, use] of uses) {
      if (this.#usedInFunctions.get(name) !== "assigns") this.#usedInFunctions.set(name, use);
    }
  }

  /** Adds the names of a cell whose declarations stay. */
  keep(declared: Iterable<string>): void {
    for (const name of declared) this.#declared.add(name);
  }

  /** Forgets all of them: their values were lost. */
  clear(): void {
    this.#declared.clear();
    this.#usedInFunctions.clear();
  }
}
