//===- NodeContext.cpp - What a handler sees of an ONNX node --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NodeContext.h"

#include "Limits.h"
#include "vox/Dialect/Vox/IR/Constants.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// Integers are shapes and the like. Larger tensors of them are data.
static constexpr int64_t kMaxInts = 65536;

std::string vox::frontend::describeNode(const onnx::NodeProto &node,
                                        int64_t opset) {
  std::string op = StringRef(node.op_type()).take_front(64).str();
  if (!isDefaultDomain(node.domain()))
    op = StringRef(node.domain()).take_front(64).str() + "." + op;
  else if (const onnx::OpSchema *schema =
               onnx::OpSchemaRegistry::Schema(node.op_type(), opset))
    op += "-" + std::to_string(schema->since_version());
  std::string escaped;
  llvm::raw_string_ostream os(escaped);
  llvm::printEscapedString(op, os);
  return "node " + quote(node.name()) + " (" + escaped + ")";
}

NodeContext::NodeContext(const onnx::NodeProto &node, int64_t opset,
                         ArrayRef<const Operand *> operands, OpBuilder &builder,
                         Report &report)
    : builder(builder), loc(report.locate(node.name())),
      layer(builder.getStringAttr(node.name())), node(node),
      schema(onnx::OpSchemaRegistry::Schema(node.op_type(), getTargetOpset())),
      operands(operands), prefix(describeNode(node, opset) + ": "),
      report(report) {}

LogicalResult NodeContext::error(const Twine &message, const Twine &hint) {
  report.error(loc, prefix + message, hint);
  return failure();
}

LogicalResult NodeContext::error(llvm::Error error) {
  return this->error(llvm::toString(std::move(error)));
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

bool NodeContext::allInts() const {
  bool any = false;
  for (const Operand *operand : operands) {
    if (operand && !operand->ints)
      return false;
    any |= operand != nullptr;
  }
  return any;
}

std::string NodeContext::describeInput(unsigned i) const {
  std::string name;
  if (schema && !schema->inputs().empty())
    name = schema->inputs()[std::min<size_t>(i, schema->inputs().size() - 1)]
               .GetName();
  return llvm::formatv("input {0} ({1})", i, name);
}

Value NodeContext::tensor(unsigned i) {
  if (!hasInput(i))
    return (void)error(describeInput(i) + " is missing"), nullptr;
  if (operands[i]->ints)
    return (void)error(describeInput(i) +
                       " is an integer tensor; expected a float tensor"),
           nullptr;
  return operands[i]->value;
}

ShapeRef NodeContext::shape(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

const IntTensor *NodeContext::ints(unsigned i) {
  if (!hasInput(i))
    return (void)error(describeInput(i) + " is missing"), nullptr;
  if (!operands[i]->ints)
    return (void)error(describeInput(i) +
                       " is not known at compile time; expected a constant of "
                       "integers"),
           nullptr;
  return &*operands[i]->ints;
}

std::optional<float> NodeContext::scalar(unsigned i) {
  Value value = tensor(i);
  if (!value)
    return std::nullopt;
  auto type = cast<RankedTensorType>(value.getType());
  std::optional<std::vector<float>> values;
  if (type.getNumElements() == 1)
    values = getConstantValues(value);
  if (values)
    return values->front();
  if (type.getNumElements() != 1)
    (void)error(describeInput(i) + " has shape " +
                formatShape(type.getShape()) + "; expected a scalar");
  else
    (void)error(describeInput(i) +
                " is not known at compile time; expected a constant");
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

const onnx::AttributeProto *NodeContext::attribute(StringRef name) const {
  for (const onnx::AttributeProto &attribute : node.attribute())
    if (attribute.name() == name)
      return &attribute;
  return nullptr;
}

int64_t NodeContext::getInt(StringRef name, int64_t defaultValue) const {
  const onnx::AttributeProto *found = attribute(name);
  return found ? found->i() : defaultValue;
}

float NodeContext::getFloat(StringRef name, float defaultValue) const {
  const onnx::AttributeProto *found = attribute(name);
  return found ? found->f() : defaultValue;
}

std::string NodeContext::getString(StringRef name,
                                   StringRef defaultValue) const {
  const onnx::AttributeProto *found = attribute(name);
  return found ? found->s() : defaultValue.str();
}

std::optional<Shape> NodeContext::getInts(StringRef name) const {
  const onnx::AttributeProto *found = attribute(name);
  if (!found)
    return std::nullopt;
  return Shape(found->ints().begin(), found->ints().end());
}

std::optional<int64_t> NodeContext::normalizeAxis(int64_t axis, int64_t rank) {
  if (axis >= -rank && axis < rank)
    return axis < 0 ? axis + rank : axis;
  (void)error("axis is " + Twine(axis) + "; expected " + Twine(-rank) + " to " +
              Twine(rank - 1));
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

RankedTensorType NodeContext::type(ShapeRef shape) {
  std::optional<int64_t> count = numElements(shape);
  if (count && *count > 0 && shape.size() <= kMaxRank)
    return RankedTensorType::get(shape, builder.getF32Type());
  if (shape.size() > kMaxRank)
    return (void)error("the result has rank " + Twine(shape.size()) +
                       "; expected at most " + Twine(kMaxRank)),
           nullptr;
  return (void)error("the result has shape " + formatShape(shape) +
                     "; expected 1 to 2^31 - 1 elements"),
         nullptr;
}

LogicalResult NodeContext::result(IntTensor ints) {
  if (ints.values.size() > kMaxInts)
    return error("the result has " + Twine(ints.values.size()) +
                 " integers; expected at most " + Twine(kMaxInts));
  results.push_back(Operand{nullptr, std::move(ints)});
  return success();
}
