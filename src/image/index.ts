/** Pictures in and out: files, the package's photographs and digits, grey, size, parts. */
export { digit } from "../data/digits.js";
export { beside } from "./beside.js";
export { channel, GREY_WEIGHTS, toColour, toGrey } from "./colour.js";
export { type CropSize, centreCrop, crop, type Rectangle } from "./crop.js";
export { toJpeg } from "./jpeg.js";
export { fromLevels, toLevels } from "./levels.js";
export { load } from "./load.js";
export { denormalise, normalise, type PerChannel } from "./normalise.js";
export { outline } from "./outline.js";
export { type PhotoName, photo, photoNames } from "./photo.js";
export { toPng } from "./png.js";
export {
  forTorchvision,
  forVgg,
  fromTorchvision,
  fromVgg,
  IMAGENET_MEAN,
  IMAGENET_STD,
  type SquareOptions,
  VGG_MEAN,
} from "./preprocess.js";
export { type ResizeOptions, resize } from "./resize.js";
export type { ResizeMethod } from "./resize-weights.js";
export { type SaveOptions, save } from "./save.js";
export { shuffle } from "./shuffle.js";
export { toWebp } from "./webp.js";
