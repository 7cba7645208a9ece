import { beforeEach, describe, expect, test } from "vitest";
import { exercises } from "../../src/check/chapters/index.js";
import { check, compare, language, predict } from "../../src/check/index.js";
import { ArgumentError, array } from "../../src/index.js";

const html = (card: { [key: symbol]: () => Record<string, string> }): string =>
  card[Symbol.for("Jupyter.display")]!()["text/html"]!;
const shown = (card: object): string => html(card as never);

beforeEach(() => language("en"));

describe("check", () => {
  test("an exercise that was not answered says so and throws nothing", () => {
    for (const nothing of [undefined, null, "", [], [undefined, undefined]]) {
      const card = check("02-unit", nothing);
      expect(card.mood).toBe("open");
      expect(String(card)).toMatch(/Not answered yet/);
    }
    expect(check("02-window", () => undefined).mood).toBe("open");
  });

  test("a right answer comes with the reason", () => {
    expect(String(check("02-unit", 2.5))).toMatch(/Right[\s\S]*ReLU leaves a positive number/);
    expect(check("02-unit", 2.5 + 1e-7).mood).toBe("right");
  });

  test("the first miss brings the hint, the second the reason, a right answer starts anew", () => {
    expect(String(check("02-unit", 17))).toMatch(/Hint: Multiply/);
    const second = String(check("02-unit", 18));
    expect(second).not.toMatch(/Hint/);
    expect(second).toMatch(/1·2/);
    check("02-unit", 2.5);
    expect(String(check("02-unit", 17))).toMatch(/Hint: Multiply/);
    check("02-unit", 2.5);
  });

  test("a classic mistake is named instead of the hint", () => {
    const card = String(check("02-unit", 4));
    expect(card).toMatch(/dot product alone/);
    expect(card).not.toMatch(/Hint/);
    check("02-unit", 2.5);
  });

  test("an answer of another kind is refused with what was wanted", () => {
    expect(String(check("02-unit", "2.5"))).toMatch(/single number; got “2.5”/);
    expect(String(check("02-claim", "variance"))).toMatch(/one of "equivariance", "invariance"/);
    expect(String(check("02-impulse", [[1, 2], [3]]))).toMatch(/rows of equal length/);
    expect(String(check("02-impulse", [[1, undefined]]))).toMatch(/still undefined/);
    expect(String(check("02-window", 3))).toMatch(/is a function/);
  });

  test("a function is judged by what it returns, and its error is told", () => {
    const broken = (): number => {
      throw new Error("out of range");
    };
    expect(String(check("02-window", broken))).toMatch(/your function threw: out of range/);
    expect(String(check("02-window", () => 0.5))).toMatch(/your function gives 0.5; .* is right/);
  });

  test("an ndarray answers like nested lists", () => {
    const kernel = array([
      [8, 7, 6],
      [5, 4, 3],
      [2, 1, 0],
    ]);
    expect(check("02-impulse", kernel).mood).toBe("right");
    expect(String(check("02-impulse", array([[8, 7]])))).toMatch(/Your array is 1×2/);
  });

  test("an unknown exercise names those of the chapter", () => {
    expect(() => check("02-units", 1)).toThrow(ArgumentError);
    expect(() => check("02-units", 1)).toThrow(/02-unit/);
  });

  test("Korean sentences follow language", () => {
    language("ko");
    expect(String(check("02-unit", undefined))).toMatch(/아직 답하지/);
    expect(shown(check("02-unit", 2.5))).toContain('lang="ko"');
    expect(() => language("fr" as never)).toThrow(/"en" and "ko"/);
  });

  test("what a learner typed never becomes markup", () => {
    const card = check("02-claim", "<img src=x onerror=alert(1)>");
    expect(shown(card)).not.toContain("<img");
    expect(shown(card)).toContain("&lt;img");
  });

  test("the verdict is told by words and a mark, not by colour alone", () => {
    expect(shown(check("02-unit", 2.5))).toMatch(/role="status"[\s\S]*✓[\s\S]*Right\./);
    expect(shown(check("02-unit", 3.5))).toMatch(/✗[\s\S]*Not yet\./);
  });
});

describe("predict and compare", () => {
  test("no guess is fine", () => {
    // One quiet line each: a handout is full of them.
    expect(String(predict("t-none", undefined))).toBe(
      "○ Your guess? Put it in place of undefined.",
    );
    expect(String(compare("t-none", 16))).toBe("○ Computed: 16.");
  });

  test("a guess is kept and shown beside the computed value", () => {
    expect(String(predict("t-places", 36))).toMatch(/kept: 36/);
    expect(String(compare("t-places", 16))).toMatch(
      /Computed: 16.[\s\S]*Your guess: 36.*Not the same/,
    );
    predict("t-places", 16);
    expect(compare("t-places", 16).mood).toBe("right");
    predict("t-places", 15);
    expect(String(compare("t-places", 16))).toMatch(/within 10 %/);
    predict("t-places", undefined);
    expect(compare("t-places", 16).mood).toBe("open");
  });

  test("what can only be estimated may be off by as much as the cell allows", () => {
    predict("t-share", 0.1);
    expect(compare("t-share", 0.085).mood).toBe("wrong");
    expect(String(compare("t-share", 0.085, { within: 0.05 }))).toMatch(/✓[\s\S]*Near enough/);
    expect(compare("t-share", 0.16, { within: 0.05 }).mood).toBe("wrong");
    predict("t-share", 0.085);
    expect(String(compare("t-share", 0.085, { within: 0.05 }))).toMatch(/saw it coming/);
    predict("t-word-within", "much");
    expect(compare("t-word-within", 3, { within: 5 }).mood).toBe("wrong");
    expect(() => compare("t-share", 1, { within: -1 })).toThrow(/0 or more/);
  });

  test("words, shapes and arrays are compared by value", () => {
    predict("t-shape", [4, 4]);
    expect(compare("t-shape", [4, 4]).mood).toBe("right");
    predict("t-array", [[1, 2]]);
    expect(compare("t-array", array([[1, 2]])).mood).toBe("right");
    predict("t-word", "B");
    expect(String(compare("t-word", "A"))).toMatch(/“A”[\s\S]*“B”/);
  });

  test("comparing without a guess cell says what to run", () => {
    expect(() => compare("t-never", 1)).toThrow(/predict\("t-never", …\) first/);
  });
});

describe("the definitions", () => {
  const all = [...exercises.values()];

  test.each(all)("$id refuses every wrong answer and names every classic mistake", (exercise) => {
    expect(exercise.refuses.length).toBeGreaterThanOrEqual(2);
    for (const wrong of exercise.refuses) {
      expect(exercise.judge(wrong).state, `refused: ${String(wrong)}`).toBe("wrong");
    }
    for (const { example, say } of exercise.mistakes) {
      const judgement = exercise.judge(example);
      expect(judgement, say.en).toMatchObject({ state: "wrong", mistake: say });
    }
  });

  test.each(all)("$id has a hint and a reason that differ", ({ hint, reason }) => {
    expect(hint.en.length).toBeGreaterThan(10);
    expect(reason.en.length).toBeGreaterThan(10);
    expect(hint.en).not.toBe(reason.en);
  });
});
