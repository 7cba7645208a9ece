/** The rectifier. */
import { type LayerPlan, weightless } from "../layer.js";

/** max(0, x) for each value; the slope passes only where x > 0. */
export function relu(): LayerPlan {
  return (inputShape) => {
    let output = new Float32Array(0);
    return weightless(
      inputShape,
      (input) => {
        output = input.map((x) => Math.max(0, x)) as Float32Array<ArrayBuffer>;
        return output;
      },
      (outputGradient) => outputGradient.map((g, i) => (output[i]! > 0 ? g : 0)),
    );
  };
}
