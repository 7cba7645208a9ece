/** Guess first, compute after: the guess is kept and shown beside the computed value. */

import type { FloatArray } from "../array.js";
import { ArgumentError } from "../errors.js";
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
 */
export function predict(id: string, guess?: Guess): Card {
  guesses.set(id, isEmpty(guess) ? undefined : guess);
  if (isEmpty(guess)) {
    return new Card("open", say({ en: "No guess yet.", ko: "아직 예상이 없습니다." }), [
      say({
        en: "Put yours in place of `undefined` and run the cell again. A wrong guess teaches most.",
        ko: "`undefined` 자리에 예상을 쓰고 셀을 다시 실행해 보세요. 틀린 예상이 가장 많이 가르쳐 줍니다.",
      }),
    ]);
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

/**
 * Shows the guess kept under `id` beside the computed value.
 *
 * @param id the name given to {@link predict}.
 * @param actual the value that the cell computed.
 * @throws {ArgumentError} when no guess was asked for under that name.
 */
export function compare(id: string, actual: Guess): Card {
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
  if (guess === undefined) {
    return new Card("open", computed, [
      say({ en: "You made no guess.", ko: "예상을 적지 않았습니다." }),
    ]);
  }
  const guessed = say(
    { en: "Your guess: {guess}.", ko: "나의 예상: {guess}." },
    { guess: valueText(guess) },
  );
  return new Card(alike(guess, actual) ? "right" : "wrong", computed, [
    `${guessed} ${remark(guess, actual)}`,
  ]);
}

function remark(guess: Guess, actual: Guess): string {
  if (alike(guess, actual)) return say({ en: "You saw it coming.", ko: "예상이 맞았습니다." });
  const [g, a] = [plain(guess), plain(actual)];
  if (typeof g === "number" && typeof a === "number" && Math.abs(g - a) <= 0.1 * Math.abs(a)) {
    return say({ en: "Close: within 10 %.", ko: "가깝습니다: 10 % 안쪽입니다." });
  }
  return say({
    en: "Not the same. Find the reason before you read on.",
    ko: "다릅니다. 읽기 전에 이유를 먼저 찾아보세요.",
  });
}
