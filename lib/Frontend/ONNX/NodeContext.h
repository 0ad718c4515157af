//===- NodeContext.h - What a handler sees of an ONNX node ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A handler asks for operands and attributes, gets values or an error that is
// already reported, and defines the node's results.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_FRONTEND_ONNX_NODE_CONTEXT_H
#define VOX_LIB_FRONTEND_ONNX_NODE_CONTEXT_H

#include "Diagnostics.h"
#include "Tensors.h"
#include "vox/Dialect/Vox/IR/Vox.h"

#include "onnx/defs/schema.h"

namespace vox::frontend {

/// What a name of the graph stands for: a tensor in the function, or integers
/// known now (and a tensor, too, once a handler has asked for one), or nothing
/// (after an error was reported). A tensor without elements is a constant or
/// integers, never computed; old opsets leave operands out by them.
struct Operand {
  mlir::Value value;
  std::optional<IntTensor> ints;
  bool isKnown() const { return value || ints; }
  /// The shape and the ONNX code of the element type of what is known.
  ShapeRef shape() const;
  int32_t dataType() const;
  bool isEmpty() const { return llvm::is_contained(shape(), 0); }
};

/// Integers are shapes and the like. Larger tensors of them are data.
inline constexpr size_t kMaxInts = 65536;

/// A constant of integers.
mlir::Value createIntConstant(mlir::OpBuilder &builder, mlir::Location loc,
                              const IntTensor &ints, llvm::StringRef name);

/// The tensor without elements of this shape and ONNX type.
Operand createEmpty(mlir::OpBuilder &builder, mlir::Location loc,
                    ShapeRef shape, int32_t dataType);

/// A constant of floats.
mlir::Value createConstant(mlir::OpBuilder &builder, mlir::Location loc,
                           ShapeRef shape, llvm::ArrayRef<float> values,
                           llvm::StringRef name);

/// A constant made from `original`, whose name and location it takes over.
mlir::Value createConstantLike(mlir::OpBuilder &builder, mlir::Value original,
                               ShapeRef shape, llvm::ArrayRef<float> values);

/// The elements of a float tensor that is computed from constants alone: what
/// exporters write around the scales of Resize. The ops that compute it become
/// a constant. Nothing for other values, and for more than kMaxInts elements.
std::optional<std::vector<float>> computeFloats(mlir::Value value);

/// The elements of a float constant that is to be rearranged at import. Nothing
/// for other values, and for one number repeated more than kMaxRepeated times,
/// of which a few bytes of a file can ask for any amount: ops rearrange that.
std::optional<std::vector<float>> readConstant(mlir::Value value);

/// The ONNX code and the name of a tensor's element type.
int32_t getDataType(mlir::Value value);

/// What reporting an error gives: a handler's failure, no value or nothing.
class [[nodiscard]] Failure {
public:
  operator mlir::LogicalResult() const { return mlir::failure(); }
  operator mlir::Value() const { return nullptr; }
  operator mlir::RankedTensorType() const { return nullptr; }
  operator std::nullptr_t() const { return nullptr; }
  template <typename T,
            std::enable_if_t<!std::is_same_v<T, mlir::LogicalResult>, int> = 0>
  operator std::optional<T>() const {
    return std::nullopt;
  }
};

class NodeContext {
public:
  /// Matrices by what they become when their dimensions are exchanged.
  using Exchanged = llvm::DenseMap<mlir::Value, mlir::Value>;

  /// `operands` has one entry per input of the node; null where it is absent.
  NodeContext(const onnx::NodeProto &node, int64_t opset,
              llvm::ArrayRef<Operand *> operands, mlir::OpBuilder &builder,
              Exchanged &exchanged, int64_t spareBytes, Report &report);

  mlir::OpBuilder &builder;
  /// Those of all nodes: what nodes share, they share exchanged, too.
  Exchanged &exchanged;
  /// Whether a constant as large as `value` may be made of what an op could
  /// make of it at run time, too.
  bool canSpare(mlir::Value value) const;
  /// The operator set that the file was written for. Where an op's meaning has
  /// changed without the version converter's knowing, handlers ask for it.
  const int64_t opset;
  const mlir::Location loc;
  /// The `layer` attribute of ops.
  const mlir::StringAttr layer;
  llvm::StringRef opType() const { return node.op_type(); }

  /// Reports an error behind `node "Conv_12" (Conv-11): `.
  Failure error(const llvm::Twine &message, const llvm::Twine &hint = "");
  Failure error(llvm::Error error);

  // Operands.
  unsigned numInputs() const { return operands.size(); }
  bool hasInput(unsigned i) const { return i < operands.size() && operands[i]; }
  /// Whether operand `i` is there and has elements, or has none.
  bool isGiven(unsigned i) const;
  bool isEmpty(unsigned i) const;
  /// Whether operand `i` is integers known at import.
  bool isInts(unsigned i) const { return hasInput(i) && operands[i]->ints; }
  /// Whether all operands are integers, and not many, so that the node computes
  /// a shape.
  bool allInts() const;
  /// "input 1 (shape)"
  std::string describeInput(unsigned i) const;
  /// The float tensor, or null after an error.
  mlir::Value tensor(unsigned i);
  /// The tensor of any element type, or null after an error. Integers known at
  /// import become a constant.
  mlir::Value anyTensor(unsigned i);
  /// The same where one without elements is welcome.
  mlir::Value anyTensorOrEmpty(unsigned i);
  static ShapeRef shape(mlir::Value value);
  /// Integers known at import, or null after an error.
  const IntTensor *ints(unsigned i);
  /// The one element of a constant float tensor, or nothing after an error.
  std::optional<float> scalar(unsigned i);
  /// The `count` elements of a constant float tensor, or nothing after an
  /// error.
  std::optional<std::vector<float>> floats(unsigned i, size_t count);

  // Attributes. Their types were checked against the op's schema.
  const onnx::AttributeProto *attribute(llvm::StringRef name) const;
  int64_t getInt(llvm::StringRef name, int64_t defaultValue) const;
  float getFloat(llvm::StringRef name, float defaultValue) const;
  std::string getString(llvm::StringRef name,
                        llvm::StringRef defaultValue) const;
  std::optional<Shape> getInts(llvm::StringRef name) const;

  /// `axis` counted from the front, or nothing after an error. Axes from
  /// -`rank` to `rank` - 1 are valid.
  std::optional<int64_t> normalizeAxis(int64_t axis, int64_t rank);
  /// The same for attribute `axis`.
  std::optional<int64_t> getAxis(int64_t defaultValue, int64_t rank) {
    return normalizeAxis(getInt("axis", defaultValue), rank);
  }
  /// The same for a list in which no dimension may occur twice.
  std::optional<Shape> normalizeAxes(ShapeRef axes, int64_t rank);

  /// The type of a result, or null after an error if it can't exist. Its
  /// elements are floats, or of the type of `like`'s.
  mlir::RankedTensorType type(ShapeRef shape, mlir::Value like = nullptr);

  /// Whether a result of this shape exists and has no elements.
  static bool isEmptyShape(ShapeRef shape) {
    return shape.size() <= kMaxRank && numElements(shape) == 0;
  }

  // Results. Each handler defines the first, or fails.
  unsigned numOutputs() const { return node.output_size(); }
  mlir::LogicalResult result(mlir::Value value) {
    return result(Operand{value, std::nullopt});
  }
  mlir::LogicalResult result(Operand operand) {
    results.push_back(std::move(operand));
    return mlir::success();
  }
  mlir::LogicalResult result(IntTensor ints);
  /// A result without elements, of a supported type.
  mlir::LogicalResult emptyResult(ShapeRef shape, int32_t dataType);
  llvm::ArrayRef<Operand> getResults() const { return results; }

private:
  const onnx::NodeProto &node;
  const onnx::OpSchema *schema;
  llvm::SmallVector<Operand *> operands;
  llvm::SmallVector<Operand, 1> results;
  std::string prefix;
  int64_t spareBytes;
  Report &report;
};

/// `node "Conv_12" (Conv-11)`: the version is that in which the model's
/// operator set, `opset`, has the op.
std::string describeNode(const onnx::NodeProto &node, int64_t opset);

} // namespace vox::frontend

#endif // VOX_LIB_FRONTEND_ONNX_NODE_CONTEXT_H
