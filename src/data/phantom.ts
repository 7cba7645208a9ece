import { type FloatArray, fromData } from "../array.js";
import { ArgumentError } from "../errors.js";

/** One ellipsoid: what it adds inside, its half axes and centre across, up and along, and its turn in degrees. */
interface Ellipsoid {
  readonly adds: number;
  readonly axes: readonly [number, number, number];
  readonly centre: readonly [number, number, number];
  readonly turn: number;
}

const ellipsoid = (
  adds: number,
  axes: Ellipsoid["axes"],
  centre: Ellipsoid["centre"],
  turn = 0,
): Ellipsoid => ({ adds, axes, centre, turn });

/** Skull, brain, two ventricles and six tumours, in a head that reaches from −1 to 1. */
const HEAD: readonly Ellipsoid[] = [
  ellipsoid(1, [0.69, 0.92, 0.81], [0, 0, 0]),
  ellipsoid(-0.8, [0.6624, 0.874, 0.78], [0, -0.0184, 0]),
  ellipsoid(-0.2, [0.11, 0.31, 0.22], [0.22, 0, 0], -18),
  ellipsoid(-0.2, [0.16, 0.41, 0.28], [-0.22, 0, 0], 18),
  ellipsoid(0.1, [0.21, 0.25, 0.41], [0, 0.35, -0.15]),
  ellipsoid(0.1, [0.046, 0.046, 0.05], [0, 0.1, 0.25]),
  ellipsoid(0.1, [0.046, 0.046, 0.05], [0, -0.1, 0.25]),
  ellipsoid(0.1, [0.046, 0.023, 0.05], [-0.08, -0.605, 0]),
  ellipsoid(0.1, [0.023, 0.023, 0.02], [0, -0.606, 0]),
  ellipsoid(0.1, [0.023, 0.046, 0.02], [0.06, -0.605, 0]),
];

/** The largest volume, so that a slip of the finger does not fill the memory: 256³ floats are 67 MB. */
const MAX_SIZE = 256;

/**
 * A head as a scanner sees it, slice upon slice: the Shepp–Logan phantom in three dimensions. Ten ellipsoids stand for
 * skull, brain, ventricles and tumours; each voxel is the sum of those that its centre lies in. Made by a formula, so
 * it is nobody's head.
 *
 * Shepp and Logan, "The Fourier Reconstruction of a Head Section" (1974); the third axis from Kak and Slaney,
 * "Principles of Computerized Tomographic Imaging" (1988); with the higher contrast of Toft, "The Radon Transform"
 * (1996), so that the tumours are seen.
 *
 * @param size slices, rows and columns, 8 to 256
 * @returns D×H×W, 0 (air) to 1 (skull): `pick(i)` is one slice, from the lowest to the highest
 * @throws {ArgumentError} when the size is not a whole number from 8 to 256.
 * @example
 * const head = data.phantom(32);
 * head.shape // → [32, 32, 32]
 * head.pick(16).get(1, 16) // → 1
 */
export function phantom(size = 64): FloatArray {
  if (!Number.isInteger(size) || size < 8 || size > MAX_SIZE) {
    throw new ArgumentError(
      `The phantom has 8 to ${MAX_SIZE} slices, rows and columns; got ${String(size)}.`,
    );
  }
  const data = new Float32Array(size ** 3);
  const at = (i: number): number => (2 * i + 1) / size - 1; // a voxel's centre, −1 to 1
  for (const { adds, axes, centre, turn } of HEAD) {
    const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
    for (let d = 0; d < size; d++) {
      const w = (at(d) - centre[2]) / axes[2];
      if (Math.abs(w) > 1) continue;
      for (let row = 0; row < size; row++) {
        const y = -at(row) - centre[1]; // rows count downwards
        for (let column = 0; column < size; column++) {
          const x = at(column) - centre[0];
          const u = (x * cos + y * sin) / axes[0];
          const v = (y * cos - x * sin) / axes[1];
          if (u * u + v * v + w * w <= 1) data[(d * size + row) * size + column]! += adds;
        }
      }
    }
  }
  // Sums such as 1 − 0.8 − 0.2 leave a rounding error where there is nothing.
  for (let i = 0; i < data.length; i++) data[i] = Math.round(data[i]! * 10) / 10;
  return fromData(data, [size, size, size]);
}
