/** Every operation as loops over typed arrays: the versions to read. They need no back end. */

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
export { conv2d, convolve2d } from "./convolution.js";
export { conv1d, convolve1d } from "./convolution-1d.js";
export { conv3d, convolve3d } from "./convolution-3d.js";
export { conv2dGradient } from "./convolution-gradient.js";
export { conv1dGradient } from "./convolution-gradient-1d.js";
export { conv3dGradient } from "./convolution-gradient-3d.js";
export {
  convolutionAsFullyConnected,
  type DenseGradient,
  fullyConnected,
  fullyConnectedGradient,
} from "./dense.js";
export { type DepthwiseGradient, depthwiseConv2d, depthwiseConv2dGradient } from "./depthwise.js";
export { dropout, dropoutGradient } from "./dropout.js";
export { crossEntropy, crossEntropyGradient } from "./losses.js";
export {
  type BatchNormed,
  type BatchNormGradient,
  batchNorm,
  batchNormGradient,
  batchNormTraining,
} from "./normalisation.js";
export { type AdamStepped, adamStep, type SgdStepped, sgdStep } from "./optimisers.js";
export { pad, padGradient } from "./padding.js";
export { pad1d, pad1dGradient } from "./padding-1d.js";
export { pad3d, pad3dGradient } from "./padding-3d.js";
export { type PointwiseGradient, pointwiseConv2d, pointwiseConv2dGradient } from "./pointwise.js";
export { avgPool, type MaxPooled, maxPool, maxPoolWithIndices } from "./pooling.js";
export {
  globalAvgPool,
  globalAvgPoolGradient,
  globalMaxPool,
  globalMaxPoolGradient,
} from "./pooling-global.js";
export { avgPoolGradient, maxPoolGradient } from "./pooling-gradient.js";
export { type SeparableGradient, separableConv2d, separableConv2dGradient } from "./separable.js";
export {
  channelShuffle,
  channelShuffleGradient,
  shuffledGroupConv2d,
  shuffledGroupConv2dGradient,
} from "./shuffle.js";
export {
  type SpatiallySeparableGradient,
  spatiallySeparableConv2d,
  spatiallySeparableConv2dGradient,
} from "./spatially-separable.js";
export {
  type TransposedGradient,
  transposedConv2d,
  transposedConv2dGradient,
} from "./transposed.js";
export { transposedConv1d, transposedConv1dGradient } from "./transposed-1d.js";
export {
  unpoolBedOfNails,
  unpoolBedOfNailsGradient,
  unpoolNearest,
  unpoolNearestGradient,
} from "./unpooling.js";
export { upsampleBilinear, upsampleBilinearGradient } from "./unpooling-bilinear.js";
export { unpoolMax, unpoolMaxGradient } from "./unpooling-max.js";
export { zeroInsertion, zeroInsertionGradient } from "./zero-insertion.js";
