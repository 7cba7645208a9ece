/**
 * Every operation on tfjs, with the arguments, results and errors of the reference. They answer at once (no promise)
 * after one `await useBackend()`; before it they say that it is missing.
 */
export { leakyRelu, logSoftmax, relu, sigmoid, softmax, tanh } from "./activation.js";
export {
  leakyReluGradient,
  logSoftmaxGradient,
  reluGradient,
  sigmoidGradient,
  softmaxGradient,
  tanhGradient,
} from "./activation-gradient.js";
export { conv2d, convolve2d } from "./convolution.js";
export { pad } from "./padding.js";
export { avgPool, maxPool, maxPoolWithIndices } from "./pooling.js";
export {
  globalAvgPool,
  globalAvgPoolGradient,
  globalMaxPool,
  globalMaxPoolGradient,
} from "./pooling-global.js";
export { avgPoolGradient, maxPoolGradient } from "./pooling-gradient.js";
