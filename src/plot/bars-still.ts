import { type BarGroup, barText, logFloor } from "./bars.js";
import { edges, horizontalAxis, legend, type Plane, plane, verticalAxis } from "./frame-still.js";
import { element, label, svgDocument } from "./svg.js";
import { SERIES_COLOURS, SIZES, widthOf } from "./theme.js";
import { type Axis, makeAxis } from "./ticks.js";

/** Bars and everything around them. */
export interface BarsStillParts {
  readonly title: string;
  readonly alt: string;
  readonly valueName: string;
  readonly nameName?: string;
  readonly names: readonly string[];
  readonly groups: readonly BarGroup[];
  readonly log: boolean;
  readonly horizontal: boolean;
}

/** Bars as a still picture. */
export function barsStill(parts: BarsStillParts): string {
  const { names, groups, log, horizontal } = parts;
  const flat = groups.flatMap((group) => group.values).filter((value) => !Number.isNaN(value));
  const top = Math.max(...flat);
  const [low, high] = [Math.min(0, ...flat), Math.max(0, top) || 1];
  // A standing bar has its number above (below zero: below) it.
  const room = horizontal ? 0 : (high - low) * 0.08;
  const axis = log
    ? makeAxis(10 ** logFloor(flat), horizontal ? top : top * 3, true)
    : makeAxis(low < 0 ? low - room : 0, top > 0 ? high + room : 0, false);
  const key =
    groups.length > 1
      ? legend(
          groups.map(({ name }) => name),
          (i, x, y) => element("rect", { x, y: y - 7, width: 26, height: 13, ...fill(i) }),
        )
      : { body: [], height: 16 };
  const names_ = Math.max(...names.map(widthOf));
  const left = horizontal ? Math.min(220, 24 + names_ * 7.5) : 78;
  const height = horizontal ? names.length * (14 + 16 * groups.length) : 240;
  const whole = plane(left, key.height, height);
  const end = horizontal ? 12 + 7 * Math.max(...flat.map((value) => barText(value).length)) : 0;
  const area: Plane = { ...whole, width: whole.width - end };
  const body = horizontal
    ? [...horizontalAxis(axis, parts.valueName, area), ...lying(parts, axis, area)]
    : [...verticalAxis(axis, parts.valueName, area), ...standing(parts, axis, area)];
  return svgDocument(parts.title, parts.alt, area.top + height + 46, [
    ...patterns(groups.length),
    ...key.body,
    ...body,
    edges(area),
  ]);
}

/** Each group's own hatching, so that grey print tells them apart. */
function patterns(count: number): string[] {
  return Array.from({ length: Math.max(0, count - 1) }, (_, i) =>
    element(
      "pattern",
      {
        id: `hatch${i + 1}`,
        width: 7,
        height: 7,
        patternUnits: "userSpaceOnUse",
        patternTransform: `rotate(${45 + 50 * i})`,
      },
      element("rect", { width: 7, height: 7, fill: SERIES_COLOURS[i + 1]! }),
      element("rect", { width: 2, height: 7, fill: "#ffffff" }),
    ),
  );
}

function fill(i: number): Record<string, string> {
  return { fill: i === 0 ? SERIES_COLOURS[0]! : `url(#hatch${i})` };
}

function zeroOf(axis: Axis, log: boolean): number {
  return log ? 0 : Math.max(0, Math.min(1, axis.at(0)));
}

function lying({ names, groups, log }: BarsStillParts, axis: Axis, area: Plane): string[] {
  const slot = area.height / names.length;
  const thick = (slot * 0.78) / groups.length;
  const zero = zeroOf(axis, log);
  return names.flatMap((name, i) => [
    label(area.left - 8, area.top + slot * (i + 0.5) + 4, name, { "text-anchor": "end" }),
    ...groups.flatMap(({ values }, g) => {
      const value = values[i]!;
      if (Number.isNaN(value)) return [];
      const y = area.top + slot * (i + 0.11) + g * thick;
      const [from, to] = [zero, axis.at(value)].sort((a, b) => a - b) as [number, number];
      const x = area.left + area.width * from;
      const width = area.width * (to - from);
      return [
        element("rect", { x, y, width, height: thick, ...fill(g) }),
        label(x + width + 5, y + thick / 2 + 4, barText(value), { "font-size": SIZES.small }),
      ];
    }),
  ]);
}

function standing(
  { names, groups, log, nameName }: BarsStillParts,
  axis: Axis,
  area: Plane,
): string[] {
  const slot = area.width / names.length;
  const thick = (slot * 0.75) / groups.length;
  const zero = zeroOf(axis, log);
  const below = area.top + area.height;
  return [
    ...names.flatMap((name, i) => [
      label(area.left + slot * (i + 0.5), below + 17, name, { "text-anchor": "middle" }),
      ...groups.flatMap(({ values }, g) => {
        const value = values[i]!;
        if (Number.isNaN(value)) return [];
        const x = area.left + slot * (i + 0.125) + g * thick;
        const [from, to] = [zero, axis.at(value)].sort((a, b) => a - b) as [number, number];
        const y = below - area.height * to;
        const height = area.height * (to - from);
        return [
          element("rect", { x, y, width: thick, height, ...fill(g) }),
          label(x + thick / 2, value < 0 ? y + height + 13 : y - 5, barText(value), {
            "text-anchor": "middle",
            "font-size": SIZES.small,
          }),
        ];
      }),
    ]),
    ...(nameName
      ? [label(area.left + area.width / 2, below + 38, nameName, { "text-anchor": "middle" })]
      : []),
  ];
}
