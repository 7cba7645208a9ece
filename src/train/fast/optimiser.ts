/** How weights move on tfjs, in few and large operations. */
import type { Tensor, Tf } from "../../backend/compute.js";
import { ADAM, type Method } from "../options.js";
import { type FastParameter, replace } from "./unit.js";

/** The optimiser of one network; what it remembers stays on the back end until `dispose`. */
export interface FastMover {
  /** What the slopes of the summed loss are multiplied by before they come back through the layers. */
  scale(method: Method, count: number): number;
  /** Moves every weight by its gradient, which must have come from a loss times `scale`. */
  move(tf: Tf, method: Method): void;
  dispose(): void;
}

/** A mover that remembers the last steps, from one `fit` to the next. */
export function fastMover(parameters: readonly FastParameter[]): FastMover {
  const learned = parameters.filter((parameter) => parameter.learned);
  const steps = new Map<FastParameter, Tensor>();
  const means = new Map<FastParameter, Tensor>();
  const squares = new Map<FastParameter, Tensor>();
  let count = 0;
  const remember = (
    tf: Tf,
    memory: Map<FastParameter, Tensor>,
    key: FastParameter,
    value: Tensor,
  ): void => {
    const old = memory.get(key);
    memory.set(key, tf.keep(value));
    old?.dispose();
  };
  /** d ← momentum · d + rate · slope, w ← w − d. The rate is in the slope already. */
  const descend = (tf: Tf, parameter: FastParameter, momentum: number): void => {
    const last = steps.get(parameter);
    const slope = parameter.gradient!;
    const step = last && momentum > 0 ? tf.add(tf.mul(last, momentum), slope) : slope;
    remember(tf, steps, parameter, step);
    replace(tf, parameter, tf.sub(parameter.value, step));
  };
  const adapt = (tf: Tf, parameter: FastParameter, rate: number): void => {
    const { first, second, epsilon } = ADAM;
    const slope = parameter.gradient!;
    const blend = (memory: Map<FastParameter, Tensor>, value: Tensor, kept: number): Tensor => {
      const old = memory.get(parameter);
      const fresh = tf.mul(value, 1 - kept);
      const blended = old ? tf.add(tf.mul(old, kept), fresh) : fresh;
      remember(tf, memory, parameter, blended);
      return blended;
    };
    const mean = blend(means, slope, first);
    const square = blend(squares, tf.square(slope), second);
    const root = tf.add(tf.sqrt(tf.div(square, 1 - second ** count)), epsilon);
    const step = tf.div(tf.mul(mean, rate / (1 - first ** count)), root);
    replace(tf, parameter, tf.sub(parameter.value, step));
  };
  return {
    scale: (method, pictures) => (method.method === "sgd" ? method.rate : 1) / pictures,
    move(tf, method) {
      if (method.method === "adam") count++;
      for (const parameter of learned) {
        if (parameter.gradient === undefined) continue;
        if (method.method === "adam") adapt(tf, parameter, method.rate);
        else descend(tf, parameter, method.momentum);
      }
    },
    dispose() {
      for (const memory of [steps, means, squares]) {
        for (const tensor of memory.values()) tensor.dispose();
        memory.clear();
      }
    },
  };
}
