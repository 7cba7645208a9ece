/** Padding on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute } from "../../backend/compute.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { EndPadding, SidePadding, VolumePadding } from "../options.js";
import {
  type PaddedAxis,
  type PadMode,
  planPadding,
  planPadding1d,
  planPadding3d,
} from "../padding-plan.js";
import { withBorder, withoutBorder } from "./border.js";

/** What paddings in all spaces settle. */
interface AnyPlan {
  readonly N: number;
  readonly C: number;
  readonly axes: readonly PaddedAxis[];
  readonly shape: number[];
}

function addBorder(x: FloatArray, { N, C, axes, shape }: AnyPlan, mode: PadMode): FloatArray {
  const inside = axes.map(({ before, after, sources }) => sources.length - before - after);
  return compute(shape, (tf) =>
    withBorder(tf, tf.tensor(rowMajor(x), [N, ...inside, C]), axes, mode),
  );
}

function takeBorder(
  operation: string,
  x: FloatArray,
  outputGradient: FloatArray,
  { N, C, axes, shape }: AnyPlan,
  mode: PadMode,
): FloatArray {
  requireOutputGradient(operation, outputGradient, shape);
  const outside = axes.map(({ sources }) => sources.length);
  return compute(x.shape, (tf) =>
    withoutBorder(tf, tf.tensor(rowMajor(outputGradient), [N, ...outside, C]), axes, mode),
  );
}

/**
 * {@link reference.pad} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.pad(array([[1, 2, 3]]), [0, 2], "reflect") // → [[3, 2, 1, 2, 3, 2, 1]]
 */
export function pad(x: FloatArray, padding: SidePadding, mode: PadMode = "zero"): FloatArray {
  return addBorder(x, planPadding(x, padding, mode), mode);
}

/**
 * {@link reference.padGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.padGradient(array([[1, 2]]), [0, 1], array([[1, 10, 100, 1000]]), "replicate") // → [[11, 1100]]
 */
export function padGradient(
  x: FloatArray,
  padding: SidePadding,
  outputGradient: FloatArray,
  mode: PadMode = "zero",
): FloatArray {
  const plan = planPadding(x, padding, mode, "padGradient");
  return takeBorder("padGradient", x, outputGradient, plan, mode);
}

/**
 * {@link reference.pad1d} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.pad1d(array([1, 2, 3]), [1, 2], "circular") // → [3, 1, 2, 3, 1, 2]
 */
export function pad1d(x: FloatArray, padding: EndPadding, mode: PadMode = "zero"): FloatArray {
  return addBorder(x, planPadding1d("pad1d", x, padding, mode), mode);
}

/**
 * {@link reference.pad1dGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.pad1dGradient(array([1, 2, 3]), 1, array([1, 1, 1, 1, 1]), "reflect") // → [1, 3, 1]
 */
export function pad1dGradient(
  x: FloatArray,
  padding: EndPadding,
  outputGradient: FloatArray,
  mode: PadMode = "zero",
): FloatArray {
  const plan = planPadding1d("pad1dGradient", x, padding, mode);
  return takeBorder("pad1dGradient", x, outputGradient, plan, mode);
}

/**
 * {@link reference.pad3d} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.pad3d(array([[[7]]]), { front: 1, right: 2 }) // → [[[0, 0, 0]], [[7, 0, 0]]]
 */
export function pad3d(x: FloatArray, padding: VolumePadding, mode: PadMode = "zero"): FloatArray {
  return addBorder(x, planPadding3d("pad3d", x, padding, mode), mode);
}

/**
 * {@link reference.pad3dGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.pad3dGradient(array([[[7]]]), { back: 1 }, array([[[2]], [[3]]]), "replicate") // → [[[5]]]
 */
export function pad3dGradient(
  x: FloatArray,
  padding: VolumePadding,
  outputGradient: FloatArray,
  mode: PadMode = "zero",
): FloatArray {
  const plan = planPadding3d("pad3dGradient", x, padding, mode);
  return takeBorder("pad3dGradient", x, outputGradient, plan, mode);
}
