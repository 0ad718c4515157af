//===- ExportResize.cpp - Resizing as ONNX nodes --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExportNodes.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/Layout.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

LogicalResult vox::frontend::exportResize(ResizeOp op, GraphWriter &writer) {
  // ONNX gives one of the two, from which the other follows.
  bool byScales = true, bySizes = true;
  SmallVector<float> scales;
  for (auto [scale, from, to] :
       llvm::zip(op.getScales(), typeOf(op.getInput()).getShape(),
                 op.getType().getShape())) {
    scales.push_back(scale);
    // As importing does, in both precisions.
    byScales &= scales.back() == scale && std::floor(from * scale) == to &&
                std::floor(static_cast<float>(from) * scales.back()) == to;
    bySizes &= static_cast<double>(to) / from == scale;
  }
  if (!byScales && !bySizes)
    return op.emitOpError("has scales that neither are float32 numbers nor "
                          "follow from the shapes, which ONNX can't express");
  SmallVector<std::string> inputs{writer.getName(op.getInput()), ""};
  int64_t rank = scales.size();
  if (byScales) {
    inputs.push_back(writer.addFloats(nameFor(op, "scales"), {rank}, scales));
  } else {
    inputs.push_back("");
    inputs.push_back(
        writer.addInts(nameFor(op, "sizes"), op.getType().getShape()));
  }
  onnx::NodeProto &node = writer.addNode(op, "Resize", inputs);
  setString(node, "mode", stringifyResizeKind(op.getKind()));
  setString(node, "coordinate_transformation_mode",
            stringifyCoordinates(op.getCoordinates()));
  setString(node, "nearest_mode", stringifyNearestRounding(op.getRounding()));
  return success();
}

/// Neighbours as a further dimension, times their weights, added up. A product
/// with a matrix would be mostly zeros, which make NaN of what is infinite
/// elsewhere.
LogicalResult vox::frontend::exportResample(ResampleOp op,
                                            GraphWriter &writer) {
  auto constant = op.getStarts().getDefiningOp<ConstantOp>();
  if (!constant)
    return op.emitOpError("has computed starts, which ONNX can't express; "
                          "expected constants");
  std::vector<char> storage;
  auto bytes = viewConstantBytes(constant.getValue(), storage);
  ShapeRef shape = typeOf(op.getWeights()).getShape();
  int64_t rows = shape[0], taps = shape[1];
  int64_t last = typeOf(op.getInput()).getDimSize(op.getAxis()) - 1;
  std::vector<int64_t> positions;
  for (int64_t row = 0; row < rows; ++row) {
    int32_t start;
    std::memcpy(&start, bytes.data() + row * sizeof(start), sizeof(start));
    for (int64_t tap = 0; tap < taps; ++tap)
      positions.push_back(std::clamp<int64_t>(start + tap, 0, last));
  }
  std::string weights = writer.getName(op.getWeights()),
              neighbours = writer.makeName(nameFor(op, "neighbours")),
              weighted = writer.makeName(nameFor(op, "weighted"));
  if (int64_t inner = typeOf(op.getInput()).getRank() - 1 - op.getAxis()) {
    // One weight for all that lies behind a neighbour.
    Shape repeated(shape);
    repeated.append(inner, 1);
    std::string reshaped = writer.makeName(nameFor(op, "weights"));
    writer.addHelper(
        "Reshape",
        {weights, writer.addInts(nameFor(op, "weights_shape"), repeated)},
        reshaped);
    weights = reshaped;
  }
  setInt(writer.addHelper(
             "Gather",
             {writer.getName(op.getInput()),
              writer.addInts(nameFor(op, "positions"), shape, positions)},
             neighbours),
         "axis", op.getAxis());
  writer.addHelper("Mul", {neighbours, weights}, weighted);
  onnx::NodeProto &node = writer.addNode(
      op, "ReduceSum",
      {weighted, writer.addInts(nameFor(op, "axes"), {op.getAxis() + 1})});
  setInt(node, "keepdims", 0);
  return success();
}
