/** Sums of the rows that go to the same segment: the gradient of `gather`. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Call } from "./kernel.js";

interface Inputs {
  readonly x: TensorInfo;
  readonly segmentIds: TensorInfo;
}

/** The kernel `UnsortedSegmentSum`: y(s) = Σ of x(i) over all i whose id is s. Other ids are left out. */
export function segmentSum(call: Call<Inputs, { readonly numSegments: number }>): TensorInfo {
  const { tf, backend, inputs, attributes } = call;
  const { x, segmentIds } = inputs;
  const { numSegments } = attributes;
  const row = x.shape.slice(segmentIds.shape.length);
  const length = tf.util.sizeFromShape(row);
  const made = backend.makeOutput([numSegments, ...row], x.dtype);
  const values = backend.typedArrayFromHeap(x);
  const ids = backend.typedArrayFromHeap(segmentIds);
  const y = backend.typedArrayFromHeap(made).fill(0);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (id < 0 || id >= numSegments) continue;
    for (let k = 0; k < length; k++) y[id * length + k]! += values[i * length + k]!;
  }
  return made;
}
