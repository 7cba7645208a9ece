/** Cells whose types are not looked at. */

/** Among the comments before the first line of code, as TypeScript has it. */
const NO_CHECK = /^(?:\s|\/\*[\s\S]*?\*\/|\/\/.*\n)*?\/\/\s*@ts-nocheck\b/;

/** Whether a cell says `// @ts-nocheck`. */
export function isUnchecked(source: string): boolean {
  return NO_CHECK.test(source);
}
