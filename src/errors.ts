/**
 * The errors that convlab throws. Each message says, in one or two sentences, what came, what was wanted, and the
 * rule or the call that puts it right.
 */

/** An array has a shape that the operation cannot take. The message names the shapes and the rule. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** An argument other than an array's shape is out of range: a stride, a padding, a name, a count. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/** A file that was asked for is not there. The message names the path that was tried. */
export class MissingFileError extends Error {
  override readonly name = "MissingFileError";
}

/** Something could not be downloaded, or not what was published came. The message says what to do about it. */
export class DownloadError extends Error {
  override readonly name = "DownloadError";
}
