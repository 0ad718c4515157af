//===- NodeContext.cpp - What a handler sees of an ONNX node --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NodeContext.h"

#include "Limits.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

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
                         ArrayRef<Operand *> operands, OpBuilder &builder,
                         Report &report)
    : builder(builder), opset(opset), loc(report.locate(node.name())),
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
// Constants
//===----------------------------------------------------------------------===//

/// Up to here a constant is printed with its elements.
static constexpr size_t kInlineElements = 16;

/// The bytes of integers of `T`, as a resource holds them.
template <typename T> static AsmResourceBlob makeBlob(ArrayRef<int64_t> ints) {
  std::vector<T> values(ints.begin(), ints.end());
  return HeapAsmResourceBlob::allocateAndCopyWithAlign(
      ArrayRef<char>(reinterpret_cast<const char *>(values.data()),
                     values.size() * sizeof(T)),
      64, /*dataIsMutable=*/false);
}

static AsmResourceBlob makeBlob(ArrayRef<int64_t> ints, int64_t bytes) {
  switch (bytes) {
  case 1:
    return makeBlob<int8_t>(ints);
  case 2:
    return makeBlob<int16_t>(ints);
  case 4:
    return makeBlob<int32_t>(ints);
  default:
    return makeBlob<int64_t>(ints);
  }
}

Value vox::frontend::createIntConstant(OpBuilder &builder, Location loc,
                                       const IntTensor &ints, StringRef name) {
  auto type = RankedTensorType::get(
      ints.shape, getElementType(builder.getContext(), ints.dataType));
  if (ints.values.size() > kInlineElements)
    return ConstantOp::create(
        builder, loc, type,
        DenseResourceElementsAttr::get(
            type, name, makeBlob(ints.values, getElementSize(ints.dataType))));
  unsigned bits = type.getElementTypeBitWidth();
  SmallVector<APInt> values;
  for (int64_t value : ints.values)
    values.emplace_back(bits, value, /*isSigned=*/true, /*implicitTrunc=*/true);
  return ConstantOp::create(builder, loc, type,
                            DenseElementsAttr::get(type, values));
}

Value vox::frontend::createConstant(OpBuilder &builder, Location loc,
                                    ShapeRef shape, ArrayRef<float> values,
                                    StringRef name) {
  auto type = RankedTensorType::get(shape, builder.getF32Type());
  return ConstantOp::create(builder, loc, type,
                            makeConstant(type, values, name));
}

Value vox::frontend::createConstantLike(OpBuilder &builder, Value original,
                                        ShapeRef shape,
                                        ArrayRef<float> values) {
  auto loc = dyn_cast<NameLoc>(original.getLoc());
  return createConstant(builder, original.getLoc(), shape, values,
                        loc ? loc.getName().getValue() : "constant");
}

int32_t vox::frontend::getDataType(Value value) {
  return getElementType(
             cast<RankedTensorType>(value.getType()).getElementType())
      ->code;
}

/// Exporters' arithmetic on shapes is some nodes deep.
static constexpr unsigned kMaxFoldedDepth = 16;

/// `value`, or the constant that the ops before it fold to.
static Value foldToConstant(Value value, unsigned depth) {
  Operation *op = value.getDefiningOp();
  if (!op || isa<ConstantOp>(op) || depth == 0)
    return value;
  for (OpOperand &operand : op->getOpOperands()) {
    Value constant = foldToConstant(operand.get(), depth - 1);
    if (!isConstant(constant))
      return value;
    operand.set(constant);
  }
  SmallVector<OpFoldResult> folded;
  if (failed(op->fold(folded)) || folded.size() != 1)
    return value;
  if (auto known = dyn_cast<Value>(folded.front()))
    return known == value ? value : foldToConstant(known, depth - 1);
  OpBuilder builder(op);
  auto elements = cast<ElementsAttr>(cast<Attribute>(folded.front()));
  Value constant =
      ConstantOp::create(builder, op->getLoc(), value.getType(), elements);
  value.replaceAllUsesWith(constant);
  return constant;
}

std::optional<std::vector<float>> frontend::computeFloats(Value value) {
  return getConstantValues(foldToConstant(value, kMaxFoldedDepth));
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

bool NodeContext::isGiven(unsigned i) const {
  return hasInput(i) && !operands[i]->isEmpty &&
         !(operands[i]->ints && operands[i]->ints->values.empty());
}

bool NodeContext::allInts() const {
  bool any = false;
  for (const Operand *operand : operands) {
    if (operand && (!operand->ints || operand->ints->values.size() > kMaxInts))
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
  Value value = anyTensor(i);
  if (!value || getDataType(value) == onnx::TensorProto::FLOAT)
    return value;
  return (void)error(describeInput(i) + " has type " +
                     getTypeName(getDataType(value)) + "; expected float"),
         nullptr;
}

Value NodeContext::anyTensor(unsigned i) {
  if (!hasInput(i))
    return (void)error(describeInput(i) + " is missing"), nullptr;
  if (!isGiven(i))
    return (void)error(describeInput(i) +
                       " has no elements; expected at least one"),
           nullptr;
  Operand &operand = *operands[i];
  if (!operand.value)
    operand.value = createIntConstant(builder, report.locate(node.input(i)),
                                      *operand.ints, node.input(i));
  return operand.value;
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
  if (type.getNumElements() != 1) {
    (void)error(describeInput(i) + " has shape " +
                formatShape(type.getShape()) + "; expected a scalar");
    return std::nullopt;
  }
  std::optional<std::vector<float>> values = floats(i);
  return values ? std::optional(values->front()) : std::nullopt;
}

std::optional<std::vector<float>> NodeContext::floats(unsigned i) {
  Value value = tensor(i);
  if (!value)
    return std::nullopt;
  auto values = computeFloats(value);
  if (!values)
    (void)error(describeInput(i) +
                " is not known at compile time; expected a constant");
  return values;
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

std::optional<Shape> NodeContext::normalizeAxes(ShapeRef axes, int64_t rank) {
  Shape result;
  for (int64_t axis : axes) {
    std::optional<int64_t> normal = normalizeAxis(axis, rank);
    if (!normal)
      return std::nullopt;
    if (llvm::is_contained(result, *normal)) {
      (void)error("axes lists dimension " + Twine(*normal) + " twice");
      return std::nullopt;
    }
    result.push_back(*normal);
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

RankedTensorType NodeContext::type(ShapeRef shape, Value like) {
  std::optional<int64_t> count = numElements(shape);
  if (count && *count > 0 && shape.size() <= kMaxRank)
    return RankedTensorType::get(
        shape, like ? cast<RankedTensorType>(like.getType()).getElementType()
                    : builder.getF32Type());
  if (shape.size() > kMaxRank)
    return (void)error("the result has rank " + Twine(shape.size()) +
                       "; expected at most " + Twine(kMaxRank)),
           nullptr;
  return (void)error("the result has shape " + formatShape(shape) +
                     "; expected 1 to 2^31 - 1 elements"),
         nullptr;
}

LogicalResult NodeContext::emptyResult(ShapeRef shape, int32_t dataType) {
  if (isInteger(dataType))
    return result(IntTensor{Shape(shape), {}, dataType});
  return result(Operand{nullptr, std::nullopt, /*isEmpty=*/true});
}

LogicalResult NodeContext::result(IntTensor ints) {
  if (ints.values.size() > kMaxInts)
    return error("the result has " + Twine(ints.values.size()) +
                 " integers; expected at most " + Twine(kMaxInts));
  return result(Operand{nullptr, std::move(ints)});
}
