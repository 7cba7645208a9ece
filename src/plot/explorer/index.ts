import { currentLanguage, say } from "../../check/language.js";
import { ArgumentError } from "../../errors.js";
import { requireFigureOptions } from "../figure-options.js";
import type { PageElement } from "../page/element.js";
import { Interactive } from "../page/interactive.js";
import { pageScript } from "../page/script.js";
import { untilScript } from "../page/until-script.js";
import { label, STILL_WIDTH, svgDocument } from "../svg.js";
import { FONT, PADDING, ROLE_COLOURS, wrap } from "../theme.js";
import { type WalkLook, type WalkSettings, walkPicture } from "./walk-picture.js";

/** Where the sliders of {@link explorer} stand at first. */
export interface ExplorerOptions {
  /** Pixels of the row, 3 to 16 (default 8). */
  readonly n?: number;
  /** Entries of the kernel, 1 to 7 (default 3). */
  readonly k?: number;
  /** 1 to 5 (default 1). */
  readonly stride?: number;
  /** Pixels on each side, 0 to 4 (default 0). */
  readonly padding?: number;
  /** 1 to 4 (default 1). */
  readonly dilation?: number;
  readonly title?: string;
  readonly alt?: string;
}

/** Least, first and largest position of each slider, and its words. */
const SLIDERS = {
  n: { least: 3, start: 8, most: 16, en: "pixels n", ko: "화소 n" },
  k: { least: 1, start: 3, most: 7, en: "kernel k", ko: "커널 k" },
  stride: { least: 1, start: 1, most: 5, en: "stride s", ko: "보폭 s" },
  padding: { least: 0, start: 0, most: 4, en: "padding p", ko: "패딩 p" },
  dilation: { least: 1, start: 1, most: 4, en: "dilation d", ko: "확장 d" },
  place: { least: 0, start: 0, most: 23, en: "place", ko: "자리" },
} as const;

function look(): WalkLook {
  return {
    ...ROLE_COLOURS,
    padding: PADDING,
    font: FONT,
    words: {
      formula: say({ en: "Places:", ko: "자리의 수:" }),
      span: say({ en: "The window spans {span}.", ko: "창의 폭은 {span}입니다." }),
      even: say({ en: "The steps come out even.", ko: "걸음이 딱 맞아떨어집니다." }),
      unseen: say({
        en: "Crossed out, never seen: pixel {pixels}.",
        ko: "가위표, 아무도 보지 않는 화소: {pixels}.",
      }),
      allSeen: say({ en: "Every pixel is seen.", ko: "모든 화소를 봅니다." }),
      noRoom: say({
        en: "the window spans {span}, but there are only {room} pixels: it fits nowhere.",
        ko: "창의 폭은 {span}인데 화소는 {room}개뿐이라 들어갈 곳이 없습니다.",
      }),
      picture: say({
        en: "A row of {n} pixels with padding {padding}, and below it the {places} places of a window that spans {span}, with stride {stride}.",
        ko: "패딩이 {padding}인 화소 {n}개의 줄, 그 아래 폭이 {span}이고 보폭이 {stride}인 창의 자리 {places}개.",
      }),
    },
  };
}

/** Draws again whenever a slider moves. It is sent as its own source text and uses nothing from outside itself. */
function redraw(box: PageElement, draw: typeof walkPicture, look: WalkLook): void {
  box.querySelector("[data-still]")!.hidden = true;
  box.querySelector("[data-live]")!.hidden = false;
  const inputs = [...box.querySelectorAll("input")];
  const update = (): void => {
    const settings: Record<string, number> = {};
    for (const input of inputs) {
      const name = input.getAttribute("name")!;
      if (name === "place") {
        // The last slider ends at the last place that there is; a browser takes its value back with its end.
        const { n = 0, k = 0, stride = 1, padding = 0, dilation = 1 } = settings;
        const rest = n + 2 * padding - dilation * (k - 1) - 1;
        input.setAttribute("max", String(Math.max(0, Math.floor(rest / stride))));
      }
      settings[name] = input.valueAsNumber;
      input.nextElementSibling!.textContent = input.value;
    }
    box.querySelector("[data-picture]")!.innerHTML = draw(
      settings as unknown as WalkSettings,
      look,
    );
  };
  for (const input of inputs) input.addEventListener("input", update);
  update();
}

/** The sliders, and below them the picture and the formula. */
function page(settings: WalkSettings, drawn: string): string {
  const sliders = Object.entries(SLIDERS).map(([name, slider]) => {
    const value = settings[name as keyof WalkSettings];
    return `<label style="display:flex;gap:.6em;align-items:center"><span style="flex:0 0 6.2em">${slider[currentLanguage()]}</span><input type="range" name="${name}" min="${slider.least}" max="${slider.most}" value="${value}" style="flex:1;min-width:5em"><output style="flex:0 0 1.6em">${value}</output></label>`;
  });
  const columns = "display:grid;grid-template-columns:repeat(auto-fit,minmax(16em,1fr))";
  return `<div style="${columns};gap:.2em 2em">${sliders.join("")}</div><div data-picture style="margin-top:.6em">${drawn}</div>`;
}

/** Formula and notes as lines of text. */
function linesOf(drawn: string): string[] {
  // Not the `<path>` of a crossed-out pixel.
  const [, ...paragraphs] = drawn.split(/<p(?= )/);
  return paragraphs.map((paragraph) => paragraph.replace(/^[^>]*>|<[^>]+>/g, ""));
}

/** The picture with the formula below it, as an SVG document. */
function still(drawn: string, title: string, alt: string): string {
  const [, height = "", drawing = ""] =
    /<svg viewBox="0 0 640 (\d+)"[^>]*>([\s\S]*)<\/svg>/.exec(drawn) ?? [];
  const below = Number(height);
  const lines = linesOf(drawn).flatMap((line) => wrap(line, 90));
  const texts = lines.map((line, i) =>
    label(STILL_WIDTH / 2, below + 22 + i * 20, line, { "text-anchor": "middle" }),
  );
  return svgDocument(title, alt, below + 30 + lines.length * 20, [drawing, ...texts]);
}

/**
 * Lets a reader play with the output-size formula: one row of pixels, every place of the window below it, and sliders
 * for size, kernel, stride, padding, dilation, and the place that is outlined. Pixels that no window sees are crossed
 * out. The sliders work in a handout too.
 *
 * @param options where the sliders stand at first
 * @throws {ArgumentError} when a number is outside its slider.
 * @example plot.explorer({ n: 9, k: 3, stride: 2 })
 */
export function explorer(options: ExplorerOptions = {}): Interactive {
  requireFigureOptions("plot.explorer", options, {
    n: true,
    k: true,
    stride: true,
    padding: true,
    dilation: true,
    title: true,
    alt: true,
  });
  const value = (name: Exclude<keyof ExplorerOptions, "title" | "alt">): number => {
    const { least, start, most } = SLIDERS[name];
    const given = options[name] ?? start;
    if (!Number.isInteger(given) || given < least || given > most) {
      throw new ArgumentError(
        `plot.explorer: ${name} is a whole number from ${least} to ${most}; got ${given}.`,
      );
    }
    return given;
  };
  const settings: WalkSettings = {
    n: value("n"),
    k: value("k"),
    stride: value("stride"),
    padding: value("padding"),
    dilation: value("dilation"),
    place: 0,
  };
  const title = options.title ?? say({ en: "The output size", ko: "출력의 크기" });
  const drawn = walkPicture(settings, look());
  const [, alt = ""] = /aria-label="([^"]*)"/.exec(drawn) ?? [];
  const described = [options.alt, alt, ...linesOf(drawn)].filter(Boolean).join(" ");
  const picture = still(drawn, title, described);
  return new Interactive({
    title,
    alt: described,
    width: STILL_WIDTH,
    body: untilScript(picture, described, page(settings, drawn)),
    script: pageScript(redraw, walkPicture, look()),
    still: () => picture,
  });
}
