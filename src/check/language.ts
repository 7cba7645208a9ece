/** The language in which the library speaks to the reader: set once, by a chapter's first cell. */
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";

/** A language that lessons exist in. */
export type Language = "en" | "ko";

/** The same sentence in each language. A missing Korean sentence is shown in English. */
export interface Text {
  readonly en: string;
  readonly ko?: string;
}

let current: Language = "en";

/**
 * Sets the language of guesses, verdicts and hints for the rest of the notebook.
 *
 * @param code `"en"` or `"ko"`.
 * @throws {ArgumentError} when lessons do not exist in that language.
 * @example language("en")
 */
export function language(code: Language): void {
  if (code !== "en" && code !== "ko") {
    throw new ArgumentError(
      `Lessons exist in "en" and "ko"; got ${cameText(code)}. Write language("en").`,
    );
  }
  current = code;
}

/** The language that was set last; English when none was. */
export function currentLanguage(): Language {
  return current;
}

/** The sentence in the current language, with `{name}` replaced by the values given. */
export function say(text: Text, values: Readonly<Record<string, string>> = {}): string {
  const sentence = (current === "ko" ? text.ko : undefined) ?? text.en;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
