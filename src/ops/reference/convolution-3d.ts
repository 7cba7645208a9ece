/** Convolution over volumes as loops that read like the formula. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { type Conv3dOptions, planConvolution3d } from "../convolution-plan-3d.js";

/**
 * Slides a kernel through a volume, such as a scan or a short film; at each place it multiplies, adds up and adds the
 * bias:
 *
 *     y[h, i, j, m] = b[m] + Σt Σu Σv Σc  x[h·sz + t·dz − front, i·sy + u·dy − top, j·sx + v·dx − left, c]
 *                                        · k[t, u, v, c, m]
 *
 * Outside the volume x is 0, or what `paddingMode` says. This is cross-correlation; `flip: true` turns the kernel on
 * every axis first and makes it the convolution of mathematics. With `groups`, c runs over the channels of m's group.
 *
 * Source: Tran et al. 2015, "Learning spatiotemporal features with 3D convolutional networks".
 *
 * @param input D×H×W, D×H×W×Cin or N×D×H×W×Cin; N may be 0. NaN and infinities spread to every output that reads them.
 * @param kernel Kd×Kh×Kw×(Cin / groups)×Cout, or Kd×Kh×Kw for an input of one channel.
 * @returns OD×OH×OW, OD×OH×OW×Cout or N×OD×OH×OW×Cout: the input's rank, except that D×H×W gives OD×OH×OW×Cout when
 *   the kernel names its channels. OD = ⌊(D + front + back − dz(Kd − 1) − 1) / sz⌋ + 1, and OH, OW likewise.
 * @throws {ShapeError} when the channels differ or cannot be shared among the groups, or the kernel does not fit.
 * @throws {ArgumentError} for a stride, dilation, padding or bias out of range, and for an even kernel with `"same"`.
 * @example conv3d(array([[[1, 2]], [[3, 4]], [[5, 6]]]), array([[[-1]], [[1]]])) // → [[[2, 2]], [[2, 2]]]
 */
export function conv3d(
  input: FloatArray,
  kernel: FloatArray,
  options: Conv3dOptions = {},
): FloatArray {
  return correlate("conv3d", input, kernel, options);
}

/**
 * Convolution of volumes in the sense of mathematics: {@link conv3d} with the kernel turned end to end on every axis
 * (`flip: true`).
 *
 * @throws {ShapeError} and {ArgumentError} as {@link conv3d}.
 * @example convolve3d(array([[[1, 2]], [[3, 4]], [[5, 6]]]), array([[[-1]], [[1]]])) // → [[[-2, -2]], [[-2, -2]]]
 */
export function convolve3d(
  input: FloatArray,
  kernel: FloatArray,
  options: Conv3dOptions = {},
): FloatArray {
  return correlate("convolve3d", input, kernel, { ...options, flip: true });
}

function correlate(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: Conv3dOptions,
): FloatArray {
  const plan = planConvolution3d(operation, input, kernel, options);
  const { N, D, H, W, C, Kd, Kh, Kw, M, OD, OH, OW, groups, bias, flip } = plan;
  const { stride: sz, dilation: dz, sources: sliceAt } = plan.slices;
  const { stride: sy, dilation: dy, sources: rowAt } = plan.rows;
  const { stride: sx, dilation: dx, sources: columnAt } = plan.columns;
  const Cg = C / groups; // channels that one group reads
  const Mg = M / groups; // channels that it writes
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const y = new Float32Array(N * OD * OH * OW * M);

  let place = 0; // y[n, h, i, j, m], which the loops visit in order
  for (let n = 0; n < N; n++) {
    for (let h = 0; h < OD; h++) {
      for (let i = 0; i < OH; i++) {
        for (let j = 0; j < OW; j++) {
          for (let m = 0; m < M; m++) {
            const first = Math.floor(m / Mg) * Cg; // first input channel of m's group
            let sum = bias[m]!;
            for (let t = 0; t < Kd; t++) {
              const slice = sliceAt[h * sz + t * dz]!; // the slice at h·sz + t·dz − front
              if (slice < 0) continue; // in the padding: zero
              const kt = flip ? Kd - 1 - t : t;
              for (let u = 0; u < Kh; u++) {
                const row = rowAt[i * sy + u * dy]!;
                if (row < 0) continue;
                const ku = flip ? Kh - 1 - u : u;
                for (let v = 0; v < Kw; v++) {
                  const column = columnAt[j * sx + v * dx]!;
                  if (column < 0) continue;
                  const kv = flip ? Kw - 1 - v : v;
                  const voxel = (((n * D + slice) * H + row) * W + column) * C + first;
                  const weight = ((kt * Kh + ku) * Kw + kv) * Cg * M + m; // k[kt, ku, kv, 0, m]
                  for (let c = 0; c < Cg; c++) {
                    sum += x[voxel + c]! * k[weight + c * M]!;
                  }
                }
              }
            }
            y[place++] = sum;
          }
        }
      }
    }
  }
  return fromData(y, plan.shape);
}
