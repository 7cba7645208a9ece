/** Names that `paths` of a tsconfig gives to files: `@/lib/x` for `src/lib/x.ts`. */

/**
 * The absolute paths, without ending, that a specifier may mean; none when no alias matches. Of several patterns the
 * one with the longest beginning wins, an exact name before all, as in TypeScript.
 */
export function aliasTargets(
  specifier: string,
  paths: Readonly<Record<string, readonly string[]>>,
): string[] {
  if (/^(\.{0,2}\/|\.{1,2}$|[a-z]+:)/i.test(specifier)) return [];
  if (Object.hasOwn(paths, specifier)) return [...paths[specifier]!];
  let best: { length: number; targets: string[] } | undefined;
  for (const [pattern, targets] of Object.entries(paths)) {
    const [before = "", after, ...more] = pattern.split("*");
    if (after === undefined || more.length > 0) continue;
    if (specifier.length < before.length + after.length) continue;
    if (!specifier.startsWith(before) || !specifier.endsWith(after)) continue;
    if (best !== undefined && best.length >= before.length) continue;
    const star = specifier.slice(before.length, specifier.length - after.length);
    best = {
      length: before.length,
      targets: targets.map((target) => target.replace("*", () => star)),
    };
  }
  return best?.targets ?? [];
}
