/**
 * Whether a whole text fits a pattern of the protocol: `*` stands for any text, `?` for one character, all else for
 * itself. The time grows with the product of both lengths at the most; a regular expression's could grow without end.
 */
export function matches(text: string, pattern: string): boolean {
  let star = -1;
  let resume = 0;
  let at = 0;
  for (let i = 0; i < text.length; ) {
    const wanted = pattern[at];
    const size = text.codePointAt(i)! > 0xffff ? 2 : 1;
    if (wanted === "*") {
      star = at++;
      resume = i;
    } else if (wanted === "?") {
      at++;
      i += size;
    } else if (wanted === text[i]) {
      at++;
      i++;
    } else if (star >= 0) {
      // The last star takes one more.
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
