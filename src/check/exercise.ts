/** An exercise: what counts as right, which mistakes are classic, what to say. */
import type { Text } from "./language.js";

/** What became of the value that a learner gave. */
export type Reading<T> =
  | { readonly state: "empty" }
  | {
      readonly state: "unusable";
      readonly why: Text;
      readonly values?: Readonly<Record<string, string>>;
    }
  | { readonly state: "read"; readonly value: T };

/** A sentence with values to fill in. */
export interface Detail {
  readonly text: Text;
  readonly values?: Readonly<Record<string, string>>;
}

/** A kind of answer: how it is read, compared, and what can be told of a difference without giving it away. */
export interface Kind<T> {
  read(given: unknown): Reading<T>;
  equal(a: T, b: T): boolean;
  difference?(given: T, answer: T): Detail | undefined;
}

/** A wrong answer that many give, with the sentence that says what was confused. */
export type Mistake<T> = { readonly say: Text } & (
  | { readonly answer: unknown }
  | { readonly when: (value: T) => boolean; readonly example: unknown }
);

interface Common<T> {
  /** Chapter and name, such as `"04-size"`. */
  readonly id: string;
  readonly kind: Kind<T>;
  readonly mistakes?: readonly Mistake<T>[];
  /** Said at the first miss: a push, not the answer. */
  readonly hint: Text;
  /** Said when right, and from the second miss on. */
  readonly reason: Text;
  /** Further wrong answers that tests prove to be refused. */
  readonly refuses: readonly unknown[];
}

/** One right answer, or a rule that accepts every right one. */
export type Definition<T> = Common<T> &
  ({ readonly answer: unknown } | { readonly accepts: (value: T) => boolean });

/** What the definition says of a given answer. */
export type Judgement =
  | { readonly state: "empty" }
  | { readonly state: "right" }
  | { readonly state: "wrong"; readonly mistake?: Text; readonly detail?: Detail };

/** A finished exercise, ready to judge answers. */
export interface Exercise {
  readonly id: string;
  readonly hint: Text;
  readonly reason: Text;
  readonly refuses: readonly unknown[];
  readonly mistakes: readonly { readonly example: unknown; readonly say: Text }[];
  judge(given: unknown): Judgement;
}

/** Makes an exercise from its definition. The answer is read when first needed, so that loading stays quick. */
export function exercise<T>(definition: Definition<T>): Exercise {
  const { kind, mistakes = [] } = definition;
  const wanted = (source: unknown): T => {
    const reading = kind.read(source);
    if (reading.state !== "read") {
      throw new Error(
        `The definition of exercise "${definition.id}" holds an answer of another kind.`,
      );
    }
    return reading.value;
  };
  const isRight = (value: T): boolean =>
    "accepts" in definition
      ? definition.accepts(value)
      : kind.equal(value, wanted(definition.answer));
  const isMistake = (mistake: Mistake<T>, value: T): boolean =>
    "when" in mistake ? mistake.when(value) : kind.equal(value, wanted(mistake.answer));

  return {
    id: definition.id,
    hint: definition.hint,
    reason: definition.reason,
    refuses: definition.refuses,
    mistakes: mistakes.map((mistake) => ({
      example: "when" in mistake ? mistake.example : mistake.answer,
      say: mistake.say,
    })),
    judge(given) {
      const reading = kind.read(given);
      if (reading.state === "empty") return { state: "empty" };
      if (reading.state === "unusable") {
        return { state: "wrong", detail: { text: reading.why, values: reading.values ?? {} } };
      }
      if (isRight(reading.value)) return { state: "right" };
      const known = mistakes.find((mistake) => isMistake(mistake, reading.value));
      const detail =
        "answer" in definition
          ? kind.difference?.(reading.value, wanted(definition.answer))
          : undefined;
      return {
        state: "wrong",
        ...(known && { mistake: known.say }),
        ...(detail && { detail }),
      };
    },
  };
}
