/** The engine on tfjs: weights stay on the back end, batches go there and answers come back. */
import { fromData } from "../../array.js";
import { values as numbersOf, type Tensor, type Tf, withTensors } from "../../backend/compute.js";
import { type BatchTargets, type Engine, scoreLayers } from "../engine.js";
import { countOf } from "../layer.js";
import { batchLoss } from "../loss.js";
import { matchWeights } from "../weights.js";
import { compile } from "./compile.js";
import { type FastLayer, fastBackward, fastForward } from "./layer.js";
import { fastMover } from "./optimiser.js";
import { parametersUnder, replace, type Unit } from "./unit.js";

/** An engine that must be disposed. */
export interface FastEngine extends Engine {
  readonly units: readonly Unit[];
  dispose(): void;
}

/** The engine of some units. */
export function fastEngine(
  tf: Tf,
  inputShape: readonly number[],
  units: readonly Unit[],
): FastEngine {
  const specs = units.map(({ spec }) => spec);
  const named = parametersUnder(units);
  const learned = named.filter(({ parameter }) => parameter.learned);
  const mover = fastMover(named.map(({ parameter }) => parameter));
  const programs = new Map<string, FastLayer[]>();
  let disposed = false;

  const requireWeights = (): void => {
    if (disposed) {
      throw new Error("This network was disposed: its weights are gone. Build it again.");
    }
  };
  const program = (from: number, to: number): FastLayer[] => {
    requireWeights();
    const key = `${from}-${to}`;
    const known = programs.get(key) ?? compile(units.slice(from, to));
    programs.set(key, known);
    return known;
  };
  const shapeBehind = (layer: number): readonly number[] =>
    layer === 0 ? inputShape : units[layer - 1]!.outputShape;
  const batchTensor = (batch: Float32Array, count: number, layer: number): Tensor =>
    tf.tensor(batch, [count, ...shapeBehind(layer)]);
  /** Runs `f` in a tidy and gives the values of its tensor. */
  const values = (f: () => Tensor): Float32Array => {
    const result = withTensors(f);
    try {
      return numbersOf(tf, result);
    } finally {
      result.dispose();
    }
  };
  /** Forward, loss, backward: sets the parameters' gradients, times `scale`. Inside a tidy. */
  const slopes = (
    batch: Float32Array,
    count: number,
    targets: BatchTargets,
    scale: number,
  ): number => {
    const to = "labels" in targets ? scoreLayers({ specs }) : specs.length;
    const layers = program(0, to);
    const outputs = fastForward(tf, layers, batchTensor(batch, count, 0), true, true);
    // A few numbers: the loss and its slope are those of the loops.
    const { total, gradient } = batchLoss(outputs.dataSync<"float32">(), count, targets);
    for (let i = 0; i < gradient.length; i++) gradient[i]! *= scale;
    fastBackward(tf, layers, tf.tensor(gradient, outputs.shape), {
      input: false,
      weights: true,
    });
    return total;
  };
  const forget = (): void => {
    for (const { parameter } of learned) parameter.gradient = undefined;
  };

  return {
    inputShape,
    specs,
    get units() {
      requireWeights();
      return units;
    },
    shapes: units.map(({ outputShape }) => outputShape),
    weightCount: learned.reduce((sum, { parameter }) => sum + countOf(parameter.shape), 0),
    run: (batch, count, from, to) =>
      from === to
        ? batch
        : values(() => {
            const layers = program(from, to);
            return fastForward(tf, layers, batchTensor(batch, count, from), false, false);
          }),
    pull(batch, count, from, to, outputGradient) {
      if (from === to) return outputGradient;
      const slope = values(() => {
        const layers = program(from, to);
        fastForward(tf, layers, batchTensor(batch, count, from), false, true);
        const given = batchTensor(outputGradient, count, to);
        return fastBackward(tf, layers, given, { input: true, weights: false })!;
      });
      return slope;
    },
    learn(batch, count, targets, method) {
      let total = 0;
      withTensors(() => {
        total = slopes(batch, count, targets, mover.scale(method, count));
        mover.move(tf, method);
        return [];
      });
      forget();
      return total;
    },
    slopes(batch, count, targets) {
      requireWeights();
      const kept = named
        .filter(({ parameter }) => !parameter.learned)
        .map(({ parameter }) => ({ parameter, value: tf.clone(parameter.value) }));
      let total = 0;
      const gradients = withTensors(() => {
        total = slopes(batch, count, targets, 1 / count);
        return learned.map(({ parameter }) => parameter.gradient!);
      });
      forget();
      for (const { parameter, value } of kept) replace(tf, parameter, value);
      return {
        total,
        gradients: learned.map(({ name, parameter }, i) => {
          const data = numbersOf(tf, gradients[i]!);
          gradients[i]!.dispose();
          return { name, values: fromData(data, parameter.shape) };
        }),
      };
    },
    weights() {
      requireWeights();
      return named.map(({ name, parameter }) => ({
        name,
        values: fromData(numbersOf(tf, parameter.value), parameter.shape),
      }));
    },
    setWeights(arrays) {
      requireWeights();
      const wanted = named.map(({ name, parameter }) => ({ name, shape: parameter.shape }));
      matchWeights(wanted, arrays, (i, data) => {
        const { parameter } = named[i]!;
        replace(tf, parameter, tf.tensor(data.slice(), [...parameter.shape]));
      });
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      for (const { parameter } of named) parameter.value.dispose();
      mover.dispose();
    },
  };
}
