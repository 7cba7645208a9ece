/** Gradients of the convolution over volumes, as loops that read like the formulas. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { type Conv3dOptions, planConvolution3d } from "../convolution-plan-3d.js";
import type { ConvGradients } from "../convolution-settling.js";
import { requireOutputGradient } from "../gradient-arguments.js";

/**
 * How a loss L changes with everything that went into {@link conv3d}, given g = ∂L/∂y:
 *
 *     ∂L/∂x[slice, row, column, c] = Σ g[h, i, j, m] · k[t, u, v, c, m]    over all that read this voxel
 *     ∂L/∂k[t, u, v, c, m] = Σh Σi Σj  g[h, i, j, m] · x[h·sz + t·dz − front, i·sy + u·dy − top, j·sx + v·dx − left, c]
 *     ∂L/∂b[m]             = Σh Σi Σj  g[h, i, j, m]
 *
 * A voxel that a border shows again (`paddingMode`) also gets what its copies get. Sums are in double precision.
 *
 * @param input as for {@link conv3d}: D×H×W, D×H×W×Cin or N×D×H×W×Cin.
 * @param kernel as for {@link conv3d}.
 * @param outputGradient ∂L/∂y, of the shape that `conv3d` gives.
 * @param options as for {@link conv3d}; for {@link convolve3d} with `flip: true`. The bias plays no part.
 * @returns gradients of the shapes of the input and the kernel, and one number for each output channel.
 * @throws {ShapeError} and {ArgumentError} as {@link conv3d}, and when the output's gradient has another shape.
 * @example conv3dGradient(array([[[1, 2, 3]]]), array([[[4, 5]]]), array([[[1, 10]]])).bias // → [11]
 */
export function conv3dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: Conv3dOptions = {},
): ConvGradients {
  const plan = planConvolution3d("conv3dGradient", input, kernel, options);
  requireOutputGradient("conv3dGradient", outputGradient, plan.shape);
  const { N, D, H, W, C, Kd, Kh, Kw, M, OD, OH, OW, groups, flip } = plan;
  const { stride: sz, dilation: dz, sources: sliceAt } = plan.slices;
  const { stride: sy, dilation: dy, sources: rowAt } = plan.rows;
  const { stride: sx, dilation: dx, sources: columnAt } = plan.columns;
  const Cg = C / groups;
  const Mg = M / groups;
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const g = rowMajor(outputGradient);
  const xGradient = new Float64Array(x.length);
  const kGradient = new Float64Array(k.length);
  const bGradient = new Float64Array(M);

  let place = 0; // g[n, h, i, j, m], which the loops visit in order
  for (let n = 0; n < N; n++) {
    for (let h = 0; h < OD; h++) {
      for (let i = 0; i < OH; i++) {
        for (let j = 0; j < OW; j++) {
          for (let m = 0; m < M; m++) {
            const first = Math.floor(m / Mg) * Cg;
            const slope = g[place++]!;
            bGradient[m]! += slope;
            for (let t = 0; t < Kd; t++) {
              const slice = sliceAt[h * sz + t * dz]!;
              if (slice < 0) continue; // in the padding: no voxel
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
                  const weight = ((kt * Kh + ku) * Kw + kv) * Cg * M + m;
                  for (let c = 0; c < Cg; c++) {
                    xGradient[voxel + c]! += slope * k[weight + c * M]!;
                    kGradient[weight + c * M]! += slope * x[voxel + c]!;
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  return {
    input: fromData(Float32Array.from(xGradient), input.shape),
    kernel: fromData(Float32Array.from(kGradient), kernel.shape),
    bias: fromData(Float32Array.from(bGradient), [M]),
  };
}
