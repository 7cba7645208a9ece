/** From units to what runs: each as a layer, a convolution together with the ReLU and the pooling behind it. */
import type { LayerSpec } from "../../network/layers.js";
import { walksOf } from "../../network/windows.js";
import { fastLeakyRelu, fastRelu, fastSigmoid, fastSoftmax, fastTanh } from "./activation.js";
import { fastBatchNorm } from "./batch-norm.js";
import { fastConv, type PoolBehind } from "./conv.js";
import { fastDense } from "./dense.js";
import { type FastLayer, fastBackward, fastForward } from "./layer.js";
import { fastLrn } from "./lrn.js";
import { fastGlobalAvgPool, fastGlobalMaxPool, fastPool } from "./pool.js";
import { fastChannelShuffle, fastDropout, fastFlatten, fastUpsample } from "./rearrange.js";
import { fastTransposedConv } from "./transposed-conv.js";
import type { Unit } from "./unit.js";

/** The layers that run for some units in order. */
export function compile(units: readonly Unit[]): FastLayer[] {
  const layers: FastLayer[] = [];
  for (let i = 0; i < units.length; ) {
    const unit = units[i]!;
    i++;
    if (unit.spec.kind === "conv" || unit.spec.kind === "depthwise") {
      let relu = takes(units[i], "relu");
      if (relu) i++;
      const pool = tiling(units[i]);
      if (pool) i++;
      // A ReLU behind the pooling gives what one before it gives.
      if (pool && !relu && takes(units[i], "relu")) {
        relu = true;
        i++;
      }
      layers.push(fastConv(unit, relu, pool));
    } else if (unit.spec.kind === "dense") {
      const relu = takes(units[i], "relu");
      if (relu) i++;
      layers.push(fastDense(unit, relu));
    } else layers.push(single(unit));
  }
  return layers;
}

const takes = (unit: Unit | undefined, kind: LayerSpec["kind"]): boolean =>
  unit?.spec.kind === kind;

/** A max pooling that makes the map smaller and needs no border. */
function tiling(unit: Unit | undefined): PoolBehind | undefined {
  if (unit?.spec.kind !== "maxPool") return undefined;
  const { rows, columns } = walksOf(unit.spec, unit.inputShape);
  const inside = [rows, columns].every(
    ({ n, k, stride, before, out }) => before === 0 && (out - 1) * stride + k <= n && stride > 1,
  );
  if (!inside) return undefined;
  return { size: [rows.k, columns.k], stride: [rows.stride, columns.stride] };
}

function single(unit: Unit): FastLayer {
  switch (unit.spec.kind) {
    case "transposedConv":
      return fastTransposedConv(unit);
    case "maxPool":
    case "avgPool":
      return fastPool(unit);
    case "globalMaxPool":
      return fastGlobalMaxPool(unit);
    case "globalAvgPool":
      return fastGlobalAvgPool(unit);
    case "batchNorm":
      return fastBatchNorm(unit);
    case "dropout":
      return fastDropout(unit);
    case "channelShuffle":
      return fastChannelShuffle(unit);
    case "upsample":
      return fastUpsample(unit);
    case "flatten":
      return fastFlatten(unit);
    case "relu":
      return fastRelu();
    case "leakyRelu":
      return fastLeakyRelu(unit);
    case "sigmoid":
      return fastSigmoid();
    case "tanh":
      return fastTanh();
    case "softmax":
      return fastSoftmax();
    case "lrn":
      return fastLrn(unit);
    case "residual":
      return fastResidual(unit);
    default:
      throw new TypeError(`${unit.spec.kind} is not a layer by itself`);
  }
}

/** What the layers make of the input, plus what the shortcut makes of it. */
function fastResidual(unit: Unit): FastLayer {
  const inner = compile(unit.inner);
  const shortcut = compile(unit.shortcut);
  return {
    // Both branches read the input, so neither may free anything early.
    forward: (tf, x, training) =>
      tf.add(
        fastForward(tf, inner, x, training, true),
        fastForward(tf, shortcut, x, training, true),
      ),
    backward(tf, slope, wants) {
      const own = fastBackward(tf, inner, slope, wants);
      const straight = fastBackward(tf, shortcut, slope, wants);
      return own && straight ? tf.add(own, straight) : undefined;
    },
  };
}
