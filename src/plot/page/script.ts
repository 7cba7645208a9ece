import type { PageElement } from "./element.js";

/**
 * A script that works on the element before it, where no kernel runs: the function as its own source text, called with
 * the element and the arguments. The function, and each argument that is one, uses nothing from outside itself;
 * the other arguments are plain data.
 */
export function pageScript<Arguments extends readonly unknown[]>(
  act: (box: PageElement, ...rest: Arguments) => void,
  ...rest: Arguments
): string {
  const written = rest.map((one) =>
    typeof one === "function" ? String(one) : (JSON.stringify(one) ?? "undefined"),
  );
  const call = `(${String(act)})(document.currentScript.previousElementSibling, ${written.join(", ")});`;
  // Some compilers wrap every function in a call that keeps its name (esbuild's keepNames, as tsx sets it).
  const named = call.includes("__name(") ? "const __name = (one) => one; " : "";
  // "</script>" or "<!--" in a word would end the script early; in code they stand in strings alone.
  return `<script>{ ${named}${call.replace(/<(?=[/!])/g, "\\u003c")} }</script>`;
}
