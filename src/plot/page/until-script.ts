import { escapeXml } from "../svg.js";

/**
 * A body that needs its script, behind a picture for where scripts don't run: JupyterLab takes them, and every inline
 * `<svg>`, out of notebooks that it does not trust. The script exchanges the two: `[data-still]` and `[data-live]`.
 *
 * @param svg the still picture, a whole SVG document
 */
export function untilScript(svg: string, alt: string, body: string): string {
  const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  return `<img data-still src="${address}" alt="${escapeXml(alt)}" style="max-width:100%"><div data-live hidden>${body}</div>`;
}
