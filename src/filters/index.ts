/** The classic filters, each a small kernel whose numbers can be read, and the call that lays one on a picture. */
export { applyFilter, type FilterOptions } from "./apply.js";
export {
  box,
  fromMatrix,
  gaussian,
  identity,
  laplacian,
  prewittX,
  prewittY,
  sharpen,
  sobelX,
  sobelY,
} from "./kernels.js";
