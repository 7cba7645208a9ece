import { extname } from "node:path";
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import { filePath } from "../file-path.js";
import { replaceFile } from "../replace-file.js";
import { Figure } from "./figure.js";
import { Interactive } from "./page/interactive.js";
import { wholePage } from "./page/whole-page.js";

/**
 * Keeps a figure as a file; the name's end says how: `.html` is a page that moves and opens without a network, `.svg`
 * the still picture. A file of that name that is there already is replaced; should writing fail, it stays as it was.
 *
 * @param path where to; a relative path starts at the notebook's folder
 * @param figure what a function of `plot` gave
 * @returns the file's whole path
 * @throws {ArgumentError} when it is no figure, the name has another end, or the file cannot be written.
 * @throws {MissingFileError} when the folder does not exist.
 * @example plot.save("seven.svg", plot.image(image.digit(7))).endsWith("seven.svg") // → true
 */
export function save(path: string | URL, figure: Figure | Interactive): string {
  const target = filePath(path, 'plot.save wants the path first: plot.save("seven.html", figure)');
  if (!(figure instanceof Figure || figure instanceof Interactive)) {
    throw new ArgumentError(
      `plot.save keeps what a function of plot gives, such as plot.image(picture); got ${cameText(figure)}.`,
    );
  }
  const end = extname(target).toLowerCase();
  if (end !== ".html" && end !== ".svg") {
    throw new ArgumentError(
      `The end of a figure's name is .html or .svg and says what is kept; got "${path}".`,
    );
  }
  replaceFile(target, end === ".svg" ? figure.svg() : wholePage(figure));
  return target;
}
