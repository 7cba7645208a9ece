/** Every operation as loops over typed arrays: the versions to read. They need no back end. */
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
export { avgPool, type MaxPooled, maxPool, maxPoolWithIndices } from "./pooling.js";
export {
  globalAvgPool,
  globalAvgPoolGradient,
  globalMaxPool,
  globalMaxPoolGradient,
} from "./pooling-global.js";
export { avgPoolGradient, maxPoolGradient } from "./pooling-gradient.js";
