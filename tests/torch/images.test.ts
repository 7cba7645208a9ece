import { expect, test } from "vitest";
import type { FloatArray } from "../../src/array.js";
import * as image from "../../src/image/index.js";
import { asView } from "../ops/arbitraries.js";
import { expectClose } from "../ops/close.js";
import { torchCases } from "./fixtures.js";

type Options = Readonly<Record<string, unknown>>;

const calls: Readonly<Record<string, (picture: FloatArray, options: Options) => FloatArray>> = {
  resize: (picture, options) => image.resize(picture, options),
  centreCrop: (picture, options) => image.centreCrop(picture, options.size as number),
  forTorchvision: (picture, options) => image.forTorchvision(picture, options),
  forVgg: (picture, options) => image.forVgg(picture, options),
};

test.each(torchCases("images"))("$operation: $name", ({ operation, inputs, options, outputs }) => {
  const picture = inputs.picture!;
  const before = picture.data.slice();
  const got = calls[operation]!(picture, options);
  expectClose(got, outputs.output!);
  expectClose(calls[operation]!(asView(picture), options), got);
  expect(picture.data).toEqual(before);
});
