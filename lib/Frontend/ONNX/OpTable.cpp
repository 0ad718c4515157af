//===- OpTable.cpp - The ONNX ops that are imported -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"
#include "Limits.h"
#include "vox/Frontend/ONNX/Importer.h"

#include "llvm/ADT/STLExtras.h"

using namespace vox;
using namespace vox::frontend;

static constexpr llvm::StringLiteral kPositions =
    "positions outside of the data, which ONNX forbids, read the nearest "
    "element";
static constexpr llvm::StringLiteral kUpdates =
    "updates at positions outside of the data, which ONNX forbids, are left "
    "out";

/// Ops that are no activations, or need a word on their limits.
static llvm::ArrayRef<OpEntry> getWrittenEntries() {
  static const OpEntry table[] = {
      {"Abs", importUnary, foldUnary, ""},
      {"Acos", importUnary, nullptr, ""},
      {"Acosh", importUnary, nullptr, ""},
      {"Add", importAdd, foldAdd, ""},
      {"And", importLogical, foldLogical, ""},
      {"ArgMax", importArgMax, nullptr, ""},
      {"ArgMin", importArgMax, nullptr, ""},
      {"Asin", importUnary, nullptr, ""},
      {"Asinh", importUnary, nullptr, ""},
      {"Atan", importUnary, nullptr, ""},
      {"Atanh", importUnary, nullptr, ""},
      {"AveragePool", importAveragePool, nullptr,
       "1 to 3 spatial dimensions; pads smaller than the window, and beside "
       "them dilations no greater than the input"},
      {"BatchNormalization", importBatchNormalization, nullptr,
       "inference only (`training_mode` 0); one output"},
      {"Cast", importCast, foldCast, "between the supported element types"},
      {"CastLike", importCastLike, nullptr, ""},
      {"Ceil", importUnary, nullptr, ""},
      {"Clip", importClip, nullptr, ""},
      {"Concat", importConcat, foldConcat, ""},
      {"Constant", importConstant, nullptr,
       "float and integer values; no strings, no sparse tensors"},
      {"ConstantOfShape", importConstantOfShape, importConstantOfShape,
       "constant shape; float and integer values"},
      {"Conv", importConv, nullptr, "1 to 3 spatial dimensions"},
      {"ConvTranspose", importConvTranspose, nullptr,
       "1 to 3 spatial dimensions"},
      {"Cos", importUnary, nullptr, ""},
      {"Cosh", importUnary, nullptr, ""},
      {"CumSum", importCumSum, nullptr, "constant axis"},
      {"DepthToSpace", importDepthToSpace, nullptr, ""},
      {"Div", importDiv, foldDiv, ""},
      {"Dropout", importDropout, nullptr,
       "inference only (`training_mode` false)"},
      {"Equal", importCompare, foldCompare, ""},
      {"Erf", importUnary, nullptr, ""},
      {"Exp", importUnary, nullptr, ""},
      {"Expand", importExpand, foldExpand, "constant shape"},
      {"EyeLike", importEyeLike, nullptr,
       "extents up to 4194304; element types as Cast"},
      {"Flatten", importFlatten, nullptr, ""},
      {"Floor", importUnary, nullptr, ""},
      {"GRU", importGRU, nullptr,
       "sequences of at most 4096 steps, all of the whole length; constant "
       "`sequence_lens`"},
      {"Gather", importGather, foldGather, kPositions},
      {"GatherElements", importGatherElements, nullptr, kPositions},
      {"GatherND", importGatherND, nullptr, kPositions},
      {"Gemm", importGemm, nullptr, ""},
      {"GlobalAveragePool", importGlobalAveragePool, nullptr, ""},
      {"GlobalLpPool", importGlobalLpPool, nullptr, ""},
      {"GlobalMaxPool", importGlobalMaxPool, nullptr, ""},
      {"Greater", importCompare, foldCompare, ""},
      {"GreaterOrEqual", importCompare, foldCompare, ""},
      {"GroupNormalization", importGroupNormalization, nullptr,
       "one scale and bias per channel, as from opset 21 on"},
      {"Hardmax", importHardmax, nullptr, "extents up to 4194304"},
      {"Identity", importIdentity, foldIdentity, ""},
      {"InstanceNormalization", importInstanceNormalization, nullptr, ""},
      {"IsInf", importIsInf, nullptr, ""},
      {"IsNaN", importIsNaN, nullptr, ""},
      {"LRN", importLRN, nullptr, ""},
      {"LSTM", importLSTM, nullptr,
       "sequences of at most 4096 steps, all of the whole length; constant "
       "`sequence_lens`"},
      {"LayerNormalization", importLayerNormalization, nullptr, ""},
      {"Less", importCompare, foldCompare, ""},
      {"LessOrEqual", importCompare, foldCompare, ""},
      {"Log", importUnary, nullptr, ""},
      {"LogSoftmax", importLogSoftmax, nullptr, ""},
      {"LpNormalization", importLpNormalization, nullptr, ""},
      {"LpPool", importLpPool, nullptr, "as AveragePool"},
      {"MatMul", importMatMul, nullptr, ""},
      {"Max", importMax, foldExtreme, ""},
      {"MaxPool", importMaxPool, nullptr, "as AveragePool"},
      {"Mean", importMean, nullptr, ""},
      {"MeanVarianceNormalization", importMeanVarianceNormalization, nullptr,
       ""},
      {"Min", importMin, foldExtreme, ""},
      {"Mod", importMod, foldMod, ""},
      {"Mul", importMul, foldMul, ""},
      {"Neg", importUnary, foldUnary, ""},
      {"Not", importNot, foldNot, ""},
      {"OneHot", importOneHot, nullptr, "constant depth, up to 4194304"},
      {"Or", importLogical, foldLogical, ""},
      {"PRelu", importPRelu, nullptr, ""},
      {"Pad", importPad, nullptr, "constant pads and value"},
      {"Pow", importPow, nullptr, "float base"},
      {"RMSNormalization", importRMSNormalization, nullptr, ""},
      {"RNN", importRNN, nullptr,
       "sequences of at most 4096 steps, all of the whole length; constant "
       "`sequence_lens`"},
      {"Range", importRange, foldRange,
       "constant operands; at most 65536 elements"},
      {"Reciprocal", importUnary, nullptr, ""},
      {"ReduceL1", importReduceOfFunction, nullptr, "constant axes"},
      {"ReduceL2", importReduceOfFunction, nullptr, "constant axes"},
      {"ReduceLogSum", importReduceOfFunction, nullptr, "constant axes"},
      {"ReduceLogSumExp", importReduceOfFunction, nullptr, "constant axes"},
      {"ReduceMax", importReduce, nullptr, "constant axes"},
      {"ReduceMean", importReduce, nullptr, "float input; constant axes"},
      {"ReduceMin", importReduce, nullptr, "constant axes"},
      {"ReduceProd", importReduce, foldReduce, "constant axes"},
      {"ReduceSum", importReduce, foldReduce, "constant axes"},
      {"ReduceSumSquare", importReduceOfFunction, nullptr, "constant axes"},
      {"Relu", importRelu, nullptr, ""},
      {"Reshape", importReshape, foldReshape, "constant shape"},
      {"Resize", importResize, nullptr,
       "constant scales, sizes and roi; `mode` linear and cubic of floats; "
       "scales or a roi of part of a dimension, not both"},
      {"Round", importUnary, nullptr, ""},
      {"Scatter", importScatterElements, nullptr,
       "as ScatterElements, which it is converted to"},
      {"ScatterElements", importScatterElements, foldScatterElements, kUpdates},
      {"ScatterND", importScatterND, nullptr, kUpdates},
      {"Shape", importShape, nullptr, ""},
      {"Sign", importUnary, foldUnary, ""},
      {"Sin", importUnary, nullptr, ""},
      {"Sinh", importUnary, nullptr, ""},
      {"Size", importSize, nullptr, ""},
      {"Slice", importSlice, foldSlice,
       "constant starts, ends, axes and steps; no empty result"},
      {"Softmax", importSoftmax, nullptr, ""},
      {"SpaceToDepth", importSpaceToDepth, nullptr, ""},
      {"Split", importSplit, nullptr, "constant sizes"},
      {"Sqrt", importUnary, nullptr, ""},
      {"Squeeze", importSqueeze, foldSqueeze, "constant axes"},
      {"Sub", importSub, foldSub, ""},
      {"Sum", importSum, nullptr, ""},
      {"Tan", importUnary, nullptr, ""},
      {"Tile", importTile, nullptr, "constant repeats"},
      {"TopK", importTopK, nullptr,
       "constant `k`, at least 1; a comparison per pair of elements, which "
       "suits extents up to some thousands"},
      {"Transpose", importTranspose, nullptr, ""},
      {"Trilu", importTrilu, nullptr, "constant `k`; extents up to 4194304"},
      {"Unsqueeze", importUnsqueeze, foldUnsqueeze, "constant axes"},
      {"Upsample", importResize, nullptr,
       "as Resize, which it is converted to; `mode` nearest or linear"},
      {"Where", importWhere, foldWhere, ""},
      {"Xor", importLogical, foldLogical, ""},
  };
  return table;
}

static std::vector<OpEntry> makeOpTable() {
  std::vector<OpEntry> table = getWrittenEntries().vec();
  for (const ActivationKind *kind : activationKinds()) {
    if (kind->onnxOp.empty())
      continue;
    if (llvm::none_of(table, [&](const OpEntry &entry) {
          return entry.name == kind->onnxOp;
        }))
      table.push_back({kind->onnxOp, importActivation, nullptr, ""});
  }
  // Capitals first, as lookupOp expects.
  llvm::sort(table, [](const OpEntry &a, const OpEntry &b) {
    return a.name < b.name;
  });
  return table;
}

llvm::ArrayRef<OpEntry> vox::frontend::getOpTable() {
  static const std::vector<OpEntry> table = makeOpTable();
  return table;
}

const OpEntry *vox::frontend::lookupOp(llvm::StringRef name) {
  llvm::ArrayRef<OpEntry> table = getOpTable();
  const auto *found = llvm::lower_bound(
      table, name, [](const OpEntry &entry, llvm::StringRef name) {
        return entry.name < name;
      });
  return found != table.end() && found->name == name ? found : nullptr;
}

void vox::printSupportedOps(llvm::raw_ostream &os) {
  os << "# Supported ONNX ops\n\n"
        "<!-- Written by voxc from the importer's table; do not edit. -->\n\n"
        "A model of any opset from 1 to "
     << getTargetOpset() << " is converted to opset " << getTargetOpset()
     << "; *since* is the opset\nin which the op got the form that is imported "
        "then. All tensors have static\nshapes. Ops that compute do so in "
        "float; "
        "ops that move or cast elements take "
     << kElementTypeNames
     << ".\n*Integers* "
        "tells whether the op also computes integers that are known at\n"
        "compile time.\n\n"
        "An op without a row that ONNX defines by other ops is replaced by "
        "that\n"
        "definition, as far as those have rows: Attention, BlackmanWindow,\n"
        "CausalConvWithState, CenterCropPad, HammingWindow, HannWindow,\n"
        "NegativeLogLikelihoodLoss, RotaryEmbedding, Shrink,\n"
        "SoftmaxCrossEntropyLoss and SwiGLU.\n\n"
        "| Op | Since | Tensors | Integers | Limits |\n"
        "| --- | --- | --- | --- | --- |\n";
  for (const OpEntry &entry : getOpTable()) {
    const onnx::OpSchema *schema =
        onnx::OpSchemaRegistry::Schema(entry.name.str(), getTargetOpset());
    os << "| " << entry.name << " | " << schema->since_version() << " | "
       << (entry.import ? "yes" : "no") << " | "
       << (entry.fold || entry.name == "Constant" ? "yes" : "no") << " | "
       << entry.limits << " |\n";
  }
}
