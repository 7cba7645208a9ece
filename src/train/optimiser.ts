/** How weights move, in loops: along the slope with momentum, or as Adam has it. */
import type { Parameter } from "./layer.js";
import { ADAM, type Method } from "./options.js";

/** Moves every weight downhill, given slopes that were added up over `count` pictures, and clears the slopes. */
export type Mover = (method: Method, count: number) => void;

/** A mover that remembers the last steps, from one `fit` to the next. */
export function mover(parameters: readonly Parameter[]): Mover {
  const learned = parameters.filter(
    (parameter): parameter is Required<Parameter> => parameter.gradient !== undefined,
  );
  const memory = (): Float32Array[] => learned.map(({ values }) => new Float32Array(values.length));
  const velocities = memory();
  let means: Float32Array[] | undefined;
  let squares: Float32Array[] = [];
  let steps = 0;
  return (method, count) => {
    if (method.method === "sgd") {
      learned.forEach((parameter, p) => {
        descend(parameter, velocities[p]!, method.rate / count, method.momentum);
      });
    } else {
      if (means === undefined) [means, squares] = [memory(), memory()];
      steps++;
      learned.forEach((parameter, p) => {
        adapt(parameter, means![p]!, squares[p]!, method.rate, count, steps);
      });
    }
    for (const { gradient } of learned) gradient.fill(0);
  };
}

/** v ← momentum · v − rate · slope, w ← w + v. */
function descend(
  { values, gradient }: Required<Parameter>,
  velocity: Float32Array,
  rate: number,
  momentum: number,
): void {
  for (let i = 0; i < values.length; i++) {
    velocity[i] = momentum * velocity[i]! - rate * gradient[i]!;
    values[i]! += velocity[i]!;
  }
}

/** Adam: the mean slope over the root of the mean square, both without the pull of their start at 0. */
function adapt(
  { values, gradient }: Required<Parameter>,
  mean: Float32Array,
  square: Float32Array,
  rate: number,
  count: number,
  steps: number,
): void {
  const { first, second, epsilon } = ADAM;
  const pace = rate / (1 - first ** steps);
  const share = 1 - second ** steps;
  for (let i = 0; i < values.length; i++) {
    const slope = gradient[i]! / count;
    mean[i] = first * mean[i]! + (1 - first) * slope;
    square[i] = second * square[i]! + (1 - second) * slope * slope;
    values[i]! -= (pace * mean[i]!) / (Math.sqrt(square[i]! / share) + epsilon);
  }
}
