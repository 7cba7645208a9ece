/**
 * What tfjs 4.22 lacks on WebAssembly to train a network, and what it has wrong or slow there (bench/OPS.md, section
 * 3). Each is proven by finite differences in tests/backend/wasm-*.test.ts.
 */
import type { Tf } from "../tfjs.js";
import { filterGradient, inputGradient } from "./convolution-gradients.js";
import { depthwiseFilterGradient, depthwiseInputGradient } from "./depthwise-gradients.js";
import { register } from "./kernel.js";
import { matrixProduct } from "./matrix-product.js";
import { maxPoolGradient } from "./max-pool-gradient.js";
import { withSamePadding } from "./same-padding.js";
import { segmentSum } from "./segment-sum.js";
import { mean, sum } from "./sums.js";

/** Registers the kernels with tfjs; to be called after tfjs's own are there. */
export function registerWasmKernels(tf: Tf): void {
  // Missing.
  register(tf, "Conv2DBackpropFilter", filterGradient);
  register(tf, "DepthwiseConv2dNativeBackpropFilter", depthwiseFilterGradient);
  register(tf, "DepthwiseConv2dNativeBackpropInput", depthwiseInputGradient);
  register(tf, "UnsortedSegmentSum", segmentSum);
  // Wrong: no gradient where a window holds no positive value; the last of equal values wins; sums drift.
  register(tf, "MaxPoolGrad", maxPoolGradient);
  register(tf, "Sum", sum);
  register(tf, "Mean", mean);
  // Wrong: padding "same" where the stride is larger than the filter.
  register(tf, "Conv2D", withSamePadding(false));
  register(tf, "FusedConv2D", withSamePadding(false));
  register(tf, "DepthwiseConv2dNative", withSamePadding(true));
  register(tf, "FusedDepthwiseConv2D", withSamePadding(true));
  // Slow: plain loops on one core.
  register(tf, "Conv2DBackpropInput", inputGradient);
  register(tf, "BatchMatMul", matrixProduct);
}
