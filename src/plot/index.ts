/** Figures: each moves on its page without a kernel, has a still SVG picture, and is described in words. */
export { type BarsOptions, type BarValues, bars } from "./bars.js";
export { type ClassActivationOptions, classActivation } from "./class-activation/index.js";
export { type ConfusionOptions, confusion } from "./confusion.js";
export { type CostRow, type CostsOptions, costs } from "./costs.js";
export { type ExplorerOptions, explorer } from "./explorer/index.js";
export { Figure, type FigureParts, type MimeBundle, type PlotlyObject } from "./figure.js";
export { type KernelOptions, kernel } from "./kernel.js";
export { type LinesOptions, type LineValues, lines } from "./lines.js";
export { Live, type LiveOptions, live } from "./live/index.js";
export { type ActivationsOptions, activations } from "./maps/index.js";
export { Interactive, type InteractiveParts } from "./page/interactive.js";
export { type ImageOptions, type ImagesOptions, image, images, type Titled } from "./pictures.js";
export {
  type ReceptiveFieldOptions,
  type ReceptiveRow,
  receptiveField,
} from "./receptive-field/index.js";
export { save } from "./save.js";
export { arrayText, show } from "./show.js";
export {
  type PoolFigureOptions,
  pool,
  type SlideOptions,
  type SlideTransposedOptions,
  slide,
  slideTransposed,
} from "./slide/index.js";
export { type FiltersOptions, filters, type StackOptions } from "./stacks.js";
export { type SurfaceOptions, surface } from "./surface.js";
