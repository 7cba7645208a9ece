import { expect, test } from "vitest";
import {
  ArgumentError,
  array,
  conv2d,
  fromData,
  maxAbsDifference,
  maxPool,
  random,
  relu,
  ShapeError,
  train,
} from "../../src/index.js";

const shape = [7, 6, 2];
const net = train.network(shape, [
  train.conv(3, 3),
  train.relu(),
  train.maxPool(2),
  train.dense(4),
]);
const pictures = random([5, ...shape], 3);

test("the maps inside a network are those of the operations", () => {
  const weights = net.layers[0]!.weights;
  const kernel = fromData(weights.slice(0, 54), [3, 3, 2, 3]);
  const pre = conv2d(pictures, kernel, { bias: Array.from(weights.slice(54)) });
  expect(maxAbsDifference(train.mapsAfter(net, pictures, 1), pre)).toBeLessThan(1e-5);
  expect(maxAbsDifference(train.mapsAfter(net, pictures, 2), relu(pre))).toBeLessThan(1e-5);
  const pooled = train.mapsAfter(net, pictures, 3);
  expect(pooled.shape).toEqual([5, 2, 2, 3]);
  expect(maxAbsDifference(pooled, maxPool(relu(pre), 2))).toBeLessThan(1e-5);
  expect(train.mapsAfter(net, pictures, 4).shape).toEqual([5, 4]);
});

test("layers that are not there and pictures that do not fit are refused", () => {
  expect(() => train.mapsAfter(net, pictures, 0)).toThrow(ArgumentError);
  expect(() => train.mapsAfter(net, pictures, 5)).toThrow(/has 4 layers/);
  expect(() => train.mapsAfter(net, random([5, 6, 6, 2], 1), 1)).toThrow(ShapeError);
  expect(() => train.mapsAfter(net, array([]), 1)).toThrow(ShapeError);
});
