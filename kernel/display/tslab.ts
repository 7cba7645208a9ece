/**
 * The display functions that the `tslab` package declares, so that code written for it runs unchanged.
 * Source: `public.d.ts` of tslab 1.0.22. Uses no Node API.
 */
import { type MimeBundle, wellFormed } from "./wellformed.js";

/** Shows rich content; each function names its MIME type. */
export interface TslabDisplay {
  javascript(s: string): void;
  html(s: string): void;
  markdown(s: string): void;
  latex(s: string): void;
  svg(s: string): void;
  png(b: Uint8Array): void;
  jpeg(b: Uint8Array): void;
  gif(b: Uint8Array): void;
  pdf(b: Uint8Array): void;
  text(s: string): void;
  /** Any MIME type; a string for a JSON type is parsed. */
  raw(contentType: string, b: string | Uint8Array): void;
}

/** What `import * as tslab from "tslab"` gives in a cell. */
export interface TslabModule {
  display: TslabDisplay;
  /** A display of its own that every call overwrites. */
  newDisplay(): TslabDisplay;
  versions: { tslab: string; typescript: string; node: string };
}

/** Publishes a bundle: anew, or over the one that was shown under the same id. */
export type Show = (data: MimeBundle, id: string | undefined, update: boolean) => void;

export function tslabModule(
  show: Show,
  versions: TslabModule["versions"],
  newId: () => string,
): TslabModule {
  return {
    display: displayTo((data) => show(data, undefined, false)),
    newDisplay() {
      const id = newId();
      let shown = false;
      return displayTo((data) => {
        show(data, id, shown);
        shown = true;
      });
    },
    versions,
  };
}

function displayTo(show: (data: MimeBundle) => void): TslabDisplay {
  const raw = (type: string, data: string | Uint8Array) => show(wellFormed({ [type]: data }));
  const of = (type: string) => (data: string | Uint8Array) => raw(type, data);
  return {
    javascript: of("text/javascript"),
    html: of("text/html"),
    markdown: of("text/markdown"),
    latex: of("text/latex"),
    svg: of("image/svg+xml"),
    png: of("image/png"),
    jpeg: of("image/jpeg"),
    gif: of("image/gif"),
    pdf: of("application/pdf"),
    text: of("text/plain"),
    raw,
  };
}
