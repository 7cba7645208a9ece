/** Checks a learner's answer: not answered, right with the reason, or wrong with what was probably confused. */
import { ArgumentError } from "../errors.js";
import { Card } from "./card.js";
import { exercises } from "./chapters/index.js";
import { say } from "./language.js";

const misses = new Map<string, number>();

/**
 * Checks an answer at once. The first miss brings a hint, the second the reason; a mistake that many make is
 * recognised and named. Nothing is thrown for a wrong or a missing answer, so a notebook always runs to its end.
 *
 * @param id the exercise's name, such as `"04-size"`.
 * @param answer whatever the exercise asks for: a number, a shape, a word, an array, a function.
 * @throws {ArgumentError} when no exercise has that name.
 * @example check("04-size", (n: number, k: number) => n - k + 1)
 */
export function check(id: string, answer?: unknown): Card {
  const exercise = exercises.get(id);
  if (!exercise) {
    const start = String(id).slice(0, 3);
    const chapter = [...exercises.keys()].filter((known) => known.startsWith(start));
    const known = chapter.length > 0 ? ` This chapter has ${chapter.join(", ")}.` : "";
    throw new ArgumentError(`No exercise is called "${id}".${known}`);
  }
  const judgement = exercise.judge(answer);
  if (judgement.state === "empty") {
    return new Card("open", say({ en: "Not answered yet.", ko: "아직 답하지 않았습니다." }), [
      say({
        en: "Put your answer in place of `undefined` and run the cell.",
        ko: "`undefined` 자리에 답을 쓰고 셀을 실행하세요.",
      }),
    ]);
  }
  if (judgement.state === "right") {
    misses.delete(id);
    return new Card("right", say({ en: "Right.", ko: "맞았습니다." }), [say(exercise.reason)]);
  }
  const count = (misses.get(id) ?? 0) + 1;
  misses.set(id, count);
  const { mistake, detail } = judgement;
  const paragraphs: string[] = [];
  if (mistake) paragraphs.push(say(mistake));
  else if (detail) paragraphs.push(say(detail.text, detail.values));
  // A recognised mistake is hint enough the first time.
  if (count === 1 && !mistake)
    paragraphs.push(say({ en: "Hint: ", ko: "힌트: " }) + say(exercise.hint));
  if (count > 1) paragraphs.push(say(exercise.reason));
  return new Card("wrong", say({ en: "Not yet.", ko: "아직 아닙니다." }), paragraphs);
}
