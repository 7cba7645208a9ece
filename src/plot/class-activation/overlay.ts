import type { PageElement } from "../page/element.js";

/** Everything that the script of a class activation map needs to know. */
export interface OverlayLook {
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly number[];
  /** Rows and columns that it is drawn with. */
  readonly height: number;
  readonly width: number;
  /** Pixels of the picture along each side. */
  readonly picture: readonly [number, number];
  readonly low: number;
  readonly high: number;
  /** 256 colours: base64 of red, green, blue. */
  readonly table: string;
  /** With `{row}`, `{column}` and `{value}` where the numbers go. */
  readonly words: Readonly<Record<"place" | "hint", string>>;
}

/**
 * Lays the map over the picture; a slider says how strongly, and the pointer reads the value below it.
 *
 * It is sent to the page as its own source text and uses nothing from outside itself.
 */
export function overlayMap(
  box: PageElement,
  look: OverlayLook,
  enlarge: (
    values: ArrayLike<number>,
    rows: number,
    columns: number,
    height: number,
    width: number,
  ) => Float32Array,
  textOf: (value: number) => string,
): void {
  const { height, width, low, high, words } = look;
  const canvas = box.querySelector("[data-map]")!;
  const slider = box.querySelector("[data-strength]")!;
  const view = box.querySelector("[data-view]")!;
  const said = box.querySelector("[data-said]")!;
  const colours = Uint8Array.from(atob(look.table), (letter) => letter.charCodeAt(0));
  const map = enlarge(look.values, look.rows, look.columns, height, width);
  const context = canvas.getContext("2d");
  if (context) {
    const pixels = context.createImageData(width, height);
    map.forEach((value, i) => {
      const share = Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
      const at = Math.round(255 * share) * 3;
      for (let c = 0; c < 3; c++) pixels.data[i * 4 + c] = colours[at + c]!;
      pixels.data[i * 4 + 3] = 255;
    });
    context.putImageData(pixels, 0, 0);
  }
  const tell = (): void => {
    canvas.style.setProperty("opacity", String(slider.valueAsNumber / 100));
    const text = `${slider.valueAsNumber} %`;
    box.querySelector("[data-percent]")!.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  };
  slider.addEventListener("input", tell);
  view.addEventListener("pointermove", (event) => {
    const place = view.getBoundingClientRect();
    const across = (event.clientX - place.left) / place.width;
    const down = (event.clientY - place.top) / place.height;
    if (across < 0 || down < 0 || across >= 1 || down >= 1) return;
    const value = map[Math.floor(down * height) * width + Math.floor(across * width)]!;
    said.textContent = words.place
      .replace("{row}", String(Math.floor(down * look.picture[0])))
      .replace("{column}", String(Math.floor(across * look.picture[1])))
      .replace("{value}", textOf(value));
  });
  view.addEventListener("pointerleave", () => {
    said.textContent = words.hint;
  });
  tell();
}
