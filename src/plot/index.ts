/** Figures: each interactive by Plotly, still as SVG, and described in words. */
export { Figure, type FigureParts, type MimeBundle, type PlotlyObject } from "./figure.js";
export { type ImageOptions, type ImagesOptions, image, images, type Titled } from "./pictures.js";
export { type PoolFigureOptions, pool, type SlideOptions, slide } from "./slide/index.js";
export { activations, filters, type StackOptions } from "./stacks.js";
