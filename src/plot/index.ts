/** Figures: each interactive by Plotly, still as SVG, and described in words. */
export { type BarsOptions, type BarValues, bars } from "./bars.js";
export { Explorer, type ExplorerOptions, explorer } from "./explorer/index.js";
export { Figure, type FigureParts, type MimeBundle, type PlotlyObject } from "./figure.js";
export { type LinesOptions, type LineValues, lines } from "./lines.js";
export { type ImageOptions, type ImagesOptions, image, images, type Titled } from "./pictures.js";
export { arrayText, show } from "./show.js";
export { type PoolFigureOptions, pool, type SlideOptions, slide } from "./slide/index.js";
export { activations, filters, type StackOptions } from "./stacks.js";
export { type SurfaceOptions, surface } from "./surface.js";
