import type { PageElement, PageEvent } from "../page/element.js";
import type { PackedMaps } from "./levels.js";

/** Which of the colour tables a map has, and the values of its two ends. */
export interface MapScale {
  readonly table: number;
  readonly low: number;
  readonly high: number;
}

/** Everything that the grid's script needs to know. */
export interface LinkedGrid extends PackedMaps {
  /** Pixels along a side that one cell stands for. */
  readonly side: number;
  /** Tables of 256 colours: base64 of red, green, blue. */
  readonly tables: readonly string[];
  /** The scale that all share. */
  readonly same: MapScale;
  /** The scale of each by itself. */
  readonly own: readonly MapScale[];
  /** With `{row}` and `{column}` where the numbers go. */
  readonly words: Readonly<Record<"place" | "hint" | "enlarge" | "back", string>>;
}

/**
 * Draws the maps and links them: a place under the pointer, or moved to by the arrow keys, is marked in every map with
 * its value; a press enlarges a map, and another puts it back; a button gives each its own colours.
 *
 * It is sent to the page as its own source text and uses nothing from outside itself.
 */
export function linkMaps(
  box: PageElement,
  grid: LinkedGrid,
  textOf: (value: number) => string,
): void {
  const { rows, columns, units, side } = grid;
  const bytesOf = (text: string): Uint8Array =>
    Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const packed = bytesOf(grid.levels).buffer;
  const levels = grid.bits === 16 ? new Int16Array(packed) : new Int8Array(packed);
  const none = -(2 ** (grid.bits - 1));
  const tables = grid.tables.map(bytesOf);
  const tiles = [...box.querySelectorAll("[data-map]")].map((tile) => ({
    tile,
    canvas: tile.querySelector("[data-canvas]")!,
    mark: tile.querySelector("[data-mark]")!,
    value: tile.querySelector("[data-value]")!,
  }));
  const said = box.querySelector("[data-said]")!;
  const toggle = box.querySelector("[data-own]")!;
  let isOwn = toggle.dataset.own === "true";
  let place: { row: number; column: number } | undefined;
  let enlarged = -1;

  const scaleOf = (map: number): MapScale => (isOwn ? grid.own[map]! : grid.same);

  const paint = (map: number): void => {
    const { low, high, table } = scaleOf(map);
    const colours = tables[table]!;
    const context = tiles[map]!.canvas.getContext("2d");
    if (!context) return;
    const pixels = context.createImageData(columns, rows);
    for (let i = 0; i < rows * columns; i++) {
      const level = levels[map * rows * columns + i]!;
      const share = (level * units[map]! - low) / (high - low);
      const at = Math.round(255 * Math.min(1, Math.max(0, share))) * 3;
      for (let c = 0; c < 3; c++) pixels.data[i * 4 + c] = level === none ? 128 : colours[at + c]!;
      pixels.data[i * 4 + 3] = 255;
    }
    context.putImageData(pixels, 0, 0);
  };

  const valueText = (map: number): string => {
    const { low, high } = scaleOf(map);
    if (!place) return isOwn ? `${textOf(low)} … ${textOf(high)}` : "";
    const level = levels[(map * rows + place.row) * columns + place.column]!;
    const rounded = grid.bits === 8 || side > 1 ? "≈ " : "";
    return level === none ? "–" : rounded + textOf(level * units[map]!);
  };

  const tell = (): void => {
    tiles.forEach(({ mark, value }, map) => {
      value.textContent = valueText(map);
      mark.hidden = !place;
      if (!place) return;
      mark.style.setProperty("left", `${(100 * place.column) / columns}%`);
      mark.style.setProperty("top", `${(100 * place.row) / rows}%`);
    });
    said.textContent = place
      ? grid.words.place
          .replace("{row}", String(place.row * side))
          .replace("{column}", String(place.column * side))
      : grid.words.hint;
  };

  const go = (row: number, column: number): void => {
    place = {
      row: Math.min(rows - 1, Math.max(0, row)),
      column: Math.min(columns - 1, Math.max(0, column)),
    };
    tell();
  };

  const enlarge = (map: number): void => {
    enlarged = enlarged === map ? -1 : map;
    tiles.forEach(({ tile }, i) => {
      const isLarge = i === enlarged;
      tile.style.setProperty("grid-column", isLarge ? "1 / -1" : "auto");
      tile.style.setProperty("order", isLarge ? "-1" : "0");
      tile.style.setProperty("max-width", isLarge ? "440px" : "none");
      tile.setAttribute("aria-pressed", String(isLarge));
      tile.setAttribute("title", isLarge ? grid.words.back : grid.words.enlarge);
    });
  };

  const point = (map: number, event: PageEvent): void => {
    const { left, top, width, height } = tiles[map]!.canvas.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
    if (x < 0 || y < 0 || x >= 1 || y >= 1) return;
    go(Math.floor(y * rows), Math.floor(x * columns));
  };

  const steps: Record<string, [number, number]> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };
  tiles.forEach(({ tile }, map) => {
    paint(map);
    tile.addEventListener("pointermove", (event) => point(map, event));
    tile.addEventListener("click", () => enlarge(map));
    tile.addEventListener("keydown", (event) => {
      const step = steps[event.key];
      if (!step) return;
      // Neither the page scrolls nor the notebook goes to its next cell.
      event.preventDefault();
      event.stopPropagation();
      const { row, column } = place ?? { row: rows >> 1, column: columns >> 1 };
      go(row + step[0], column + step[1]);
    });
  });
  box.querySelector("[data-grid]")!.addEventListener("pointerleave", () => {
    place = undefined;
    tell();
  });
  toggle.addEventListener("click", () => {
    isOwn = !isOwn;
    toggle.setAttribute("aria-pressed", String(isOwn));
    for (let map = 0; map < tiles.length; map++) paint(map);
    box.querySelector("[data-bar]")!.hidden = isOwn;
    tell();
  });
  const fallback = box.querySelector("[data-fallback]");
  if (fallback) fallback.hidden = true;
  box.querySelector("[data-live]")!.hidden = false;
  tell();
}
