/** A page with the few parts that the scripts of figures use, made from a figure's HTML. */
import type { PageCanvas, PageElement, PageEvent } from "../../src/plot/page/element.js";

const VOID = new Set(["img", "input", "br"]);

/** An element that remembers what was done to it. */
export class FakeElement implements PageElement {
  readonly tag: string;
  readonly attributes: Map<string, string>;
  readonly children: FakeElement[] = [];
  readonly styles = new Map<string, string>();
  readonly listeners = new Map<string, ((event: PageEvent) => void)[]>();
  /** Where it is on the page. */
  box = { left: 0, top: 0, width: 100, height: 100 };
  /** Red, green, blue and opacity that were put on a canvas last. */
  pixels: Uint8ClampedArray | undefined;
  textContent: string | null = "";
  innerHTML = "";
  hidden: boolean;
  value: string;
  width = 0;
  height = 0;
  readonly isConnected = true;
  readonly style = {
    setProperty: (name: string, value: string): void => void this.styles.set(name, value),
  };

  constructor(tag: string, attributes: Map<string, string>) {
    this.tag = tag;
    this.attributes = attributes;
    this.hidden = attributes.has("hidden");
    this.value = attributes.get("value") ?? "";
  }

  get valueAsNumber(): number {
    return Number(this.value);
  }

  get dataset(): Record<string, string | undefined> {
    const entries = [...this.attributes].filter(([name]) => name.startsWith("data-"));
    return Object.fromEntries(entries.map(([name, value]) => [name.slice(5), value]));
  }

  readonly nextElementSibling: FakeElement | null = null;

  querySelectorAll(selector: string): FakeElement[] {
    const attribute = /^\[([\w-]+)\]$/.exec(selector)?.[1];
    const isMatch = (one: FakeElement): boolean =>
      attribute ? one.attributes.has(attribute) : one.tag === selector;
    return this.children.flatMap((child) => [
      ...(isMatch(child) ? [child] : []),
      ...child.querySelectorAll(selector),
    ]);
  }

  querySelector(selector: string): FakeElement | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  /** The one element that the selector finds. */
  find(selector: string): FakeElement {
    const found = this.querySelectorAll(selector);
    if (found.length !== 1) throw new Error(`${found.length} elements are ${selector}`);
    return found[0]!;
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  getBoundingClientRect(): { left: number; top: number; width: number; height: number } {
    return this.box;
  }

  addEventListener(type: string, then: (event: PageEvent) => void): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), then]);
  }

  /** Does to the element what a reader does; says whether the page was kept from doing its own. */
  act(type: string, event: Partial<PageEvent> = {}): boolean {
    let isKept = false;
    const preventDefault = (): void => {
      isKept = true;
    };
    const whole = { clientX: 0, clientY: 0, key: "", stopPropagation: () => {}, ...event };
    for (const then of this.listeners.get(type) ?? []) then({ ...whole, preventDefault });
    return isKept;
  }

  getContext(): PageCanvas | null {
    return {
      createImageData: (width, height) => ({ data: new Uint8ClampedArray(width * height * 4) }),
      putImageData: ({ data }) => {
        this.pixels = data;
      },
    };
  }
}

/** The element around a figure's title and body. */
export function fakePage(html: string): FakeElement {
  const root = new FakeElement("page", new Map());
  const open = [root];
  const body = html.replace(/<script[\s\S]*/, "");
  for (const [, end, tag, written, closed] of body.matchAll(
    /<(\/?)([a-z]\w*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*(\/?)>/g,
  )) {
    if (end) open.pop();
    else {
      const attributes = new Map(
        Array.from(written!.matchAll(/([\w-]+)(?:="([^"]*)")?/g), ([, name, value]) => [
          name!,
          value ?? "",
        ]),
      );
      const element = new FakeElement(tag!, attributes);
      open.at(-1)!.children.push(element);
      if (!closed && !VOID.has(tag!)) open.push(element);
    }
  }
  return root.children[0]!;
}

/** The arguments that a figure's script gives to its function after the element, in order; functions are left out. */
export function scriptData<T>(html: string): T {
  const written = /previousElementSibling, (\{[\s\S]*?\}), function/.exec(html)?.[1];
  return JSON.parse(written!.replace(/\\u003c/g, "<")) as T;
}
