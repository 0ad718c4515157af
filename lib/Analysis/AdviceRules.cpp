//===- AdviceRules.cpp - The rules that advice follows --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AdviceDetectors.h"

using namespace mlir;
using namespace vox;

ArrayRef<AdviceRule> vox::adviceRules() {
  static constexpr AdviceRule rules[] = {
      {"dead-units", Importance::High,
       "Leaky ReLU or PReLU; for the next training a lower learning rate, He "
       "initialisation, and a look at batch norm's parameters",
       "a unit that is zero at every position of every sample passes nothing "
       "on and learns nothing; a slope for negative inputs keeps it alive",
       findDeadUnits},
      {"saturated", Importance::High,
       "an activation of the ReLU family in hidden layers",
       "where a function is flat its gradient is zero: layers before it learn "
       "slowly or not at all",
       findSaturated},
      {"output-range", Importance::High,
       "identity at the output, or labels scaled to what it can give",
       "an output that can't reach its labels can't learn them: sigmoid is for "
       "bounded targets, ReLU for targets that are not negative",
       findOutputRange},
      {"softmax-of-one", Importance::High, "sigmoid for a single class",
       "softmax over one element is 1, whatever the element is",
       findSoftmaxOfOne},
      {"likely-dead", Importance::Medium,
       "a look at these units on samples (--samples=DIR); Leaky ReLU or PReLU "
       "if they are dead",
       "after batch norm with gamma and beta a ReLU unit is active with "
       "probability Phi(beta / |gamma|), about; with a threshold, Phi((beta - "
       "threshold) / |gamma|)",
       findLikelyDead},
      {"saturating-dense", Importance::Medium,
       "an activation of the ReLU family in hidden layers",
       "gradients shrink with every sigmoid or tanh that they pass",
       findSaturatingDense},
      {"costly-conv", Importance::Medium,
       "ReLU first; Leaky ReLU 0.01 or PReLU where units die, ELU where "
       "outputs with zero mean help",
       "in hidden layers of convolutional networks ReLU is cheap and does not "
       "saturate",
       findCostlyConv},
      {"deep-plain", Importance::Medium,
       "residual connections, with ReLU or a variant and He initialisation",
       "beyond some 50 layers gradients don't reach the first ones without a "
       "way around",
       findDeepPlain},
      {"selu-batch-norm", Importance::Medium,
       "SELU without batch norm (and LeCun-normal initialisation), or ReLU "
       "with it",
       "SELU keeps mean and variance by itself; batch norm undoes that and "
       "costs time",
       findSeluBatchNorm},
      {"squashed-logits", Importance::Medium, "logits straight into softmax",
       "a bound on logits bounds probabilities: no class can come near 0 or 1",
       findSquashedLogits},
      {"feed-forward", Importance::Medium,
       "GELU in the feed-forward layers of transformers",
       "BERT and its successors are trained with it (Devlin et al. 2019)",
       findFeedForward},
      {"generator-hidden", Importance::Medium,
       "ReLU or Leaky ReLU inside a GAN's generator",
       "DCGAN trains with ReLU in the generator (Radford, Metz and Chintala "
       "2016)",
       findGeneratorHidden},
      {"generator-output", Importance::Low,
       "tanh at the output, if this is a GAN's generator and its images lie "
       "between -1 and 1",
       "a bounded image is learned faster than an unbounded one (Radford, "
       "Metz and Chintala 2016)",
       findGeneratorOutput},
      {"discriminator-hidden", Importance::Low,
       "Leaky ReLU 0.2, if this is a GAN's discriminator",
       "the generator learns from the discriminator's gradients: they should "
       "not be zero",
       findDiscriminatorHidden},
      {"discriminator-output", Importance::Low,
       "sigmoid at the output, if this is a GAN's discriminator and its loss "
       "takes probabilities and not logits",
       "an answer of yes or no is a probability", findDiscriminatorOutput},
      {"mobile", Importance::Low,
       "hard_swish and hard_sigmoid (ReLU6 for ReLU), if this is for mobile "
       "devices or low precision",
       "they need no exponentials and their values are bounded where it "
       "matters",
       findMobile},
      {"efficient-swish", Importance::Low,
       "Swish in networks like EfficientNet",
       "EfficientNet, of depthwise convolutions with channel gates, is "
       "trained with it (Tan and Le 2019)",
       findEfficientSwish},
      {"shifted-mean", Importance::Low, "ELU where outputs with zero mean help",
       "a mean that no batch norm removes acts as a bias on the next layer",
       findShiftedMean},
      {"self-normalising", Importance::Low,
       "SELU with LeCun-normal initialisation and no batch norm",
       "in a plain dense network it keeps mean and variance from layer to "
       "layer",
       findSelfNormalising},
      {"bounded-output", Importance::Low,
       "sigmoid for a binary or bounded target, identity for any other "
       "regression",
       "a sigmoid's gradient vanishes where the target is near its bounds",
       findBoundedOutput},
      {"class-output", Importance::Low,
       "softmax, or logits, if the classes exclude one another",
       "independent sigmoids don't add up to 1", findClassOutput},
      {"negative-data", Importance::Low,
       "Leaky ReLU or tanh after the first layer",
       "of data with many negative values ReLU may drop much",
       findNegativeData},
      {"sparse-data", Importance::Low, "ReLU after the first layer",
       "ReLU keeps what is zero at zero and costs least", findSparseData},
      {"wide-data", Importance::Low,
       "Swish or GELU after the first layer, or normalised data",
       "smooth functions take outliers with smooth gradients", findWideData},
      {"low-contrast", Importance::Low,
       "SELU with LeCun-normal initialisation and no batch norm, or normalised "
       "data",
       "it brings small differences to unit variance", findLowContrast},
      {"sparse-units", Importance::Low,
       "no change: many zeros are no fault by themselves",
       "sparse activations are a strength of ReLU; brains run at 1 to 4 % "
       "active neurons (Glorot, Bordes and Bengio 2011)",
       findSparseUnits},
      {"mix", Importance::Low,
       "ReLU in shallow layers for speed with GELU in deep ones for "
       "smoothness, if a measurement on labels bears it out",
       "shallow layers have the most elements, so that is where a cheap "
       "function saves time; in deep ones a smooth function costs little",
       findMix},
  };
  return rules;
}
