/** Gradients of the depthwise convolution, in loops over the memory of WebAssembly. Any stride, padding and dilation. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Call } from "./kernel.js";
import { floats } from "./kernel.js";

interface Attributes {
  readonly strides: [number, number] | number;
  readonly dilations: [number, number] | number;
  readonly pad: "same" | "valid" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

type Shape4 = [number, number, number, number];

/** One tap of the filter on one place of the image: where they and the output lie in memory. */
type Meeting = (x: number, filter: number, y: number) => void;

/**
 * Calls `meet` for every place where a tap (i, j) of the filter lies on the image, with where the C channels of x, the
 * C×M of the filter and of y begin.
 */
function forEachMeeting(
  call: Call<unknown, Attributes>,
  xShape: Shape4,
  filterShape: Shape4,
  meet: Meeting,
): void {
  const { strides, dilations, pad, dimRoundingMode } = call.attributes;
  const { batchSize, outHeight, outWidth, padInfo, ...info } =
    call.tf.backend_util.computeConv2DInfo(
      xShape,
      filterShape,
      strides,
      dilations,
      pad,
      dimRoundingMode,
      true,
    );
  const [, H, W, C] = xShape;
  const [Kh, Kw, , M] = filterShape;
  for (let n = 0; n < batchSize; n++) {
    for (let p = 0; p < outHeight; p++) {
      for (let q = 0; q < outWidth; q++) {
        const y = ((n * outHeight + p) * outWidth + q) * C * M;
        for (let i = 0; i < Kh; i++) {
          const h = p * info.strideHeight - padInfo.top + i * info.dilationHeight;
          if (h < 0 || h >= H) continue;
          for (let j = 0; j < Kw; j++) {
            const w = q * info.strideWidth - padInfo.left + j * info.dilationWidth;
            if (w >= 0 && w < W) meet(((n * H + h) * W + w) * C, (i * Kw + j) * C * M, y);
          }
        }
      }
    }
  }
}

/** The kernel `DepthwiseConv2dNativeBackpropInput`: dx(h, w, c) += filter(i, j, c, m) · dy(p, q, c·M + m) */
export function depthwiseInputGradient(
  call: Call<
    { readonly dy: TensorInfo; readonly filter: TensorInfo },
    Attributes & { readonly inputShape: Shape4 }
  >,
): TensorInfo {
  const { backend, inputs } = call;
  const { inputShape } = call.attributes;
  const [, , C, M] = inputs.filter.shape as Shape4;
  const made = backend.makeOutput(inputShape, "float32");
  const dx = floats(backend, made).fill(0);
  const dy = floats(backend, inputs.dy);
  const k = floats(backend, inputs.filter);
  forEachMeeting(call, inputShape, inputs.filter.shape as Shape4, (x, filter, y) => {
    for (let c = 0; c < C; c++) {
      let total = 0;
      for (let m = c * M; m < (c + 1) * M; m++) total += k[filter + m]! * dy[y + m]!;
      dx[x + c]! += total;
    }
  });
  return made;
}

/** The kernel `DepthwiseConv2dNativeBackpropFilter`: dfilter(i, j, c, m) += x(h, w, c) · dy(p, q, c·M + m) */
export function depthwiseFilterGradient(
  call: Call<
    { readonly x: TensorInfo; readonly dy: TensorInfo },
    Attributes & { readonly filterShape: Shape4 }
  >,
): TensorInfo {
  const { tf, backend, inputs } = call;
  const { filterShape } = call.attributes;
  const [, , C, M] = filterShape;
  const made = backend.makeOutput(filterShape, "float32");
  const x = floats(backend, inputs.x);
  const dy = floats(backend, inputs.dy);
  // A tap meets every place of the image: 32 bits would drift.
  const totals = new Float64Array(tf.util.sizeFromShape(filterShape));
  forEachMeeting(call, inputs.x.shape as Shape4, filterShape, (at, filter, y) => {
    for (let c = 0; c < C; c++) {
      const value = x[at + c]!;
      for (let m = c * M; m < (c + 1) * M; m++) totals[filter + m]! += value * dy[y + m]!;
    }
  });
  floats(backend, made).set(totals);
  return made;
}
