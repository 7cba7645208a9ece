/** What may go into a network: one picture, H×W×C. */
import { looksChannelsFirst } from "../channels-first.js";
import { ShapeError } from "../errors.js";

/** H×W×C of one picture. */
export type InputShape = readonly [height: number, width: number, channels: number];

/**
 * Refuses what is not the shape of one picture.
 *
 * @throws {ShapeError} when it is not three whole numbers of at least 1, or has its channels first.
 */
export function requireInputShape(input: unknown): InputShape {
  const sizes: readonly unknown[] = Array.isArray(input) ? input : [];
  const came = Array.isArray(input) ? `[${input.join(", ")}]` : String(input);
  const whole = sizes.every((size) => Number.isInteger(size) && (size as number) >= 1);
  if (sizes.length !== 3 || !whole) {
    throw new ShapeError(
      `The input of a network is H×W×C, three whole numbers such as [224, 224, 3]; got ${came}.`,
    );
  }
  const [height, width, channels] = sizes as InputShape;
  if (looksChannelsFirst([height, width, channels])) {
    throw new ShapeError(
      `The input of a network is H×W×C; got ${came}: is this C×H×W? Write [${width}, ${channels}, ${height}].`,
    );
  }
  return [height, width, channels];
}
