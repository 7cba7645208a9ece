/** What the language server knows of a name, as a notebook shows it. */
import { withoutDocuments } from "./readable.js";

/** Signature and doc comment of a name, twice. */
export interface Inspection {
  readonly text: string;
  readonly markdown: string;
}

/** As the language server sends it (LSP 3.17). */
export interface ServerHover {
  readonly contents: { readonly value: string } | string;
}

export interface ServerSignatures {
  readonly signatures: readonly {
    readonly label: string;
    readonly documentation?: { readonly value: string } | string;
    readonly parameters?: readonly {
      readonly label: string | readonly [number, number];
      readonly documentation?: { readonly value: string } | string;
    }[];
  }[];
  readonly activeSignature?: number | null;
}

/** A place where a name is declared. */
export interface Declaration {
  /** In the reader's terms: `./layers.ts`, `a cell`. */
  readonly file: string;
  /** Counted from 1; undefined for a cell. */
  readonly line?: number;
  readonly code: string;
}

/** Empty where the server knows nothing: of a name that means nothing it says `any`. */
export function hoverMarkdown({ contents }: ServerHover): string {
  const markdown = tidy(typeof contents === "string" ? contents : contents.value);
  return markdown === "```typescript\nany\n```" ? "" : markdown;
}

/** @param all shows every overload, else the one that fits what is written */
export function signatureMarkdown(
  { signatures, activeSignature }: ServerSignatures,
  all: boolean,
): string {
  const active = signatures[activeSignature ?? 0] ?? signatures[0];
  if (active === undefined) return "";
  const more = signatures.length - 1;
  const shown = all ? [active, ...signatures.filter((one) => one !== active)] : [active];
  const code = shown.map(({ label }) => label).join("\n");
  const hidden = all || more === 0 ? "" : ` // and ${more} more`;
  const parts = [`\`\`\`typescript\n${code}${hidden}\n\`\`\``, documentation(active.documentation)];
  for (const { label, documentation: doc } of active.parameters ?? []) {
    const name = (typeof label === "string" ? label : active.label.slice(...label)).split(
      /[?:]/,
    )[0];
    const said = documentation(doc);
    if (said !== "") parts.push(`*@param* \`${name}\` — ${said}`);
  }
  return tidy(parts.filter((part) => part !== "").join("\n\n"));
}

/** Adds where a name is declared, and how. */
export function withDeclarations(markdown: string, declarations: readonly Declaration[]): string {
  const files = new Map<string, { lines: number[]; code: string }>();
  for (const { file, line, code } of declarations) {
    const same = files.get(file);
    files.set(file, {
      lines: [...(same?.lines ?? []), ...(line === undefined ? [] : [line])],
      code: same === undefined ? code : `${same.code}\n${code}`,
    });
  }
  const parts = [...files].map(([file, { lines, code }]) => {
    const place = lines.length === 0 ? "" : `, line ${lines.join(", ")}`;
    return `Declared in ${file}${place}:\n\n\`\`\`typescript\n${code}\n\`\`\``;
  });
  return [markdown, ...parts].join("\n\n");
}

export function inspection(markdown: string): Inspection {
  return { markdown, text: plain(markdown) };
}

function documentation(doc: { readonly value: string } | string | undefined): string {
  return (typeof doc === "string" ? doc : (doc?.value ?? "")).trim();
}

/** Without our documents; an alias is a name of an earlier cell, or imported: no news to the reader. */
function tidy(markdown: string): string {
  return withoutDocuments(markdown)
    .replace(/^\(alias\) /gm, "")
    .replace(/\nimport [\w$]+( = [\w$.]+)?(?=\n```)/g, "")
    .trim();
}

/** Markdown as text for a terminal: the marks go, the words and the code stay. */
function plain(markdown: string): string {
  let code = false;
  const lines = markdown.split("\n").flatMap((line) => {
    if (line.startsWith("```")) {
      code = !code;
      return [];
    }
    if (code) return [line];
    return [
      line
        .replace(/\[([^\]]*)\]\(([^)]*)\)/g, (_, said: string, url: string) =>
          url.startsWith("file:") || said === url ? said : `${said} (${url})`,
        )
        .replace(/\*(@\w+)\*/g, "$1")
        .replace(/\*\*([^*]+)\*\*/g, "$1")
        .replace(/`([^`]+)`/g, "$1"),
    ];
  });
  return lines.join("\n").trim();
}
