import { type FloatArray, shapeText } from "../array.js";
import { refuseChannelsFirstPicture } from "../channels-first.js";
import { ShapeError } from "../errors.js";

import { shapeOf } from "./picture.js";

/**
 * Reads a shape as that of a picture or a stack of maps: any number of channels.
 *
 * @returns height, width and channels
 * @throws {ShapeError} unless it is H×W or H×W×C, channels last.
 */
export function checkMaps(operation: string, picture: FloatArray): [number, number, number] {
  const [height = 0, width = 0, channels = 1] = shapeOf(picture);
  if (picture.shape.length !== 2 && picture.shape.length !== 3) {
    throw new ShapeError(
      `A picture or a stack of maps is H×W or H×W×C; got ${shapeText(picture.shape)}.`,
    );
  }
  refuseChannelsFirstPicture(operation, picture.shape);
  return [height, width, channels];
}
