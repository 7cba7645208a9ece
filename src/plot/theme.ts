/**
 * The one set of colours and letters of every figure. Input is blue, kernel orange, output green, a negative value
 * purple, whatever the chapter: the hues differ for every kind of colour blindness (Okabe and Ito, 2008; ColorBrewer's
 * PuOr and PRGn), and each scale runs from light to dark, so that it also reads in grey print.
 */

/** What a picture is in a convolution; it settles the colour. */
export type Role = "input" | "kernel" | "output";

/** Outlines, headings and lines of each role: 3:1 and more against white and against a dark page. */
export const ROLE_COLOURS: Readonly<Record<Role, string>> = {
  input: "#0072B2",
  kernel: "#D55E00",
  output: "#009E73",
};

/** Lines and bars in the order in which they are drawn, beside their dashes, so that grey print tells them apart. */
export const SERIES_COLOURS: readonly string[] = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#E69F00",
  "#56B4E9",
];

/** Line dashes, in the order of {@link SERIES_COLOURS}: Plotly's names, and the same for SVG. */
export const DASHES: readonly (readonly [plotly: string, svg: string])[] = [
  ["solid", ""],
  ["dash", "9 5"],
  ["dot", "2 4"],
  ["dashdot", "9 4 2 4"],
  ["longdash", "15 5"],
  ["longdashdot", "15 4 2 4"],
];

/** Text, axes and outlines: the grey that is read on a white page (4.6:1) and on a dark one (4.1:1). */
export const TEXT = "#757575";
/** Grid lines, faint on both. */
export const GRID = "rgba(128,128,128,0.28)";
/** A veil over padding: zeros that were never in the picture. */
export const PADDING = "rgba(117,117,117,0.35)";
/** Nothing: the page shows through. */
export const CLEAR = "rgba(0,0,0,0)";
/** Letters of figures; Korean ones come from the system or from Noto. */
export const FONT =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK KR", sans-serif';
/** Font sizes in pixels. */
export const SIZES = { title: 16, text: 13, small: 11 } as const;

/** Colours from the least value to the largest, at equal distances. */
export type Stops = readonly string[];

/** Brightness as it is. */
export const GREY: Stops = ["#000000", "#ffffff"];

/** Values of one sign: from nearly white to the role's dark end. */
export const SEQUENTIAL: Readonly<Record<Role, Stops>> = {
  input: ["#f7fbff", "#cfe1f2", "#93c4df", "#4a97c9", "#1764ab", "#08306b"],
  kernel: ["#fff8f0", "#fdd9b1", "#fda965", "#f1731f", "#c44500", "#7a2604"],
  output: ["#f5fbf9", "#c8e9dd", "#8dd0ba", "#45ae8d", "#0b7f60", "#00402f"],
};

/** The negative half of every signed scale, from the strongest to zero. */
const NEGATIVE: Stops = ["#33006a", "#5e3c99", "#8a74b6", "#b5a7d2", "#dcd6e9"];

/** Values of both signs, centred on zero: purple below, the role's colour above. */
export const SIGNED: Readonly<Record<Role, Stops>> = {
  input: [...NEGATIVE, "#f7f7f7", ...SEQUENTIAL.input.slice(1)],
  kernel: [...NEGATIVE, "#f7f7f7", ...SEQUENTIAL.kernel.slice(1)],
  output: [...NEGATIVE, "#f7f7f7", ...SEQUENTIAL.output.slice(1)],
};

/**
 * Strength over a photograph: even steps of brightness from black to yellow, so that it stands out from any ground
 * (matplotlib's "inferno", CC0).
 */
export const HEAT: Stops = [
  "#000004",
  "#1b0c41",
  "#4a0c6b",
  "#781c6d",
  "#a52c60",
  "#cf4446",
  "#ed6925",
  "#fb9b06",
  "#f7d13d",
  "#fcffa4",
];

/** Plotly's settings for every figure: it fills the page's width, and shows no advertisement. */
export const CONFIG: Readonly<Record<string, unknown>> = {
  responsive: true,
  displaylogo: false,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
};

const AXIS = { color: TEXT, gridcolor: GRID, linecolor: TEXT, zerolinecolor: GRID };

/**
 * The greys and letters of a figure that nobody themes. They stand in Plotly's `template`, so that a page which knows
 * whether it is light or dark, as a handout does, puts its own in their place.
 */
export const TEMPLATE: Readonly<Record<string, unknown>> = {
  layout: {
    paper_bgcolor: CLEAR,
    plot_bgcolor: CLEAR,
    font: { family: FONT, color: TEXT },
    hoverlabel: { bgcolor: "#ffffff", bordercolor: TEXT, font: { family: FONT, color: "#333333" } },
    xaxis: AXIS,
    yaxis: AXIS,
    scene: {
      xaxis: { ...AXIS, showbackground: false },
      yaxis: { ...AXIS, showbackground: false },
      zaxis: { ...AXIS, showbackground: false },
    },
  },
};

/** About how many letters of a title fit beside each other on a phone of 390 pixels. */
const TITLE_LETTERS = 40;

/** Breaks text into lines of at most `letters` letters, never at a no-break space; a Korean syllable is as wide as two. */
export function wrap(text: string, letters: number = TITLE_LETTERS): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \n]+/)) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > letters) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** How many Latin letters wide a text is, about. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text)
    width += /[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uff00-\uff60]/.test(letter) ? 1.8 : 1;
  return width;
}

/** A name cut where it is wider than so many letters, with a sign that it goes on. */
export function shortened(name: string, letters: number): string {
  if (widthOf(name) <= letters) return name;
  let short = "";
  for (const letter of name) {
    if (widthOf(`${short}${letter}…`) > letters) break;
    short += letter;
  }
  return `${short.trimEnd()}…`;
}

/**
 * The layout that all figures share.
 *
 * @param height in pixels; the width is the page's
 */
export function baseLayout(title: string, alt: string, height: number): Record<string, unknown> {
  const lines = wrap(title);
  return {
    title: {
      text: lines.map(plotlyText).join("<br>"),
      x: 0.5,
      xanchor: "center",
      y: 1,
      yref: "container",
      yanchor: "top",
      // Plotly raises a title of several lines by 10 pixels, however many they are.
      pad: { t: lines.length > 1 ? 22 : 12 },
      font: { size: SIZES.title },
    },
    height: height + (lines.length - 1) * 20,
    autosize: true,
    margin: { l: 50, r: 20, t: 34 + lines.length * 20, b: 50 },
    font: { size: SIZES.text },
    template: TEMPLATE,
    // A finger that starts on a figure scrolls the page; zooming is a button away.
    dragmode: false,
    meta: { alt },
  };
}

/** Text for Plotly, which reads `<`, `>` and `&` as a little HTML. */
export function plotlyText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
