/**
 * Every operation on tfjs, with the arguments, results and errors of the reference. They answer at once (no promise)
 * after one `await useBackend()`; before it they say that it is missing.
 */

export { flatten, fullyConnectedAsConvolution } from "../dense-plan.js";
export { leakyRelu, logSoftmax, relu, sigmoid, softmax, tanh } from "./activation.js";
export {
  leakyReluGradient,
  logSoftmaxGradient,
  reluGradient,
  sigmoidGradient,
  softmaxGradient,
  tanhGradient,
} from "./activation-gradient.js";
export { conv2d, conv2dGradient, convolve2d } from "./convolution.js";
export { conv1d, conv1dGradient, convolve1d } from "./convolution-1d.js";
export { conv3d, conv3dGradient, convolve3d } from "./convolution-3d.js";
export { convolutionAsFullyConnected, fullyConnected, fullyConnectedGradient } from "./dense.js";
export { depthwiseConv2d, depthwiseConv2dGradient } from "./depthwise.js";
export { dropout, dropoutGradient } from "./dropout.js";
export { crossEntropy, crossEntropyGradient } from "./losses.js";
export { batchNorm, batchNormGradient, batchNormTraining } from "./normalisation.js";
export { adamStep, sgdStep } from "./optimisers.js";
export {
  pad,
  pad1d,
  pad1dGradient,
  pad3d,
  pad3dGradient,
  padGradient,
} from "./padding.js";
export { pointwiseConv2d, pointwiseConv2dGradient } from "./pointwise.js";
export { avgPool, maxPool, maxPoolWithIndices } from "./pooling.js";
export {
  globalAvgPool,
  globalAvgPoolGradient,
  globalMaxPool,
  globalMaxPoolGradient,
} from "./pooling-global.js";
export { avgPoolGradient, maxPoolGradient } from "./pooling-gradient.js";
export { separableConv2d, separableConv2dGradient } from "./separable.js";
export {
  channelShuffle,
  channelShuffleGradient,
  shuffledGroupConv2d,
  shuffledGroupConv2dGradient,
} from "./shuffle.js";
export {
  spatiallySeparableConv2d,
  spatiallySeparableConv2dGradient,
} from "./spatially-separable.js";
export {
  transposedConv1d,
  transposedConv1dGradient,
  transposedConv2d,
  transposedConv2dGradient,
} from "./transposed.js";
export {
  unpoolBedOfNails,
  unpoolBedOfNailsGradient,
  unpoolNearest,
  unpoolNearestGradient,
} from "./unpooling.js";
export { upsampleBilinear, upsampleBilinearGradient } from "./unpooling-bilinear.js";
export { unpoolMax, unpoolMaxGradient } from "./unpooling-max.js";
export { zeroInsertion, zeroInsertionGradient } from "./zero-insertion.js";
