import type { PageElement, PageEvent } from "../page/element.js";
import type { gridCells } from "./grid-cells.js";
import type { movingPart } from "./moving-part.js";
import type { DecimalText, IsExact, NumberText, Scene } from "./scene.js";
import type { writtenSum } from "./written-sum.js";

/**
 * Moves the window on the page: by the slider, by the button that plays, and by pointing at a place. It is sent as its
 * own source text and uses nothing from outside itself.
 */
export function slidePage(
  box: PageElement,
  scene: Scene,
  cells: typeof gridCells,
  part: typeof movingPart,
  sum: typeof writtenSum,
  numberText: NumberText,
  decimalText: DecimalText,
  isExact: IsExact,
): void {
  box.querySelector("[data-still]")!.hidden = true;
  box.querySelector("[data-live]")!.hidden = false;
  const slider = box.querySelector("input")!;
  const button = box.querySelector("button")!;
  const where = box.querySelector("[data-where]")!;
  const moving = box.querySelector("[data-moving]")!;
  const written = box.querySelector("[data-sum]")!;
  const svg = box.querySelector("svg")!;
  const [down, across] = scene.places;
  const count = down * across;
  const plain = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

  const draw = (): void => {
    const place = slider.valueAsNumber;
    moving.innerHTML = part(scene, place, cells, numberText);
    const lines = sum(scene, place, decimalText, isExact);
    written.innerHTML = lines
      .map(
        (line) =>
          `<div>${line
            .map(([text, role]) =>
              role
                ? `<span style="color:${scene.colours[role]}">${plain(text)}</span>`
                : plain(text),
            )
            .join("")}</div>`,
      )
      .join("");
    const [row, column] = [Math.floor(place / across), place % across];
    const at = scene.flat ? String(column) : `${row}, ${column}`;
    where.textContent = scene.words.place + at;
    const spoken = lines.map((line) => line.map(([text]) => text).join("")).join(" ");
    slider.setAttribute(
      "aria-valuetext",
      `${where.textContent}: ${spoken.replace(/\s+/g, " ").trim()}`,
    );
  };

  let playing: unknown;
  const stop = (): void => {
    clearInterval(playing as never);
    playing = undefined;
    button.textContent = scene.words.play;
  };
  const step = (): void => {
    if (!box.isConnected || slider.valueAsNumber >= count - 1) return stop();
    slider.value = String(slider.valueAsNumber + 1);
    draw();
  };
  button.addEventListener("click", () => {
    if (playing !== undefined) return stop();
    if (slider.valueAsNumber >= count - 1) slider.value = "0";
    draw();
    button.textContent = scene.words.pause;
    // Slow enough to follow a toy, and a whole digit in under a minute.
    playing = setInterval(step, Math.max(60, Math.min(700, Math.round(24_000 / count))));
  });
  slider.addEventListener("input", () => {
    stop();
    draw();
  });

  /** The grid that has a cell for each place. */
  const grid = scene.direction === "gather" ? scene.output : scene.input;
  const point = ({ clientX, clientY }: PageEvent): void => {
    const { left, top, width } = svg.getBoundingClientRect();
    const unit = Number(svg.getAttribute("viewBox")!.split(" ")[2]) / width;
    const column = Math.floor(((clientX - left) * unit - grid.x) / grid.step);
    const row = Math.floor(((clientY - top) * unit - grid.y) / grid.tall);
    if (row < 0 || column < 0 || row >= down || column >= across) return;
    stop();
    slider.value = String(row * across + column);
    draw();
  };
  svg.addEventListener("pointermove", point);
  svg.addEventListener("pointerdown", point);
  draw();
}
