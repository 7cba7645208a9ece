/** Pictures in and out: files, the package's photographs and digits, grey, size, parts. */
export { digit } from "../data/digits.js";
export { beside } from "./beside.js";
export { channel, GREY_WEIGHTS, toGrey } from "./colour.js";
export { crop, type Rectangle, type ResizeOptions, resize } from "./geometry.js";
export { toJpeg } from "./jpeg.js";
export { load } from "./load.js";
export { outline } from "./outline.js";
export { type PhotoName, photo, photoNames } from "./photo.js";
export { toPng } from "./png.js";
export { type SaveOptions, save } from "./save.js";
export { shuffle } from "./shuffle.js";
export { toWebp } from "./webp.js";
