/** Every operation as loops over typed arrays: the versions to read. They need no back end. */
export { leakyRelu, relu, sigmoid, softmax, tanh } from "./activation.js";
export { conv2d, convolve2d } from "./convolution.js";
export { pad } from "./padding.js";
export { avgPool, type MaxPooled, maxPool, maxPoolWithIndices } from "./pooling.js";
export { globalAvgPool, globalMaxPool } from "./pooling-global.js";
