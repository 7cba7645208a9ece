/** Names that every cell has besides those of Node. */

/**
 * Asks the reader for a line.
 * @param options `password` hides what is typed
 * @throws Error where nobody can be asked, as in `nbconvert --execute`
 * @example
 * const name = await input("Your name? ");
 */
declare function input(
  prompt?: unknown,
  options?: { readonly password?: boolean },
): Promise<string>;

/**
 * Asks the reader for a line, as in a browser; `initial` is the answer when nothing is typed.
 * @example
 * const size = Number(await prompt("Kernel size?", "3"));
 */
declare function prompt(message?: string, initial?: string): Promise<string>;
