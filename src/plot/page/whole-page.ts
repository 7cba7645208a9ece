/** A figure as a whole page of its own. */
import { readPackaged } from "../../data/assets.js";
import { Figure } from "../figure.js";
import { escapeXml } from "../svg.js";
import { FONT } from "../theme.js";
import type { Interactive } from "./interactive.js";

/** Runs on the page: draws the Plotly figure where its still picture stands. */
const DRAW = `(async () => {
  const text = (id) => document.getElementById(id).textContent.trim();
  const packed = Uint8Array.from(atob(text("plotly")), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
  const { data, layout, config, frames } = JSON.parse(text("data"));
  const place = document.getElementById("figure");
  const drawn = document.createElement("div");
  place.after(drawn);
  await Plotly.newPlot(drawn, data, layout, { ...config, responsive: true });
  if (frames.length > 0) await Plotly.addFrames(drawn, frames);
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", place.getAttribute("aria-label"));
  place.remove();
})();`;

/**
 * An HTML document with one figure, light or dark as the reader's system is. It asks for nothing from elsewhere; a chart
 * carries Plotly, 1.9 MB.
 *
 * @throws {MissingFileError} when the package was installed without Plotly.
 */
export function wholePage(figure: Figure | Interactive): string {
  const style = `:root{color-scheme:light dark}body{margin:1.5em auto;padding:0 1em;max-width:60em;font-family:${FONT}}svg{max-width:100%;height:auto}@media print{button,input{display:none}}`;
  const body = figure instanceof Figure ? chart(figure) : figure.html();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(figure.title)}</title>
<style>${style}</style>
</head>
<body>
<main>${body}</main>
</body>
</html>
`;
}

function chart(figure: Figure): string {
  const { data, layout, config, frames, alt } = figure;
  const json = JSON.stringify({ data, layout, config, frames }).replaceAll("<", "\\u003c");
  const plotly = Buffer.from(readPackaged("dist", "handout", "plotly.min.js.gz")).toString(
    "base64",
  );
  return `<div id="figure" role="img" aria-label="${escapeXml(alt)}">${figure.svg()}</div>
<script type="application/json" id="data">${json}</script>
<script type="text/plain" id="plotly">${plotly}</script>
<script>${DRAW}</script>`;
}
