/** Guess first, compute after: the guess is kept and shown beside the computed value. */

import type { FloatArray } from "../array.js";
import { ArgumentError } from "../errors.js";
import { requireOptions } from "../ops/known-options.js";
import { Card } from "./card.js";
import { say } from "./language.js";
import { alike, isEmpty, plain, valueText } from "./values.js";

/** What a reader can guess, or a cell can compute: a number, a word, a shape, a list, an array. */
export type Guess = number | string | boolean | readonly unknown[] | FloatArray;

const guesses = new Map<string, Guess | undefined>();

/**
 * Keeps a guess until {@link compare} shows it beside the computed value.
 *
 * @param id the guess's name in its chapter, such as `"04-places"`.
 * @param guess the reader's guess; `undefined` as long as there is none.
 * @example
 * predict("sum", 10)
 * compare("sum", sum(array([1, 2, 3, 4])))
 */
export function predict(id: string, guess?: Guess): Card {
  guesses.set(id, isEmpty(guess) ? undefined : guess);
  if (isEmpty(guess)) {
    return new Card(
      "open",
      say({
        en: "Your guess? Put it in place of `undefined`.",
        ko: "예상은? `undefined` 자리에 써 보세요.",
      }),
      [],
    );
  }
  return new Card(
    "kept",
    say(
      { en: "Your guess is kept: {guess}.", ko: "예상을 적어 두었습니다: {guess}." },
      { guess: valueText(guess) },
    ),
    [],
  );
}

/** How near a guess must come. */
export interface CompareOptions {
  /** The largest distance at which a guessed number still counts as right; left out, only rounding is forgiven. */
  readonly within?: number;
}

/**
 * Shows the guess kept under `id` beside the computed value. Without a guess only the computed value is shown.
 *
 * @param id the name given to {@link predict}.
 * @param actual the value that the cell computed.
 * @param options `within`: how far off a number may be, for what can only be estimated.
 * @throws {ArgumentError} when no guess was asked for under that name, or `within` is not a number of 0 or more.
 * @example
 * predict("places", 8)
 * compare("places", outputSize(28, 19), { within: 2 })
 */
export function compare(id: string, actual: Guess, options: CompareOptions = {}): Card {
  requireOptions("compare", options, { within: true });
  const { within } = options;
  if (within !== undefined && !(Number.isFinite(within) && within >= 0)) {
    throw new ArgumentError(`within is a distance, 0 or more; got ${String(within)}.`);
  }
  if (!guesses.has(id)) {
    throw new ArgumentError(
      `No guess was asked for under "${id}". Run the cell with predict("${id}", …) first.`,
    );
  }
  const guess = guesses.get(id);
  const computed = say(
    { en: "Computed: {value}.", ko: "계산한 값: {value}." },
    { value: valueText(actual) },
  );
  if (guess === undefined) return new Card("open", computed, []);
  const guessed = say(
    { en: "Your guess: {guess}.", ko: "나의 예상: {guess}." },
    { guess: valueText(guess) },
  );
  const [g, a] = [plain(guess), plain(actual)];
  const distance = typeof g === "number" && typeof a === "number" ? Math.abs(g - a) : Infinity;
  const exact = alike(guess, actual);
  const near = within !== undefined && distance <= within;
  return new Card(exact || near ? "right" : "wrong", computed, [
    `${guessed} ${remark(exact, near, distance <= 0.1 * Math.abs(Number(a)))}`,
  ]);
}

function remark(exact: boolean, near: boolean, tenth: boolean): string {
  if (exact) return say({ en: "You saw it coming.", ko: "예상이 맞았습니다." });
  if (near)
    return say({ en: "Near enough: well guessed.", ko: "충분히 가깝습니다. 잘 예상했습니다." });
  if (tenth) {
    return say({ en: "Close: within 10 %.", ko: "가깝습니다: 10 % 안쪽입니다." });
  }
  return say({
    en: "Not the same. Find the reason before you read on.",
    ko: "다릅니다. 읽기 전에 이유를 먼저 찾아보세요.",
  });
}
