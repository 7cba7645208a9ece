/**
 * The package `tslab` as cells see it: the kernel itself provides it, so it need not be installed.
 * Source: tslab 1.0.22, `dist/public.d.ts`.
 */

/** The versions of the kernel and what it stands on. */
export declare const versions: {
  tslab: string;
  typescript: string;
  node: string;
};

/** Shows something in the output of the cell. */
export interface Display {
  /** Runs JavaScript in the page. */
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
  /** Shows `b` under any MIME type; bytes are sent as base64. */
  // biome-ignore lint/suspicious/noExplicitAny: as tslab declares it, so that code written for tslab still checks.
  raw(contentType: string, b: string | Uint8Array): any;
}

/** A display that overwrites its own output: the first call shows it, later ones update it. */
export declare function newDisplay(): Display;

/** Shows rich contents in the output of the cell. */
export declare const display: Display;
