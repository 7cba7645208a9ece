/** dL/dx of max pooling: every window's gradient goes to the first place that holds its maximum. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Call } from "./kernel.js";
import { floats } from "./kernel.js";

interface Inputs {
  readonly dy: TensorInfo;
  readonly input: TensorInfo;
}

interface Attributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: "same" | "valid" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** The kernel `MaxPoolGrad`. Of several NaNs the last wins, as everywhere in this library. */
export function maxPoolGradient(call: Call<Inputs, Attributes>): TensorInfo {
  const { tf, backend, inputs, attributes } = call;
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  const [N, H, W, C] = inputs.input.shape as [number, number, number, number];
  const shape: [number, number, number, number] = [N, H, W, C];
  const { outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth, padInfo } =
    tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const made = backend.makeOutput(shape, "float32");
  const x = floats(backend, inputs.input);
  const dy = floats(backend, inputs.dy);
  const dx = floats(backend, made).fill(0);
  const best = new Float32Array(C);
  const place = new Int32Array(C);
  let out = 0;
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < outHeight; i++) {
      const top = i * strideHeight - padInfo.top;
      for (let j = 0; j < outWidth; j++) {
        const left = j * strideWidth - padInfo.left;
        place.fill(-1);
        for (let h = Math.max(0, top); h < Math.min(H, top + filterHeight); h++) {
          for (let w = Math.max(0, left); w < Math.min(W, left + filterWidth); w++) {
            let at = ((n * H + h) * W + w) * C;
            for (let c = 0; c < C; c++, at++) {
              const value = x[at]!;
              if (value > best[c]! || place[c]! < 0 || Number.isNaN(value)) {
                best[c] = value;
                place[c] = at;
              }
            }
          }
        }
        for (let c = 0; c < C; c++, out++) if (place[c]! >= 0) dx[place[c]!]! += dy[out]!;
      }
    }
  }
  return made;
}
