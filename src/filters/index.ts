/** The classic filters, each a small kernel whose numbers can be read, and the call that lays one on a picture. */
export { applyFilter, type FilterOptions } from "./apply.js";
export { type GaborOptions, gabor, gaussian, gaussian1d, laplacianOfGaussian } from "./bells.js";
export {
  laplacian,
  prewittX,
  prewittY,
  scharrX,
  scharrY,
  sobelX,
  sobelY,
} from "./derivatives.js";
export { gradientDirection, gradientMagnitude, type PictureGradientOptions } from "./gradient.js";
export { box, emboss, fromMatrix, identity, sharpen } from "./kernels.js";
