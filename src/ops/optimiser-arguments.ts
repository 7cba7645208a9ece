/** What the steps of optimisers refuse, the same for the reference and the fast version. */

import { type FloatArray, shapeText } from "../array.js";
import { sameShape } from "../array-measures.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { type Known, requireOptions } from "./known-options.js";
import { requireArray } from "./layout.js";

/** Options of {@link sgdStep}. */
export interface SgdOptions {
  /** How far the weights move along the velocity: 0 or more. */
  readonly rate: number;
  /** The share of the last velocity that is kept, from 0 to below 1 (default 0). */
  readonly momentum?: number;
  /** Whether the step looks ahead along the new velocity (Nesterov; default `false`). Needs a momentum. */
  readonly nesterov?: boolean;
  /** λ of the penalty λ/2·w² whose slope λ·w is added to the gradient: 0 or more (default 0). */
  readonly weightDecay?: number;
}

/** Options of {@link adamStep}. */
export interface AdamOptions {
  /** α, how far a weight moves at most, roughly: 0 or more (default 0.001). */
  readonly rate?: number;
  /** β₁, how much of the mean slope is kept, from 0 to below 1 (default 0.9). */
  readonly beta1?: number;
  /** β₂, how much of the mean squared slope is kept, from 0 to below 1 (default 0.999). */
  readonly beta2?: number;
  /** ε, which keeps the division finite: above 0 (default 1e-8). */
  readonly epsilon?: number;
}

const knownSgd: Known<SgdOptions> = {
  rate: true,
  momentum: true,
  nesterov: true,
  weightDecay: true,
};
const knownAdam: Known<AdamOptions> = { rate: true, beta1: true, beta2: true, epsilon: true };

/** What {@link adamStep} remembers between steps. */
export interface AdamState {
  /** Steps made so far. */
  readonly steps: number;
  /** m, the running mean of the slopes. */
  readonly mean: FloatArray;
  /** v, the running mean of the squared slopes. */
  readonly square: FloatArray;
}

/** The options of SGD, settled. */
export function settleSgd(options: SgdOptions = {} as SgdOptions): Required<SgdOptions> {
  requireOptions("sgdStep", options, knownSgd);
  const { rate, momentum = 0, nesterov = false, weightDecay = 0 } = options;
  atLeastZero("sgdStep", "rate", rate);
  share("sgdStep", "momentum", momentum);
  atLeastZero("sgdStep", "weightDecay", weightDecay);
  if (typeof nesterov !== "boolean") {
    throw new ArgumentError(`sgdStep: nesterov is true or false; got ${cameText(nesterov)}.`);
  }
  if (nesterov && momentum === 0) {
    throw new ArgumentError(
      "sgdStep: nesterov looks ahead along the momentum, so it needs a momentum above 0.",
    );
  }
  return { rate, momentum, nesterov, weightDecay };
}

/** The options of Adam, settled. */
export function settleAdam(options: AdamOptions): Required<AdamOptions> {
  requireOptions("adamStep", options, knownAdam);
  const { rate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  atLeastZero("adamStep", "rate", rate);
  share("adamStep", "beta1", beta1);
  share("adamStep", "beta2", beta2);
  if (typeof epsilon !== "number" || !(epsilon > 0 && epsilon < Number.POSITIVE_INFINITY)) {
    throw new ArgumentError(`adamStep: epsilon is a number above 0; got ${String(epsilon)}.`);
  }
  return { rate, beta1, beta2, epsilon };
}

function atLeastZero(operation: string, name: string, value: unknown): void {
  if (typeof value !== "number" || !(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new ArgumentError(
      `${operation}: the ${name} is a number of 0 or more; got ${String(value)}.`,
    );
  }
}

function share(operation: string, name: string, value: unknown): void {
  if (typeof value !== "number" || !(value >= 0 && value < 1)) {
    throw new ArgumentError(
      `${operation}: ${name} is a share from 0 to below 1; got ${String(value)}.`,
    );
  }
}

/**
 * Refuses arrays that do not have the weights' shape.
 *
 * @throws {ShapeError} naming the first that differs.
 */
export function requireWeightsShape(
  operation: string,
  weights: FloatArray,
  others: Readonly<Record<string, FloatArray>>,
): void {
  requireArray(weights, operation, "weights");
  for (const [what, other] of Object.entries(others)) {
    requireArray(other, operation, what);
    if (!sameShape(weights, other)) {
      throw new ShapeError(
        `${operation}: the ${what} has one number for each weight, ${shapeText(weights.shape)}; got ${shapeText(other.shape)}.`,
      );
    }
  }
}

/**
 * Refuses what no {@link adamStep} gave.
 *
 * @throws {ArgumentError} when the number of steps is missing.
 */
export function requireAdamState(state: AdamState | undefined): void {
  if (state !== undefined && !(Number.isInteger(state?.steps) && state.steps >= 0)) {
    throw new ArgumentError(
      "adamStep: the state is undefined for the first step, then what the last step gave as state.",
    );
  }
}
