import type { PageElement } from "../page/element.js";
import type { AxisField, LayerField } from "./units.js";

/** Everything that the script of a receptive field needs to know. */
export interface FieldLook {
  readonly layers: readonly LayerField[];
  /** Rows and columns of the picture. */
  readonly height: number;
  readonly width: number;
  /** Pixels around it that are drawn as well. */
  readonly margin: number;
  /** The pixel that is pointed at first. */
  readonly at: readonly [number, number];
  /** With `{name}`, `{row}`, `{column}`, `{size}`, `{top}`, `{bottom}`, `{left}`, `{right}`, `{inside}` for the numbers. */
  readonly words: Readonly<Record<"sees" | "inside", string>>;
}

/**
 * Lets the window of a unit follow the pointer, or the arrow keys, unit by unit; a slider chooses the layer.
 *
 * It is sent to the page as its own source text and uses nothing from outside itself.
 */
export function followPointer(
  box: PageElement,
  look: FieldLook,
  nearest: (axis: AxisField, pixel: number) => number,
  spanOf: (axis: AxisField, unit: number) => [number, number],
): void {
  const { layers, height, width, margin, words } = look;
  const view = box.querySelector("[data-view]")!;
  const slider = box.querySelector("[data-layer]")!;
  const frames = [...box.querySelectorAll("[data-window]")];
  const middle = box.querySelector("[data-middle]")!;
  let layer = layers[slider.valueAsNumber]!;
  let [y, x] = look.at;
  let unit = { row: 0, column: 0 };

  const draw = (): void => {
    const [top, bottom] = spanOf(layer.rows, unit.row);
    const [left, right] = spanOf(layer.columns, unit.column);
    const [h, w] = [bottom - top + 1, right - left + 1];
    for (const frame of frames) {
      const sides = { x: left - 0.5, y: top - 0.5, width: w, height: h };
      for (const [name, value] of Object.entries(sides)) frame.setAttribute(name, String(value));
    }
    middle.setAttribute("cx", String((left + right) / 2));
    middle.setAttribute("cy", String((top + bottom) / 2));
    const within = (from: number, to: number, end: number): number =>
      Math.max(0, Math.min(end - 0.5, to + 0.5) - Math.max(-0.5, from - 0.5));
    const share = (within(top, bottom, height) * within(left, right, width)) / (h * w);
    const values: Record<string, string | number> = {
      ...{ name: layer.name, size: `${h}×${w}`, ...unit, top, bottom, left, right },
      inside: Math.min(99, Math.round(100 * share)),
    };
    const text = words.sees + (share < 1 - 1e-9 ? ` ${words.inside}` : "");
    box.querySelector("[data-said]")!.textContent = text
      .replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
      .replace(/-(?=\d)/g, "−");
    box.querySelector("[data-name]")!.textContent = layer.name;
    slider.setAttribute("aria-valuetext", layer.name);
  };

  const find = (): void => {
    unit = { row: nearest(layer.rows, y), column: nearest(layer.columns, x) };
    draw();
  };

  slider.addEventListener("input", () => {
    layer = layers[slider.valueAsNumber]!;
    find();
  });
  for (const kind of ["pointermove", "pointerdown"]) {
    view.addEventListener(kind, (event) => {
      const place = view.getBoundingClientRect();
      y = ((event.clientY - place.top) / place.height) * (height + 2 * margin) - margin - 0.5;
      x = ((event.clientX - place.left) / place.width) * (width + 2 * margin) - margin - 0.5;
      find();
    });
  }
  const steps: Record<string, [number, number]> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };
  view.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step) return;
    // Neither the page scrolls nor the notebook goes to its next cell.
    event.preventDefault();
    event.stopPropagation();
    const clamp = (value: number, { count }: AxisField): number =>
      Math.min(count - 1, Math.max(0, value));
    unit = {
      row: clamp(unit.row + step[0], layer.rows),
      column: clamp(unit.column + step[1], layer.columns),
    };
    const [[top, bottom], [left, right]] = [
      spanOf(layer.rows, unit.row),
      spanOf(layer.columns, unit.column),
    ];
    [y, x] = [(top + bottom) / 2, (left + right) / 2];
    draw();
  });
  find();
}
