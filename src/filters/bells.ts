/** Kernels made of the Gaussian bell: the bell itself, its Laplacian, and waves under it. */
import { type FloatArray, fromData, fromFunction, rowMajor } from "../array.js";
import { sum } from "../array-measures.js";
import { ArgumentError } from "../errors.js";
import { checkAboveZero, checkSide } from "./kernel-arguments.js";

const IN_PIXELS = ", in pixels";

/** The longest bell along one axis, for {@link gaussian1d}. */
const LONGEST = 99_999;

/**
 * The Gaussian bell, exp(−(x² + y²) / 2σ²), taken at the pixel centres and scaled to add up to 1. It is the product
 * of two bells of one dimension ({@link gaussian1d}). A very small σ leaves the picture as it is, a very large one
 * with a given size becomes the {@link box}.
 *
 * @param sigma standard deviation in pixels
 * @param size side of the kernel; when left out, wide enough for 3σ on both sides
 * @throws {ArgumentError} when sigma is not above 0, the side is not a whole number, or the kernel would be larger
 *   than 999×999.
 * @example filters.gaussian(1).shape // → [7, 7]
 */
export function gaussian(sigma: number, size?: number): FloatArray {
  checkAboveZero("gaussian", "σ", sigma, IN_PIXELS);
  const side = size ?? reach(sigma, 3);
  if (size === undefined && side > 999) {
    throw new ArgumentError(
      `gaussian: σ = ${sigma} needs a kernel of ${side}×${side}, and the largest is 999×999. Blur with spatiallySeparableConv2d(picture, g, g), where g = filters.gaussian1d(${sigma}).`,
    );
  }
  checkSide("gaussian", side);
  const bell = bellOf(sigma, side);
  return fromFunction([side, side], (y, x) => bell[y!]! * bell[x!]!);
}

/**
 * The Gaussian bell along one axis, exp(−x² / 2σ²) scaled to add up to 1: column and row for
 * {@link spatiallySeparableConv2d}, which blurs with 2n products a pixel where {@link gaussian} takes n².
 *
 * @param sigma standard deviation in pixels
 * @param size how many numbers; when left out, enough for 3σ on both sides
 * @returns `size` numbers
 * @throws {ArgumentError} when sigma is not above 0, or the size is not a whole number from 1 to 99,999.
 * @example filters.gaussian1d(1, 3) // → [0.274069, 0.451863, 0.274069]
 */
export function gaussian1d(sigma: number, size?: number): FloatArray {
  checkAboveZero("gaussian1d", "σ", sigma, IN_PIXELS);
  const side = size ?? reach(sigma, 3);
  checkSide("gaussian1d", side, LONGEST);
  return fromData(Float32Array.from(bellOf(sigma, side)), [side]);
}

/** An odd number of pixels that goes so many σ to both sides. */
function reach(sigma: number, sigmas: number): number {
  return 2 * Math.ceil(sigmas * sigma) + 1;
}

/** Weights in double precision that add up to 1. */
function bellOf(sigma: number, side: number): Float64Array {
  const centre = (side - 1) / 2;
  const nearest = side % 2 === 0 ? 0.5 : 0;
  // Measured from the pixel nearest to the centre: of a σ so small that every e^… is 0, that one stays.
  const bell = Float64Array.from({ length: side }, (_, x) => {
    const far = Math.abs(x - centre);
    if (far === nearest) return 1;
    return Math.exp((-(far - nearest) / sigma) * ((far + nearest) / sigma) * 0.5);
  });
  const total = bell.reduce((all, weight) => all + weight, 0);
  return bell.map((weight) => weight / total);
}

/**
 * The Laplacian of a Gaussian: it smooths with σ and adds up the second derivatives, so that edges stand where its
 * result passes through 0 (Marr and Hildreth, 1980):
 *
 *     k[y, x] = g[y, x] · (x² + y² − 2σ²) / σ⁴, less its mean
 *
 * with g the {@link gaussian} of the same size. Its numbers add up to 0, its middle is negative, as in {@link laplacian}.
 *
 * @param sigma standard deviation in pixels, 0.1 or more; below 0.5 few pixels are left to tell it from the Laplacian
 * @param size side of the kernel; when left out, wide enough for 4σ on both sides
 * @throws {ArgumentError} when sigma is below 0.1, or the side is not a whole number from 1 to 999.
 * @example filters.laplacianOfGaussian(0.5, 5).get(2, 2) // → -4.904765
 */
export function laplacianOfGaussian(sigma: number, size?: number): FloatArray {
  if (!(sigma >= 0.1 && Number.isFinite(sigma))) {
    throw new ArgumentError(
      `laplacianOfGaussian: σ is a number of 0.1 or more, in pixels; got ${sigma}.`,
    );
  }
  const side = size ?? reach(sigma, 4);
  checkSide("laplacianOfGaussian", side);
  const bell = bellOf(sigma, side);
  const centre = (side - 1) / 2;
  const kernel = fromFunction([side, side], (y, x) => {
    const squares = (x! - centre) ** 2 + (y! - centre) ** 2;
    return (bell[y!]! * bell[x!]! * (squares - 2 * sigma ** 2)) / sigma ** 4;
  });
  const mean = sum(kernel) / (side * side);
  return fromData(
    rowMajor(kernel).map((value) => value - mean),
    [side, side],
  );
}

/** What {@link gabor} takes; lengths in pixels, angles in radians. */
export interface GaborOptions {
  /** Length of a wave. */
  readonly wavelength: number;
  /** Where the wave runs to: 0 to the right (stripes stand upright), π/2 downward (default 0). */
  readonly orientation?: number;
  /** Width of the bell along the wave (default 0.56 wavelengths: one octave of frequencies). */
  readonly sigma?: number;
  /** The bell's width along the wave as a share of that along the stripes (default 0.5: stripes twice as long). */
  readonly aspect?: number;
  /** Where in the wave the middle is: 0 (default) for a bright stripe, π/2 for an edge. */
  readonly phase?: number;
  /** Side of the kernel; when left out, wide enough for 3σ in every direction. */
  readonly size?: number;
}

/**
 * A wave under a bell: answers to stripes and edges of one width and one direction, as simple cells of the visual
 * cortex do and as the first layers of trained networks come to do (Daugman, 1985):
 *
 *     k[y, x] = exp(−(x′² + γ²y′²) / 2σ²) · cos(2πx′/λ + ψ),   x′ = x·cos θ + y·sin θ,   y′ = −x·sin θ + y·cos θ
 *
 * with λ the wavelength, θ the orientation, γ the aspect, ψ the phase, x to the right and y downward from the middle.
 *
 * @throws {ArgumentError} when a length or the aspect is not above 0, an angle is no number, or the side is not a
 *   whole number from 1 to 999.
 * @example filters.gabor({ wavelength: 4, size: 5 }).get(2, 2) // → 1
 */
export function gabor(options: GaborOptions): FloatArray {
  const { wavelength, orientation = 0, phase = 0, aspect = 0.5 } = options ?? {};
  checkAboveZero("gabor", "the wavelength", wavelength, IN_PIXELS);
  const sigma = options.sigma ?? 0.56 * wavelength;
  checkAboveZero("gabor", "σ", sigma, IN_PIXELS);
  checkAboveZero("gabor", "the aspect", aspect);
  for (const [name, angle] of Object.entries({ orientation, phase })) {
    if (!Number.isFinite(angle)) {
      throw new ArgumentError(`gabor: the ${name} is an angle in radians; got ${angle}.`);
    }
  }
  const side = options.size ?? reach(sigma * Math.max(1, 1 / aspect), 3);
  checkSide("gabor", side);
  const centre = (side - 1) / 2;
  const [cosine, sine] = [Math.cos(orientation), Math.sin(orientation)];
  return fromFunction([side, side], (row, column) => {
    const [x, y] = [column! - centre, row! - centre];
    const along = x * cosine + y * sine;
    const across = y * cosine - x * sine;
    const bell = Math.exp(-(along ** 2 + (aspect * across) ** 2) / (2 * sigma ** 2));
    return bell * Math.cos((2 * Math.PI * along) / wavelength + phase);
  });
}
