/**
 * Every operation on tfjs, with the arguments, results and errors of the reference. They answer at once (no promise)
 * after one `await useBackend()`; before it they say that it is missing.
 */
export { leakyRelu, relu, sigmoid, softmax, tanh } from "./activation.js";
export { conv2d, convolve2d } from "./convolution.js";
export { pad } from "./padding.js";
export { avgPool, maxPool, maxPoolWithIndices } from "./pooling.js";
export { globalAvgPool, globalMaxPool } from "./pooling-global.js";
