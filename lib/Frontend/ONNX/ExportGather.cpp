//===- ExportGather.cpp - Gathers, scatters and TopK as ONNX nodes --------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExportNodes.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// The op, if any, that takes the elements at the positions which `op` finds.
/// ONNX's TopK gives those, too.
static GatherElementsOp findElements(TopKOp op) {
  GatherElementsOp first;
  for (Operation *user : op->getUsers())
    if (auto gather = dyn_cast<GatherElementsOp>(user);
        gather && gather.getIndices() == op.getResult() &&
        gather.getData() == op.getInput() && gather.getAxis() == op.getAxis() &&
        (!first || gather->isBeforeInBlock(first)))
      first = gather;
  return first;
}

LogicalResult vox::frontend::exportGatherElements(GatherElementsOp op,
                                                  GraphWriter &writer) {
  auto topK = op.getIndices().getDefiningOp<TopKOp>();
  if (!topK || findElements(topK) != op)
    setInt(exportAs("GatherElements", op, writer), "axis", op.getAxis());
  return success();
}

LogicalResult vox::frontend::exportTopK(TopKOp op, GraphWriter &writer) {
  SmallVector<std::string> inputs = getNames(op, writer);
  inputs.push_back(
      writer.addInts(nameFor(op, "k"), op.getType().getDimSize(op.getAxis())));
  GatherElementsOp gather = findElements(op);
  std::string elements = gather ? writer.getName(gather.getResult())
                                : writer.makeName(nameFor(op, "elements"));
  onnx::NodeProto &node = writer.addNode(op, "TopK", inputs, elements);
  node.add_output(writer.getName(op.getResult()));
  setInt(node, "axis", op.getAxis());
  setInt(node, "largest", !op.getSmallest());
  return success();
}

/// ScatterElements and ScatterND.
template <typename Op>
static onnx::NodeProto &exportScatter(StringRef type, Op op,
                                      GraphWriter &writer) {
  onnx::NodeProto &node = exportAs(type, op, writer);
  if (op.getKind() != ScatterKind::Assign)
    setString(node, "reduction", stringifyScatterKind(op.getKind()));
  return node;
}

LogicalResult vox::frontend::exportScatterElements(ScatterElementsOp op,
                                                   GraphWriter &writer) {
  setInt(exportScatter("ScatterElements", op, writer), "axis", op.getAxis());
  return success();
}

LogicalResult vox::frontend::exportScatterND(ScatterNDOp op,
                                             GraphWriter &writer) {
  exportScatter("ScatterND", op, writer);
  return success();
}
