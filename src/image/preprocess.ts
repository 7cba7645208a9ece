import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { requireOptions } from "../ops/known-options.js";
import { toColour } from "./colour.js";
import { centreCrop } from "./crop.js";
import { denormalise, normalise } from "./normalise.js";
import { checkPicture } from "./picture.js";
import { resize } from "./resize.js";

/** What VGG's authors took from blue, green and red: ImageNet's mean colour, 0 to 255. */
export const VGG_MEAN: readonly [number, number, number] = [103.939, 116.779, 123.68];

/** ImageNet's mean red, green and blue, 0 to 1, that torchvision's networks were trained with. */
export const IMAGENET_MEAN: readonly [number, number, number] = [0.485, 0.456, 0.406];

/** ImageNet's standard deviation of red, green and blue, 0 to 1. */
export const IMAGENET_STD: readonly [number, number, number] = [0.229, 0.224, 0.225];

/** How a picture becomes the square that a network takes. */
export interface SquareOptions {
  /** Rows and columns of the result, a multiple of 32 for most networks; 224 when left out. */
  readonly size?: number;
  /**
   * "crop" (the default) scales the shorter side to 8/7 of the size (256 for 224) and cuts out the middle; "stretch"
   * scales both sides, as `keras.utils.load_img` does, and keeps the borders; "keep" leaves the size as it is.
   */
  readonly fit?: "crop" | "keep" | "stretch";
}

/**
 * A picture as VGG's own weights (Oxford's, and so Keras's `preprocess_input`) take it: 224×224, values 0 to 255,
 * channels in the order **blue, green, red**, minus 103.939, 116.779 and 123.68; not divided by anything.
 *
 * Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition" (2015), section 2.1 and
 * 3.1; `keras.applications.vgg16.preprocess_input` (mode "caffe"). Scaled with an antialiased bilinear blend.
 *
 * @param picture H×W, H×W×1 (made three equal channels) or H×W×3, 0 to 1
 * @returns size×size×3, blue first
 * @throws {ShapeError} when it is not the shape of a picture.
 * @throws {ArgumentError} when values are not 0 to 1 (so when 0 to 255 come), or an option is unknown.
 * @example
 * image.forVgg(image.photo("cat")).shape // → [224, 224, 3]
 * toNested(image.forVgg(array([[1]]), { fit: "keep" })) // → [[[151.061, 138.221, 131.32]]]
 */
export function forVgg(picture: FloatArray, options: SquareOptions = {}): FloatArray {
  const square = toSquare(picture, "forVgg", options);
  const scaled = rowMajor(reversed(square)).map((x) => 255 * x);
  return normalise(fromData(scaled, square.shape), VGG_MEAN, 1);
}

/**
 * The inverse of {@link forVgg}'s colours, for showing what the network was given.
 *
 * @param input H×W×3 in VGG's values, blue first
 * @returns H×W×3, red first, 0 to 1
 * @throws {ShapeError} when it is not H×W×3.
 * @example
 * toNested(image.fromVgg(array([[[151.061, 138.221, 131.32]]]))) // → [[[1, 1, 1]]]
 */
export function fromVgg(input: FloatArray): FloatArray {
  checkColour(input, "fromVgg");
  const levels = denormalise(input, VGG_MEAN, 1);
  const scaled = rowMajor(levels).map((x) => x / 255);
  return reversed(fromData(scaled, input.shape));
}

/**
 * A picture as torchvision's networks take it: the shorter side scaled to 256 (bilinear, antialiased), the middle
 * 224×224, red, green and blue minus ImageNet's mean, divided by its standard deviation. For PyTorch's C×H×W use
 * `toCHW`.
 *
 * `torchvision.transforms._presets.ImageClassification` (the transforms of `VGG16_Weights.IMAGENET1K_V1`).
 *
 * @param picture H×W, H×W×1 (made three equal channels) or H×W×3, 0 to 1
 * @returns size×size×3
 * @throws {ShapeError} when it is not the shape of a picture.
 * @throws {ArgumentError} when values are not 0 to 1 (so when 0 to 255 come), or an option is unknown.
 * @example
 * image.forTorchvision(image.photo("cat")).shape // → [224, 224, 3]
 * toNested(image.forTorchvision(array([[1]]), { fit: "keep" })) // → [[[2.2489083, 2.4285715, 2.64]]]
 */
export function forTorchvision(picture: FloatArray, options: SquareOptions = {}): FloatArray {
  return normalise(toSquare(picture, "forTorchvision", options), IMAGENET_MEAN, IMAGENET_STD);
}

/**
 * The inverse of {@link forTorchvision}'s colours, for showing what the network was given.
 *
 * @param input H×W×3 in torchvision's values
 * @returns H×W×3, 0 to 1
 * @throws {ShapeError} when it is not H×W×3.
 * @example
 * toNested(image.fromTorchvision(array([[[0, 0, 0]]]))) // → [[[0.485, 0.456, 0.406]]]
 */
export function fromTorchvision(input: FloatArray): FloatArray {
  checkColour(input, "fromTorchvision");
  return denormalise(input, IMAGENET_MEAN, IMAGENET_STD);
}

function toSquare(picture: FloatArray, caller: string, options: SquareOptions): FloatArray {
  const { height, width } = checkPicture(picture);
  requireOptions(`image.${caller}`, options, { size: true, fit: true });
  const { size = 224, fit = "crop" } = options;
  // A bicubic blend leaves 0 to 1 a little; levels of 0 to 255 leave it far.
  const outside = rowMajor(picture).find((x) => !(x >= -1 && x <= 2));
  if (outside !== undefined) {
    throw new ArgumentError(
      `image.${caller} takes values from 0 to 1; this picture holds ${outside}. Of levels from 0 to 255 image.fromLevels makes such a picture.`,
    );
  }
  if (!Number.isInteger(size) || size < 1) {
    throw new ArgumentError(`The size is a whole number of pixels, at least 1; got ${size}.`);
  }
  const colour = toColour(picture);
  if (fit === "keep") return colour;
  const blend = { method: "bilinear", antialias: true } as const;
  if (fit === "stretch") return resize(colour, { height: size, width: size, ...blend });
  if (fit !== "crop") {
    throw new ArgumentError(`fit is "crop", "stretch" or "keep"; got "${String(fit)}".`);
  }
  const shorter = Math.round((size * 8) / 7);
  // The longer side is cut off to whole pixels, as in torchvision.
  const scaled = (side: number): number =>
    Math.floor((side * shorter) / Math.min(height, width) + 1e-9);
  return centreCrop(
    resize(colour, { height: scaled(height), width: scaled(width), ...blend }),
    size,
  );
}

function checkColour(input: FloatArray, caller: string): void {
  if (input?.shape?.length !== 3 || input.shape[2] !== 3) {
    const got = input?.shape ? shapeText(input.shape) : typeof input;
    throw new ShapeError(
      `image.${caller} takes one picture, H×W×3; got ${got}. Take one of a batch with batch.pick(0).`,
    );
  }
}

/** Red, green, blue as blue, green, red, and back. */
function reversed(picture: FloatArray): FloatArray {
  const from = rowMajor(picture);
  const data = new Float32Array(from.length);
  for (let i = 0; i < data.length; i += 3) {
    data[i] = from[i + 2]!;
    data[i + 1] = from[i + 1]!;
    data[i + 2] = from[i]!;
  }
  return fromData(data, picture.shape);
}
