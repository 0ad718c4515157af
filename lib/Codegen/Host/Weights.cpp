//===- Weights.cpp - Constants as they lie in memory ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `vox.pack_weights` of a constant happens here, once, when the product is
// written; all phases before it carry the weights as ONNX has them.
//
//===----------------------------------------------------------------------===//

#include "vox/Codegen/Host/HostCode.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/Vox.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace vox;

/// Copies row-major weights [Co, Ci, kernel...] of `bytes` each to where
/// #vox.weight_layout puts them; `to` holds zeros.
static void packWeights(RankedTensorType type, unsigned bytes, const char *from,
                        char *to) {
  auto layout = cast<WeightLayoutAttr>(type.getEncoding());
  int64_t inputBlock = layout.getInputBlock();
  int64_t outputBlock = layout.getOutputBlock();
  int64_t outputs = type.getDimSize(0), inputs = type.getDimSize(1);
  int64_t kernel = 1;
  for (int64_t extent : type.getShape().drop_front(2))
    kernel *= extent;
  int64_t inputBlocks = llvm::divideCeil(inputs, inputBlock);
  for (int64_t o = 0; o < outputs; ++o)
    for (int64_t i = 0; i < inputs; ++i)
      for (int64_t k = 0; k < kernel; ++k) {
        int64_t block = (o / outputBlock) * inputBlocks + i / inputBlock;
        int64_t lane = (i % inputBlock) * outputBlock + o % outputBlock;
        int64_t at = (block * kernel + k) * inputBlock * outputBlock + lane;
        std::memcpy(to + at * bytes,
                    from + ((o * inputs + i) * kernel + k) * bytes, bytes);
      }
}

Weights vox::collectWeights(func::FuncOp network) {
  Weights weights;
  auto add = [&](Value value) {
    Value source = value;
    while (auto view = source.getDefiningOp<ReshapeOp>())
      source = view.getInput();
    auto pack = source.getDefiningOp<PackWeightsOp>();
    auto constant =
        (pack ? pack.getWeights() : source).getDefiningOp<ConstantOp>();
    if (!constant || weights.offsets.contains(value))
      return;
    auto type = cast<RankedTensorType>(source.getType());
    int64_t offset = llvm::alignTo(weights.data.size(), 64);
    weights.data.resize(offset + sizeInBytes(type));
    weights.offsets[value] = offset;
    std::vector<char> storage;
    ArrayRef<char> values = viewConstantBytes(constant.getValue(), storage);
    char *to = weights.data.data() + offset;
    if (pack)
      packWeights(type, getElementType(type.getElementType())->bytes(),
                  values.data(), to);
    else
      llvm::copy(values, to);
  };
  for (auto launch : network.getOps<LaunchOp>())
    for (Value input : launch.getInputs())
      add(input);
  return weights;
}
