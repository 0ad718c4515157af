//===- OpTable.cpp - The ONNX ops that are imported -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Definitions.h"
#include "Handlers.h"
#include "Limits.h"
#include "OldOps.h"
#include "vox/Frontend/ONNX/Importer.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace vox;
using namespace vox::frontend;

static constexpr llvm::StringLiteral kPositions =
    "positions outside of the data, which ONNX forbids, read the nearest "
    "element";
static constexpr llvm::StringLiteral kUpdates =
    "updates at positions outside of the data, which ONNX forbids, are left "
    "out";

/// Ops that are no activations, or need a word on their limits.
static std::vector<OpEntry> getWrittenEntries() {
  const std::string extents = "extents up to " + std::to_string(kMaxPositions),
                    sequences = "sequences of at most " +
                                std::to_string(kMaxSteps) +
                                " steps, all of the whole length; constant "
                                "`sequence_lens`";
  return {
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
       "them dilations no greater than the input; with `auto_pad` SAME_UPPER "
       "or SAME_LOWER, windows up to the input's end"},
      {"BatchNormalization", importBatchNormalization, nullptr,
       "inference only (`training_mode` 0); one output"},
      {"Cast", importCast, foldCast, "between the supported element types"},
      {"CastLike", importCastLike, nullptr, ""},
      {"Ceil", importUnary, nullptr, ""},
      {"Clip", importClip, nullptr, ""},
      {"Concat", importConcat, foldConcat, ""},
      {"Constant", importConstant, nullptr,
       "float and integer values; no strings, no sparse tensors"},
      {"ConstantOfShape", importConstantOfShape, nullptr,
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
       "inference only (`training_mode` false, or a constant ratio of 0)"},
      {"Equal", importCompare, foldCompare, ""},
      {"Erf", importUnary, nullptr, ""},
      {"Exp", importUnary, nullptr, ""},
      {"Expand", importExpand, foldExpand, "constant shape"},
      {"EyeLike", importEyeLike, nullptr, extents + "; element types as Cast"},
      {"Flatten", importFlatten, nullptr, ""},
      {"Floor", importUnary, nullptr, ""},
      {"GRU", importGRU, nullptr, sequences},
      {"Gather", importGather, foldGather, kPositions.str()},
      {"GatherElements", importGatherElements, nullptr, kPositions.str()},
      {"GatherND", importGatherND, nullptr, kPositions.str()},
      {"Gemm", importGemm, nullptr, ""},
      {"GlobalAveragePool", importGlobalAveragePool, nullptr, ""},
      {"GlobalLpPool", importGlobalLpPool, nullptr, ""},
      {"GlobalMaxPool", importGlobalMaxPool, nullptr, ""},
      {"Greater", importCompare, foldCompare, ""},
      {"GreaterOrEqual", importCompare, foldCompare, ""},
      {"GroupNormalization", importGroupNormalization, nullptr,
       "one scale and bias per channel, as from opset 21 on"},
      {"Hardmax", importHardmax, nullptr, extents},
      {"Identity", importIdentity, foldIdentity, ""},
      {"InstanceNormalization", importInstanceNormalization, nullptr, ""},
      {"IsInf", importIsInf, nullptr, ""},
      {"IsNaN", importIsNaN, nullptr, ""},
      {"LRN", importLRN, nullptr, ""},
      {"LSTM", importLSTM, nullptr, sequences},
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
      {"OneHot", importOneHot, nullptr,
       "constant depth, up to " + std::to_string(kMaxPositions)},
      {"Or", importLogical, foldLogical, ""},
      {"PRelu", importPRelu, nullptr, ""},
      {"Pad", importPad, nullptr, "constant pads and value"},
      {"Pow", importPow, nullptr,
       "an integer to the power of a fraction is computed in float; integers "
       "wrap around, but for exponents above 127 that are not constant"},
      {"RMSNormalization", importRMSNormalization, nullptr, ""},
      {"RNN", importRNN, nullptr, sequences},
      {"Range", importRange, nullptr,
       "constant operands; at most " + std::to_string(kMaxInts) + " elements"},
      {"Reciprocal", importUnary, nullptr, ""},
      {"ReduceL1", importReduceOfFunction, nullptr, "constant axes"},
      {"ReduceL2", importReduceOfFunction, nullptr,
       "float input; constant axes"},
      {"ReduceLogSum", importReduceOfFunction, nullptr,
       "float input; constant axes"},
      {"ReduceLogSumExp", importReduceOfFunction, nullptr,
       "float input; constant axes"},
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
      {"ScatterElements", importScatterElements, foldScatterElements,
       kUpdates.str()},
      {"ScatterND", importScatterND, nullptr, kUpdates.str()},
      {"Shape", importShape, nullptr, ""},
      {"Sign", importUnary, foldUnary, ""},
      {"Sin", importUnary, nullptr, ""},
      {"Sinh", importUnary, nullptr, ""},
      {"Size", importSize, nullptr, ""},
      {"Slice", importSlice, foldSlice,
       "constant starts, ends, axes and steps"},
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
      {"Trilu", importTrilu, nullptr, "constant `k`; " + extents},
      {"Unsqueeze", importUnsqueeze, foldUnsqueeze, "constant axes"},
      {"Upsample", importResize, nullptr,
       "as Resize, which it is converted to; `mode` nearest or linear"},
      {"Where", importWhere, foldWhere, ""},
      {"Xor", importLogical, foldLogical, ""},
  };
}

static std::vector<OpEntry> makeOpTable() {
  std::vector<OpEntry> table = getWrittenEntries();
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

/// Whether the op gives or computes integers that are known at import.
static bool makesIntegers(const OpEntry &entry) {
  return entry.fold ||
         llvm::is_contained({"Constant", "ConstantOfShape", "Range"},
                            entry.name);
}

/// Whether the op has no row, but a definition by ops that have rows. What
/// definitions consist of that are made for each node can't be looked up: those
/// named here need random numbers, loops or sequences.
static bool isDefined(const onnx::OpSchema &schema) {
  onnx::NodeProto node;
  node.set_domain(schema.domain());
  node.set_op_type(schema.Name());
  if (!hasDefinition(node, getTargetOpset()) ||
      llvm::is_contained({"Bernoulli", "LinearAttention", "SequenceMap"},
                         node.op_type()))
    return false;
  const onnx::FunctionProto *function = schema.GetFunction();
  return !function ||
         llvm::all_of(function->node(), [](const onnx::NodeProto &body) {
           return lookupOp(body.op_type()) ||
                  hasDefinition(body, getTargetOpset());
         });
}

static std::vector<std::string> listDefinedOps() {
  std::vector<std::string> names;
  for (const onnx::OpSchema &schema : onnx::OpSchemaRegistry::get_all_schemas())
    if (isDefined(schema))
      names.push_back(schema.Name());
  llvm::sort(names);
  return names;
}

void vox::printSupportedOps(llvm::raw_ostream &os) {
  os << "# Supported ONNX ops\n\n"
        "<!-- Written by voxc from the importer's table; do not edit. -->\n\n"
        "A model of any opset from 1 to "
     << getTargetOpset() << " is converted to opset " << getTargetOpset()
     << "; *since* is the opset\nin which the op got the form that is imported "
        "then. For these ops ONNX lacks the\nconversion: "
     << listUnconvertedOps()
     << ".\n\nExtents are known when a model is compiled, or lie between "
        "bounds where the op\nallows it (OpenExtents.md). Elements are of type "
     << kElementTypeNames
     << ";\nlayers and functions compute in float. "
        "*Integers* tells whether the op also computes integers that are "
        "known at compile\ntime.\n\n"
        "Tensors may be without elements, with an extent of 0, where an op's\n"
        "results are so, too, and as what Concat, Shape, Size and reductions\n"
        "read.\n\n"
        "An op without a row that ONNX defines by other ops is replaced by "
        "that\ndefinition, as far as those have rows: "
     << llvm::join(listDefinedOps(), ", ")
     << ".\n\n"
        "| Op | Since | Integers | Limits |\n"
        "| --- | --- | --- | --- |\n";
  for (const OpEntry &entry : getOpTable()) {
    const onnx::OpSchema *schema =
        onnx::OpSchemaRegistry::Schema(entry.name.str(), getTargetOpset());
    os << "| " << entry.name << " | " << schema->since_version() << " | "
       << (makesIntegers(entry) ? "yes" : "no") << " | " << entry.limits
       << " |\n";
  }
}
