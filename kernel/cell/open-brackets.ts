/** What an unfinished text has left open at its end. */

/** A bracket that nothing closes yet, or `` ` `` for a template. */
export interface OpenBracket {
  readonly kind: string;
  /** The text of the line it stands on. */
  readonly line: string;
}

const SKIPPED =
  /\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*|\s+/uy;
const REGULAR_EXPRESSION = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+(?:\/\w*|$)/y;
/** Behind these stands no division: a slash begins a regular expression. */
const BEFORE_EXPRESSION = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|await))$/;

/** The brackets and templates that are open at the end of a text, outermost first. */
export function openBrackets(text: string): OpenBracket[] {
  return scan(text).open;
}

/** Whether the end of a text lies in a string, a template, a comment or a regular expression: not in code. */
export function endsInText(text: string): boolean {
  const { open, last } = scan(text);
  if (open.at(-1)?.kind === "`") return true;
  if (last.startsWith("//")) return true;
  if (last.startsWith("/*")) return !/^\/\*[\s\S]*\*\/$/.test(last);
  return /^["'/]/.test(last) && !/^(["'/])(?:\\[\s\S]|(?!\1).)*\1\w*$/s.test(last);
}

/** What is open at the end, and the last piece that was skipped whole, if the text ends with it. */
function scan(text: string): { open: OpenBracket[]; last: string } {
  const open: OpenBracket[] = [];
  let last = "";
  const push = (kind: string, at: number): void => {
    const begin = text.lastIndexOf("\n", at) + 1;
    open.push({ kind, line: text.slice(begin, text.indexOf("\n", at) >>> 0) });
  };
  /** The last code before the place, without the space between. */
  let before = "";
  for (let at = 0; at < text.length; ) {
    if (open.at(-1)?.kind === "`") {
      at = inTemplate(text, at, open, push);
      continue;
    }
    const skipped = matchAt(SKIPPED, text, at) ?? slashed(text, at, before);
    last = skipped ?? "";
    if (skipped !== undefined) {
      if (!/^(?:\s|\/[/*])/.test(skipped)) before = skipped;
      at += skipped.length;
      continue;
    }
    const character = text[at]!;
    if ("([{`".includes(character)) push(character, at);
    else if (")]}".includes(character)) open.pop();
    before = character;
    at++;
  }
  return { open, last };
}

/** Goes on to the end of a template's text, or to the expression in it. */
function inTemplate(
  text: string,
  at: number,
  open: OpenBracket[],
  push: (kind: string, at: number) => void,
): number {
  if (text[at] === "\\") return at + 2;
  if (text[at] === "`") open.pop();
  if (!text.startsWith("${", at)) return at + 1;
  push("{", at);
  return at + 2;
}

function slashed(text: string, at: number, before: string): string | undefined {
  if (text[at] !== "/" || !BEFORE_EXPRESSION.test(before)) return undefined;
  return matchAt(REGULAR_EXPRESSION, text, at);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
