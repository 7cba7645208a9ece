/** Reading a network from one line, in the notation of the paper's table. */
import { ArgumentError } from "../errors.js";
import { type InputShape, requireInputShape } from "../network/input-shape.js";
import { wholeNumber } from "../ops/geometry.js";
import { requireOptions } from "../ops/known-options.js";
import type { Config, Layer } from "./layers.js";

/** Options of {@link parse}. */
export interface ParseOptions {
  /** What to call the network in tables (default "network"). */
  readonly name?: string;
  /** Shape of the input image, H×W×C (default 224×224×3). */
  readonly input?: InputShape;
}

/**
 * Reads a VGG-style line into layers. Words are separated by spaces or commas; brackets and quotes, as in
 * `[64, 'M', 128]`, are skipped, and upper or lower case does not matter:
 *
 * - `64` or `conv3-64`: 64 filters of 3×3, `same` padding, stride 1, then ReLU;
 * - `conv1-256`: 256 filters of 1×1 (any odd size: `conv5-32`);
 * - `M` or `maxpool`: max pooling 2×2 with stride 2;
 * - `LRN`: local response normalisation;
 * - `FC-4096` or `FC4096`: fully connected with 4096 outputs;
 * - `GAP`: global average pooling; `softmax` or `soft-max`: softmax.
 *
 * @throws {ArgumentError} when a word can't be read; the message names it and its place in the line.
 * @throws {ShapeError} when the input's shape is not three whole numbers of at least 1.
 * @example vgg.parse("32 32 M 64 64 M FC-10", { input: [28, 28, 1] }).layers.length // → 7
 */
export function parse(line: string, options: ParseOptions = {}): Config {
  if (typeof line !== "string") {
    const came = line === null ? "null" : Array.isArray(line) ? "a list" : String(line);
    throw new ArgumentError(
      `A network's line is a text such as "64 64 M FC-10"; got ${came}. Put quotes around it.`,
    );
  }
  requireOptions("vgg.parse", options, { name: true, input: true });
  const { name = "network", input = [224, 224, 3] } = options;
  const words = line.replace(/[[\]()'"`,|]/g, " ").trim();
  if (words === "")
    throw new ArgumentError("The line is empty; write layers such as 64 64 M FC-10.");
  const layers = words.split(/\s+/).map((word, place) => readWord(word, place + 1));
  refuseMisplaced(layers);
  return { name, input: requireInputShape(input), layers, line };
}

function readWord(word: string, place: number): Layer {
  const lower = word.toLowerCase();
  if (lower === "m" || lower === "maxpool") return { kind: "maxpool" };
  if (lower === "lrn") return { kind: "lrn" };
  if (lower === "gap") return { kind: "gap" };
  if (lower === "softmax" || lower === "soft-max") return { kind: "softmax" };
  const fc = /^fc-?(\d+)$/.exec(lower);
  if (fc) return { kind: "fc", units: wholeNumber(Number(fc[1]), `The size of "${word}"`, 1) };
  const conv = /^(?:conv(\d+)-)?(\d+)$/.exec(lower);
  if (conv) {
    const kernel = Number(conv[1] ?? 3);
    if (kernel % 2 === 0) {
      throw new ArgumentError(
        `Word ${place}, "${word}", has a kernel of even size ${kernel}; "same" padding needs an odd one, such as conv3-64.`,
      );
    }
    return {
      kind: "conv",
      kernel,
      filters: wholeNumber(Number(conv[2]), `The number of filters of "${word}"`, 1),
    };
  }
  if (/^(vgg-?\d*|[a-e])$/.test(lower)) {
    throw new ArgumentError(
      `Word ${place}, "${word}", is no layer. The networks of VGG's paper are called "A", "A-LRN", "B", "C", "D" (VGG16) and "E" (VGG19), with nothing beside the letter.`,
    );
  }
  throw new ArgumentError(
    `Word ${place}, "${word}", can't be read. Write 64 or conv3-64 (filters), M (max pooling), LRN, FC-4096, GAP or softmax.`,
  );
}

/** After the first vector (fully connected or global average) there is no image left to filter or pool. */
function refuseMisplaced(layers: readonly Layer[]): void {
  let flattened = false;
  for (const [index, layer] of layers.entries()) {
    if (layer.kind === "fc" || layer.kind === "gap") {
      if (flattened && layer.kind === "gap") throw misplaced(index, "global average pooling");
      flattened = true;
    } else if (flattened && layer.kind !== "softmax") {
      throw misplaced(index, layer.kind === "conv" ? "a convolution" : layer.kind);
    }
  }
}

function misplaced(index: number, what: string): ArgumentError {
  return new ArgumentError(
    `Word ${index + 1} is ${what}, but the layer before gives a vector: there is no image left. Move it before FC and GAP.`,
  );
}
