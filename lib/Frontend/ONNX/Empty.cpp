//===- Empty.cpp - Nodes that compute no element --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of a result without elements there is nothing to know but shape and type,
// and those ONNX's shape inference tells for every op. So such nodes end here,
// and handlers meet operands without elements only where the result has some:
// in a sum, a concatenation or a shape.
//
//===----------------------------------------------------------------------===//

#include "Empty.h"

#include "Limits.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

#include "onnx/shape_inference/implementation.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// Larger tensors of integers are no axes or sizes, which give a shape.
static constexpr size_t kMaxIntegers = 1024;

/// Whether the inference can be trusted with the attributes of a node that no
/// handler has checked: it counts, divides and indexes by some of them unseen.
static bool isSafe(const onnx::NodeProto &node, int64_t rank) {
  using onnx::AttributeProto;
  return llvm::all_of(node.attribute(), [&](const AttributeProto &attribute) {
    StringRef name = attribute.name();
    if (name == "axis")
      return attribute.i() >= -rank && attribute.i() < rank;
    if (attribute.type() == AttributeProto::INT)
      return llvm::is_contained({"allowzero", "dtype", "exclusive", "fmod",
                                 "keepdims", "noop_with_empty_axes", "reverse",
                                 "saturate", "to", "upper"},
                                name);
    return attribute.type() != AttributeProto::INTS || name == "perm";
  });
}

/// Tells the inference what is known of an operand.
static void describe(const std::string &name, const Operand &operand,
                     onnx::GraphProto &graph) {
  if (operand.ints && operand.ints->values.size() <= kMaxIntegers) {
    onnx::TensorProto &tensor = *graph.add_initializer();
    tensor.set_name(name);
    tensor.set_data_type(operand.dataType());
    for (int64_t extent : operand.shape())
      tensor.add_dims(extent);
    for (int64_t value : operand.ints->values)
      if (operand.dataType() == onnx::TensorProto::INT64)
        tensor.add_int64_data(value);
      else
        tensor.add_int32_data(static_cast<int32_t>(value));
    return;
  }
  onnx::ValueInfoProto &input = *graph.add_input();
  input.set_name(name);
  auto &type = *input.mutable_type()->mutable_tensor_type();
  type.set_elem_type(operand.dataType());
  type.mutable_shape();
  for (int64_t extent : operand.shape())
    type.mutable_shape()->add_dim()->set_dim_value(extent);
}

/// The tensor without elements that has this type; nothing if there is none.
static std::optional<Operand> createOfType(const onnx::TypeProto_Tensor &type,
                                           OpBuilder &builder, Location loc) {
  Shape shape;
  for (const auto &dim : type.shape().dim())
    shape.push_back(dim.has_dim_value() ? dim.dim_value() : -1);
  if (!type.has_shape() || !NodeContext::isEmptyShape(shape) ||
      getElementSize(type.elem_type()) == 0)
    return std::nullopt;
  return createEmpty(builder, loc, shape, type.elem_type());
}

std::optional<SmallVector<Operand>>
vox::frontend::inferEmptyResults(const onnx::NodeProto &node,
                                 ArrayRef<Operand *> operands,
                                 OpBuilder &builder, Location loc) {
  if (llvm::none_of(operands, [](const Operand *operand) {
        return operand && operand->isEmpty();
      }))
    return std::nullopt;
  if (!operands[0] || !isSafe(node, operands[0]->shape().size()))
    return std::nullopt;

  onnx::ModelProto model;
  model.set_ir_version(onnx::IR_VERSION);
  model.add_opset_import()->set_version(getTargetOpset());
  onnx::GraphProto &graph = *model.mutable_graph();
  *graph.add_node() = node;
  llvm::StringSet<> described;
  for (auto [name, operand] : llvm::zip_equal(node.input(), operands))
    if (operand && described.insert(name).second)
      describe(name, *operand, graph);
  try {
    onnx::shape_inference::InferShapes(
        model, onnx::OpSchemaRegistry::Instance(),
        onnx::ShapeInferenceOptions(/*check_type=*/true, /*strict_mode=*/1,
                                    /*data_prop=*/false));
  } catch (const std::exception &) {
    return std::nullopt; // the handler says what is wrong
  }

  llvm::StringMap<const onnx::TypeProto_Tensor *> types;
  for (const onnx::ValueInfoProto &value : graph.value_info())
    types[value.name()] = &value.type().tensor_type();
  SmallVector<Operand> results;
  for (const std::string &name : node.output()) {
    Operand &result = results.emplace_back();
    if (name.empty())
      continue;
    const onnx::TypeProto_Tensor *type = types.lookup(name);
    std::optional<Operand> empty;
    if (type)
      empty = createOfType(*type, builder, loc);
    if (!empty)
      return std::nullopt;
    result = std::move(*empty);
  }
  return results;
}
