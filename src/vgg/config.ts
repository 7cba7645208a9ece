/**
 * The six networks of Simonyan & Zisserman 2014, "Very Deep Convolutional Networks for Large-Scale Image Recognition"
 * (arXiv 1409.1556), Table 1.
 */
import { ArgumentError } from "../errors.js";
import type { Config } from "./layers.js";
import { type ParseOptions, parse } from "./parse.js";

/** A column of the paper's Table 1. */
export type ConfigName = "A" | "A-LRN" | "B" | "C" | "D" | "E";

const head = "FC-4096 FC-4096 FC-1000";

/** Table 1, one line a column, in the notation that {@link parse} reads. D is VGG16, E is VGG19. */
export const lines: Readonly<Record<ConfigName, string>> = {
  A: `64 M 128 M 256 256 M 512 512 M 512 512 M ${head}`,
  "A-LRN": `64 LRN M 128 M 256 256 M 512 512 M 512 512 M ${head}`,
  B: `64 64 M 128 128 M 256 256 M 512 512 M 512 512 M ${head}`,
  C: `64 64 M 128 128 M 256 256 conv1-256 M 512 512 conv1-512 M 512 512 conv1-512 M ${head}`,
  D: `64 64 M 128 128 M 256 256 256 M 512 512 512 M 512 512 512 M ${head}`,
  E: `64 64 M 128 128 M 256 256 256 256 M 512 512 512 512 M 512 512 512 512 M ${head}`,
};

/**
 * A column of the paper's table or a network that was read already.
 *
 * @throws {ArgumentError} when it is neither.
 */
export function configOf(of: ConfigName | Config): Config {
  if (typeof of === "string") return config(of);
  if (typeof of === "object" && of !== null && Array.isArray(of.layers) && "line" in of) return of;
  throw new ArgumentError(
    `A VGG network is a column of the paper's table, such as "D", or what vgg.parse(line) gives; got ${of === null ? "null" : typeof of}. Others are counted by network.summary.`,
  );
}

/**
 * One of the paper's six networks. The number in a name such as VGG16 counts the layers with weights: D has 13
 * convolutions and 3 fully connected layers.
 *
 * @param options another input shape, for instance.
 * @throws {ArgumentError} when the paper has no such column.
 * @example vgg.config("A").line // → "64 M 128 M 256 256 M 512 512 M 512 512 M FC-4096 FC-4096 FC-1000"
 */
export function config(name: ConfigName, options: Omit<ParseOptions, "name"> = {}): Config {
  const line: string | undefined = Object.hasOwn(lines, name) ? lines[name] : undefined;
  if (line === undefined) {
    throw new ArgumentError(
      `The paper's configurations are ${Object.keys(lines).join(", ")}; there is no "${String(name)}". VGG16 is D, VGG19 is E; a line of your own is read by vgg.parse("64 64 M FC-10").`,
    );
  }
  return parse(line, { ...options, name: `VGG ${name}` });
}
