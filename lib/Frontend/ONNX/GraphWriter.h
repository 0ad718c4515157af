//===- GraphWriter.h - An ONNX graph under construction -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names for values, nodes and initializers. A constant becomes an initializer
// when a node first reads it, so those that are written in another order, such
// as the weights of transposed convolutions, leave nothing behind.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_GRAPH_WRITER_H
#define VOX_LIB_FRONTEND_ONNX_GRAPH_WRITER_H

#include "vox/Dialect/Vox/IR/Shapes.h"
#include "vox/Dialect/Vox/IR/Vox.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"

#include "onnx/onnx_pb.h"

namespace vox::frontend {

class GraphWriter {
public:
  explicit GraphWriter(onnx::GraphProto &graph) : graph(graph) {}

  /// `base`, or a variation of it, that names nothing yet.
  std::string makeName(llvm::StringRef base);
  /// Keeps `name` from other values. False if it names one already.
  bool reserveName(llvm::StringRef name) { return taken.insert(name).second; }
  /// Gives `value` a reserved name.
  void setName(mlir::Value value, llvm::StringRef name);
  bool hasName(mlir::Value value) const { return names.contains(value); }
  /// The name of an operand or result.
  std::string getName(mlir::Value value);

  /// Keeps the name of a layer from nodes of other ops.
  void reserveLayer(llvm::StringRef name) { nodes.try_emplace(name, false); }
  /// A node without attributes, named after the layer, or else the location, of
  /// `op`.
  onnx::NodeProto &addNode(mlir::Operation *op, llvm::StringRef type,
                           llvm::ArrayRef<std::string> inputs,
                           llvm::StringRef output);
  /// The node whose result is that of `op`.
  onnx::NodeProto &addNode(mlir::Operation *op, llvm::StringRef type,
                           llvm::ArrayRef<std::string> inputs) {
    return addNode(op, type, inputs, getName(op->getResult(0)));
  }

  /// A node that prepares an operand, named after its result, `output`.
  onnx::NodeProto &addHelper(llvm::StringRef type,
                             llvm::ArrayRef<std::string> inputs,
                             llvm::StringRef output);

  /// New initializers; the result is their name.
  std::string addFloats(llvm::StringRef base, ShapeRef shape,
                        llvm::ArrayRef<float> values);
  std::string addInts(llvm::StringRef base, llvm::ArrayRef<int64_t> values) {
    return addInts(base, static_cast<int64_t>(values.size()), values);
  }
  std::string addInts(llvm::StringRef base, ShapeRef shape,
                      llvm::ArrayRef<int64_t> values);
  /// One number of the element type `type`.
  std::string addScalar(llvm::StringRef base, mlir::Type type, float value);

  /// Bytes of all initializers. A model of 2 GiB can't be serialized, so what
  /// is beyond is counted and not stored.
  int64_t getDataSize() const { return dataSize; }
  static constexpr int64_t kMaxDataSize = (int64_t(1) << 31) - (1 << 24);

  /// Weights by what was exchanged in them, in so many groups: what several
  /// nodes read is written once.
  llvm::DenseMap<std::pair<mlir::Value, int64_t>, std::string> exchanged;

private:
  std::string makeNodeName(llvm::StringRef base);
  onnx::NodeProto &addNode(llvm::StringRef type,
                           llvm::ArrayRef<std::string> inputs,
                           llvm::StringRef output);
  void writeConstant(ConstantOp op, llvm::StringRef name);
  /// Appends an initializer and returns where its `size` bytes go; null where
  /// they would be too many.
  std::string *addTensor(llvm::StringRef name, ShapeRef shape, int32_t dataType,
                         int64_t size);

  onnx::GraphProto &graph;
  llvm::DenseMap<mlir::Value, std::string> names;
  llvm::StringSet<> taken;
  /// How many variations of a name there are.
  llvm::StringMap<unsigned> variations;
  llvm::DenseSet<mlir::Operation *> written;
  /// Names of nodes, and whether a node has them yet.
  llvm::StringMap<bool> nodes;
  int64_t dataSize = 0;
};

/// The name of the ONNX node, tensor or MLIR resource that `op` comes from;
/// empty if there is none.
llvm::StringRef getSourceName(mlir::Operation *op);

void setInt(onnx::NodeProto &node, llvm::StringRef name, int64_t value);
void setInts(onnx::NodeProto &node, llvm::StringRef name,
             llvm::ArrayRef<int64_t> values);
void setFloat(onnx::NodeProto &node, llvm::StringRef name, double value);
void setString(onnx::NodeProto &node, llvm::StringRef name,
               llvm::StringRef value);

/// Writes `op` as one node or more. An error, reported at `op`, if ONNX has
/// none for it.
llvm::LogicalResult exportOp(mlir::Operation *op, GraphWriter &writer);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_GRAPH_WRITER_H
