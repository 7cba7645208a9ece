/**
 * The few parts of a browser's elements that the scripts of figures use. The library's own types know no browser, and
 * a test can play the page with these alone.
 */
export interface PageElement {
  textContent: string | null;
  innerHTML: string;
  readonly isConnected: boolean;
  hidden: boolean;
  /** Of a canvas: its pixels. */
  width: number;
  height: number;
  /** Of a slider. */
  value: string;
  readonly valueAsNumber: number;
  readonly dataset: Readonly<Record<string, string | undefined>>;
  readonly style: { setProperty(name: string, value: string): void };
  readonly nextElementSibling: PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  getBoundingClientRect(): { left: number; top: number; width: number; height: number };
  addEventListener(type: string, then: (event: PageEvent) => void): void;
  getContext(kind: "2d"): PageCanvas | null;
}

/** What a pointer or a key did. */
export interface PageEvent {
  readonly clientX: number;
  readonly clientY: number;
  readonly key: string;
  preventDefault(): void;
  stopPropagation(): void;
}

/** A canvas that pixels are put on. */
export interface PageCanvas {
  createImageData(width: number, height: number): { readonly data: Uint8ClampedArray };
  putImageData(pixels: { readonly data: Uint8ClampedArray }, x: number, y: number): void;
}
