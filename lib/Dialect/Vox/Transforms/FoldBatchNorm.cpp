//===- FoldBatchNorm.cpp - Batch norm into the layer before it ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pays always: a batch norm of its own reads and writes the whole tensor once
// more, while folded it costs nothing.
//
//     s = scale / sqrt(variance + epsilon)
//     s (conv(x, W) + b - mean) + bias  =  conv(x, s W) + (s (b - mean) + bias)
//
// s has one element per output channel, the outermost dimension of W: in a
// transposed convolution too, whose weights the importer has turned.
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/Transforms/Passes.h"

#include <cmath>

namespace vox {
#define GEN_PASS_DEF_FOLDBATCHNORM
#include "vox/Dialect/Vox/Transforms/Passes.h.inc"
} // namespace vox

using namespace mlir;
using namespace vox;

namespace {

constexpr StringLiteral kPass = "vox-fold-batch-norm";

/// The affine function per channel that a batch norm is, in double precision.
struct Affine {
  std::vector<double> scale, mean, bias;
};

std::optional<Affine> getAffine(BatchNormOp norm) {
  auto scale = getConstantValues(norm.getScale());
  auto bias = getConstantValues(norm.getBias());
  auto mean = getConstantValues(norm.getMean());
  auto variance = getConstantValues(norm.getVariance());
  if (!scale || !bias || !mean || !variance)
    return std::nullopt;
  Affine affine;
  double epsilon = norm.getEpsilon().convertToDouble();
  for (size_t c = 0; c < scale->size(); ++c)
    affine.scale.push_back((*scale)[c] /
                           std::sqrt(double((*variance)[c]) + epsilon));
  affine.mean.assign(mean->begin(), mean->end());
  affine.bias.assign(bias->begin(), bias->end());
  return affine;
}

struct FoldBatchNorm : public vox::impl::FoldBatchNormBase<FoldBatchNorm> {
  using Base::Base;

  void runOnOperation() override {
    SmallVector<BatchNormOp> norms;
    getOperation().walk([&](BatchNormOp norm) { norms.push_back(norm); });
    for (BatchNormOp norm : norms) {
      std::string reason = fold(norm);
      if (!reason.empty())
        remarkMissed(norm, kPass, "BatchNormKept", reason);
    }
  }

  /// Returns why `norm` stays, or nothing after folding (and erasing) it.
  std::string fold(BatchNormOp norm) {
    Operation *layer = norm.getInput().getDefiningOp();
    if (auto conv = dyn_cast_or_null<ConvOp>(layer))
      return fold(norm, conv);
    if (auto conv = dyn_cast_or_null<ConvTransposeOp>(layer))
      return fold(norm, conv);
    if (auto dense = dyn_cast_or_null<DenseOp>(layer)) {
      // Only then is a dense layer's last dimension the norm's channel.
      if (dense.getType().getRank() != 2)
        return "the dense layer before it has more than one row dimension";
      return fold(norm, dense);
    }
    return "what it normalises is not a convolution or dense layer";
  }

  template <typename Layer> std::string fold(BatchNormOp norm, Layer layer) {
    if (!layer->hasOneUse())
      return "the layer before it has other users";
    auto weights = getConstantValues(layer.getWeights());
    if (!weights)
      return "the weights are not constant";
    auto affine = getAffine(norm);
    if (!affine)
      return "its parameters are not constant";
    size_t channels = affine->scale.size();
    std::vector<float> oldBias(channels, 0.0f);
    if (layer.getBias()) {
      auto values = getConstantValues(layer.getBias());
      if (!values)
        return "the layer's bias is not constant";
      oldBias = *values;
    }

    std::vector<float> newBias(channels);
    size_t perChannel = weights->size() / channels;
    for (size_t c = 0; c < channels; ++c) {
      double scale = affine->scale[c];
      // Zero variance without epsilon, or overflow: keep what the user wrote.
      newBias[c] =
          scale * (double(oldBias[c]) - affine->mean[c]) + affine->bias[c];
      if (!std::isfinite(scale) || !std::isfinite(newBias[c]))
        return "its factor for channel " + std::to_string(c) + " is not finite";
      for (size_t i = c * perChannel; i < (c + 1) * perChannel; ++i) {
        (*weights)[i] = scale * (*weights)[i];
        if (!std::isfinite((*weights)[i]))
          return "a folded weight of channel " + std::to_string(c) +
                 " is not finite";
      }
    }

    OpBuilder builder(norm);
    Location loc = builder.getFusedLoc({layer.getLoc(), norm.getLoc()});
    RankedTensorType weightType = layer.getWeights().getType();
    auto biasType =
        RankedTensorType::get({(int64_t)channels}, weightType.getElementType());
    Value foldedWeights = ConstantOp::create(
        builder, loc, weightType,
        makeConstant(weightType, *weights, "weights_folded"));
    Value foldedBias = ConstantOp::create(
        builder, loc, biasType, makeConstant(biasType, newBias, "bias_folded"));
    builder.setInsertionPoint(norm);
    auto folded = cast<Layer>(builder.clone(*layer));
    folded->setLoc(loc);
    folded.getWeightsMutable().assign(foldedWeights);
    folded.getBiasMutable().assign(foldedBias);
    remarkPassed(norm, kPass, "BatchNormFolded",
                 "folded into the layer before it");
    norm.replaceAllUsesWith(folded.getResult());
    norm.erase();
    layer.erase();
    return "";
  }
};

} // namespace
