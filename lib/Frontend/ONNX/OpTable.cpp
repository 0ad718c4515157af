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

static constexpr llvm::StringLiteral kShapeArithmetic =
    "on integers known at compile time (the arithmetic that exporters write "
    "around Reshape)";

/// Ops that are no activations, or need a word on their limits.
static llvm::ArrayRef<OpEntry> getWrittenEntries() {
  static const OpEntry table[] = {
      {"Abs", importUnary, nullptr, ""},
      {"Add", importAdd, foldAdd, ""},
      {"And", importLogical, nullptr, ""},
      {"ArgMax", importArgMax, nullptr, "float input"},
      {"ArgMin", importArgMax, nullptr, "float input"},
      {"AveragePool", importAveragePool, nullptr,
       "1 to 3 spatial dimensions; pads smaller than the window"},
      {"BatchNormalization", importBatchNormalization, nullptr,
       "inference only (`training_mode` 0); one output"},
      {"Cast", importCast, foldCast, "between the supported element types"},
      {"CastLike", importCastLike, nullptr, ""},
      {"Clip", importActivation, nullptr, "constant bounds"},
      {"Concat", importConcat, foldConcat, ""},
      {"Constant", importConstant, nullptr,
       "float and integer values; no strings, no sparse tensors"},
      {"ConstantOfShape", importConstantOfShape, importConstantOfShape,
       "constant shape; float and integer values"},
      {"Conv", importConv, nullptr, "1 to 3 spatial dimensions"},
      {"ConvTranspose", importConvTranspose, nullptr,
       "1 to 3 spatial dimensions"},
      {"DepthToSpace", importDepthToSpace, nullptr, ""},
      {"Div", importDiv, foldDiv, ""},
      {"Dropout", importDropout, nullptr,
       "inference only (`training_mode` false); no mask"},
      {"Equal", importCompare, nullptr, "float operands"},
      {"Erf", importUnary, nullptr, ""},
      {"Exp", importUnary, nullptr, ""},
      {"Flatten", importFlatten, nullptr, ""},
      {"Gather", nullptr, foldGather, kShapeArithmetic},
      {"Gemm", importGemm, nullptr, ""},
      {"GlobalAveragePool", importGlobalAveragePool, nullptr,
       "1 to 3 spatial dimensions"},
      {"GlobalMaxPool", importGlobalMaxPool, nullptr,
       "1 to 3 spatial dimensions"},
      {"Greater", importCompare, nullptr, ""},
      {"GreaterOrEqual", importCompare, nullptr, ""},
      {"GroupNormalization", importGroupNormalization, nullptr,
       "one scale and bias per channel, as from opset 21 on"},
      {"Identity", importIdentity, foldIdentity, ""},
      {"InstanceNormalization", importInstanceNormalization, nullptr, ""},
      {"LRN", importLRN, nullptr, ""},
      {"LayerNormalization", importLayerNormalization, nullptr, ""},
      {"Less", importCompare, nullptr, ""},
      {"LessOrEqual", importCompare, nullptr, ""},
      {"Log", importUnary, nullptr, ""},
      {"LogSoftmax", importLogSoftmax, nullptr, ""},
      {"LpNormalization", importLpNormalization, nullptr, ""},
      {"MatMul", importMatMul, nullptr, "a matrix as the second operand"},
      {"Max", importMax, nullptr, ""},
      {"MaxPool", importMaxPool, nullptr,
       "1 to 3 spatial dimensions; pads smaller than the window; no indices"},
      {"Mean", importMean, nullptr, ""},
      {"MeanVarianceNormalization", importMeanVarianceNormalization, nullptr,
       ""},
      {"Min", importMin, nullptr, ""},
      {"Mul", importMul, foldMul, ""},
      {"Neg", importUnary, nullptr, ""},
      {"Not", importNot, nullptr, ""},
      {"Or", importLogical, nullptr, ""},
      {"PRelu", importPRelu, nullptr, ""},
      {"Pad", importPad, nullptr, "`mode` constant; constant pads and value"},
      {"Pow", importPow, nullptr, "float base"},
      {"RMSNormalization", importRMSNormalization, nullptr, ""},
      {"Range", nullptr, foldRange, kShapeArithmetic},
      {"Reciprocal", importUnary, nullptr, ""},
      {"ReduceL1", importReduceOfFunction, nullptr, "constant axes"},
      {"ReduceL2", importReduceOfFunction, nullptr, "constant axes"},
      {"ReduceLogSum", importReduceOfFunction, nullptr, "constant axes"},
      {"ReduceLogSumExp", importReduceOfFunction, nullptr, "constant axes"},
      {"ReduceMax", importReduce, nullptr, "constant axes"},
      {"ReduceMean", importReduce, nullptr, "constant axes"},
      {"ReduceMin", importReduce, nullptr, "constant axes"},
      {"ReduceSum", importReduce, nullptr, "constant axes"},
      {"ReduceSumSquare", importReduceOfFunction, nullptr, "constant axes"},
      {"Reshape", importReshape, foldReshape, "constant shape"},
      {"Resize", importResize, nullptr,
       "`mode` nearest or linear (of floats); constant scales or sizes; "
       "coordinates half_pixel, pytorch_half_pixel, align_corners or "
       "asymmetric; neither `antialias` nor `exclude_outside`; "
       "`keep_aspect_ratio_policy` stretch"},
      {"Shape", importShape, nullptr, ""},
      {"Size", importSize, nullptr, ""},
      {"Slice", importSlice, foldSlice,
       "constant starts, ends, axes and steps; no empty result"},
      {"Softmax", importSoftmax, nullptr, ""},
      {"SpaceToDepth", importSpaceToDepth, nullptr, ""},
      {"Split", importSplit, nullptr, "constant sizes; no empty part"},
      {"Sqrt", importUnary, nullptr, ""},
      {"Squeeze", importSqueeze, foldSqueeze, "constant axes"},
      {"Sub", importSub, foldSub, ""},
      {"Sum", importSum, nullptr, ""},
      {"Transpose", importTranspose, nullptr, ""},
      {"Unsqueeze", importUnsqueeze, foldUnsqueeze, "constant axes"},
      {"Upsample", importResize, nullptr,
       "as Resize, which it is converted to; `mode` nearest or linear"},
      {"Where", importWhere, nullptr, "float branches"},
      {"Xor", importLogical, nullptr, ""},
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
