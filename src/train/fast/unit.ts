/** Layers with their weights as tensors. The tensors stay on the back end between calls. */
import type { Tensor, Tf } from "../../backend/compute.js";
import type { LayerSpec } from "../../network/layers.js";
import { layerNames } from "../../network/names.js";
import { outputShape } from "../../network/shapes.js";
import { countOf } from "../layer.js";
import { dropoutSource } from "../layers/dropout.js";
import { fillFirst, type ParameterPlan, parametersOf, type Start } from "../parameters.js";
import type { RandomSource } from "../random-source.js";

/** One array of a layer on the back end. */
export interface FastParameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly learned: boolean;
  /** Kept until it is replaced. */
  value: Tensor;
  /** Of the batch that was computed last; freed at the end of the step. */
  gradient?: Tensor;
}

/** A layer as a description with its arrays. */
export interface Unit {
  readonly spec: LayerSpec;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly parameters: readonly FastParameter[];
  /** The branches of a residual block. */
  readonly inner: readonly Unit[];
  readonly shortcut: readonly Unit[];
  /** Of dropout. */
  readonly random?: RandomSource;
}

/** Gives the first values of an array: asked in the order in which loops are filled. */
export type FirstValues = (plan: ParameterPlan) => Tensor;

/** The numbers that loops of the same seed begin with. */
export function randomValues(tf: Tf, start: Start, random: RandomSource): FirstValues {
  return (plan) => {
    const values = new Float32Array(countOf(plan.shape));
    fillFirst(values, plan, start, random);
    return tf.tensor(values, [...plan.shape]);
  };
}

/** Makes the layers' arrays. */
export function makeUnits(
  tf: Tf,
  specs: readonly LayerSpec[],
  inputShape: readonly number[],
  first: FirstValues,
  random: RandomSource,
): Unit[] {
  let shape = inputShape;
  return specs.map((spec, i) => {
    const own = shape;
    shape = outputShape(spec, own, i + 1);
    const inner = spec.kind === "residual" ? spec.layers : [];
    const shortcut = spec.kind === "residual" ? (spec.shortcut ?? []) : [];
    return {
      spec,
      inputShape: own,
      outputShape: shape,
      parameters: parametersOf(spec, own).map((plan) => ({
        name: plan.name,
        shape: plan.shape,
        learned: plan.learned,
        value: tf.keep(first(plan)),
      })),
      inner: makeUnits(tf, inner, own, first, random),
      shortcut: makeUnits(tf, shortcut, own, first, random),
      ...(spec.kind === "dropout" ? { random: dropoutSource(random) } : {}),
    };
  });
}

/** An array with the name that the whole network knows it by. */
export interface NamedParameter {
  readonly name: string;
  readonly parameter: FastParameter;
}

/** All arrays in the order of the loops' `weights()`. */
export function parametersUnder(units: readonly Unit[], prefix = ""): NamedParameter[] {
  const names = layerNames(units.map(({ spec }) => spec));
  return units.flatMap((unit, i) => {
    const own = `${prefix}${names[i]}.`;
    return [
      ...unit.parameters.map((parameter) => ({ name: `${own}${parameter.name}`, parameter })),
      ...parametersUnder(unit.inner, own),
      ...parametersUnder(unit.shortcut, `${own}shortcut.`),
    ];
  });
}

/** Puts another tensor in a parameter's place: first the new one, so that an interrupt leaves one of the two. */
export function replace(tf: Tf, parameter: FastParameter, value: Tensor): void {
  const old = parameter.value;
  parameter.value = tf.keep(value);
  old.dispose();
}
