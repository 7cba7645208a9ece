import { Figure, type PlotlyObject } from "../figure.js";
import { legendBelowTitle } from "../legend.js";
import {
  describeLines,
  type LinesOptions,
  type LineValues,
  lineTrace,
  toLines,
  wholeSteps,
} from "../lines.js";
import { frameDrawn, linesDrawn, linesFrame, linesLegend } from "../lines-still.js";
import { svgDocument } from "../svg.js";
import { baseLayout, plotlyText } from "../theme.js";
import { word } from "../words.js";

/** One of several charts below each other, over one horizontal axis. */
export interface Chart {
  /** Name of the vertical axis. */
  readonly y: string;
  readonly series: Readonly<Record<string, LineValues>>;
  readonly range?: readonly [number, number];
}

const HEIGHT = 200;
const STILL_HEIGHT = 150;

/** Charts of lines below each other; all lines together have one legend and differ in colour and dashes. */
export function stacked(charts: readonly Chart[], options: LinesOptions): Figure {
  const x = options.x ?? word("step");
  const title = options.title ?? charts.map(({ y }) => y).join(", ");
  const rows = charts.map((chart) => ({ ...chart, all: toLines(chart.series, undefined) }));
  const everyLine = rows.flatMap(({ all }) => all);
  const said = rows.map(({ all, y }) => describeLines(all, { x, y }));
  const alt = [options.alt, ...said].filter(Boolean).join(" ");
  const base = baseLayout(title, alt, 84 + HEIGHT * charts.length);
  const axis = { showline: true, automargin: true };
  const gap = 0.08;
  const height = (1 - gap * (rows.length - 1)) / rows.length;
  const data: PlotlyObject[] = [];
  rows.forEach(({ all, y, range }, i) => {
    const suffix = i === 0 ? "" : String(i + 1);
    const top = 1 - i * (height + gap);
    const isLast = i === rows.length - 1;
    base[`xaxis${suffix}`] = {
      ...axis,
      ...wholeSteps(everyLine),
      anchor: `y${suffix}`,
      ...(i > 0 ? { matches: "x" } : {}),
      ...(isLast ? { title: { text: plotlyText(x) } } : { showticklabels: false }),
    };
    base[`yaxis${suffix}`] = {
      ...axis,
      anchor: `x${suffix}`,
      domain: [Math.max(0, top - height), top].map((part) => Math.round(part * 1e4) / 1e4),
      title: { text: plotlyText(y) },
      nticks: 5,
      ...(range ? { range: [range[0], range[1] * 1.03] } : {}),
    };
    for (const line of all) {
      const trace = lineTrace(line, data.length);
      data.push({ ...trace, xaxis: `x${suffix}`, yaxis: `y${suffix}` });
    }
  });
  Object.assign(base, { showlegend: false, hovermode: "x unified" });
  const names = everyLine.map(({ name }) => name);
  return new Figure({
    title,
    alt,
    data,
    layout: names.length > charts.length || names.length > 1 ? legendBelowTitle(base, names) : base,
    still: () => {
      const key = linesLegend(everyLine);
      const body = [...key.body];
      let top = key.height;
      let first = 0;
      rows.forEach(({ all, y, range }, i) => {
        const isLast = i === rows.length - 1;
        const frame = linesFrame(everyLine, all, { top, height: STILL_HEIGHT, range });
        body.push(
          ...frameDrawn(frame, y, isLast ? x : undefined),
          ...linesDrawn(all, frame, first),
        );
        first += all.length;
        top += STILL_HEIGHT + 26;
      });
      return svgDocument(title, alt, top + 24, body);
    },
  });
}
