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
#include "mlir/IR/Matchers.h"
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
                         Exchanged &exchanged, int64_t spareBytes,
                         Report &report)
    : builder(builder), exchanged(exchanged), opset(opset),
      loc(report.locate(node.name())),
      layer(builder.getStringAttr(node.name())), node(node),
      schema(onnx::OpSchemaRegistry::Schema(node.op_type(), getTargetOpset())),
      operands(operands), prefix(describeNode(node, opset) + ": "),
      spareBytes(spareBytes), report(report) {}

Failure NodeContext::error(const Twine &message, const Twine &hint) {
  report.error(loc, prefix + message, hint);
  return {};
}

Failure NodeContext::error(llvm::Error error) {
  return this->error(llvm::toString(std::move(error)));
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

/// Up to here a constant is printed with its elements.
static constexpr size_t kInlineElements = 16;

/// The bytes of integers of `T`, as a resource holds them.
template <typename T> static AsmResourceBlob makeBlob(ArrayRef<int64_t> ints) {
  AsmResourceBlob blob = HeapAsmResourceBlob::allocate(
      ints.size() * sizeof(T), /*align=*/64, /*dataIsMutable=*/true);
  llvm::copy(ints, reinterpret_cast<T *>(blob.getMutableData().data()));
  return blob;
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

Operand vox::frontend::createEmpty(OpBuilder &builder, Location loc,
                                   ShapeRef shape, int32_t dataType) {
  if (isInteger(dataType))
    return Operand{nullptr, IntTensor{Shape(shape), {}, dataType}};
  return Operand{createConstant(builder, loc, shape, {}, ""), std::nullopt};
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

static bool isSmall(Value value) {
  return *numElements(NodeContext::shape(value)) <= int64_t(kMaxInts);
}

/// `value`, or the constant that the ops before it fold to.
static Value foldToConstant(Value value, unsigned depth) {
  Operation *op = value.getDefiningOp();
  if (!op || isa<ConstantOp>(op) || depth == 0 ||
      !llvm::all_of(op->getOperands(), isSmall))
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
  if (!isSmall(value))
    return std::nullopt;
  return getConstantValues(foldToConstant(value, kMaxFoldedDepth));
}

std::optional<std::vector<float>> frontend::readConstant(Value value) {
  DenseElementsAttr elements;
  if (matchPattern(value, m_Constant(&elements)) && elements.isSplat() &&
      elements.getNumElements() > kMaxRepeated)
    return std::nullopt;
  return getConstantValues(value);
}

bool NodeContext::canSpare(Value value) const {
  return *numElements(shape(value)) * int64_t(sizeof(float)) <= spareBytes;
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

ShapeRef Operand::shape() const {
  return ints ? ShapeRef(ints->shape) : NodeContext::shape(value);
}

int32_t Operand::dataType() const {
  return ints ? ints->dataType : getDataType(value);
}

bool NodeContext::isGiven(unsigned i) const {
  return hasInput(i) && !operands[i]->isEmpty();
}

bool NodeContext::isEmpty(unsigned i) const {
  return hasInput(i) && operands[i]->isEmpty();
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
  return error(describeInput(i) + " has type " +
               getTypeName(getDataType(value)) + "; expected float");
}

Value NodeContext::anyTensor(unsigned i) {
  if (isEmpty(i))
    return error(describeInput(i) + " has no elements; expected at least one");
  return anyTensorOrEmpty(i);
}

Value NodeContext::anyTensorOrEmpty(unsigned i) {
  if (!hasInput(i))
    return error(describeInput(i) + " is missing");
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
    return error(describeInput(i) + " is missing");
  if (!operands[i]->ints)
    return error(describeInput(i) +
                 " is not known at compile time; expected a constant of "
                 "integers");
  return &*operands[i]->ints;
}

std::optional<float> NodeContext::scalar(unsigned i) {
  Value value = tensor(i);
  if (!value)
    return std::nullopt;
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getNumElements() != 1)
    return error(describeInput(i) + " has shape " +
                 formatShape(type.getShape()) + "; expected a scalar");
  std::optional<std::vector<float>> values = floats(i, 1);
  return values ? std::optional(values->front()) : std::nullopt;
}

std::optional<std::vector<float>> NodeContext::floats(unsigned i,
                                                      size_t count) {
  Value value = tensor(i);
  if (!value)
    return std::nullopt;
  if (size_t given = *numElements(shape(value)); given != count)
    return error(describeInput(i) + " has " + Twine(given) +
                 " entries; expected " + Twine(count));
  auto values = computeFloats(value);
  if (!values)
    return error(describeInput(i) +
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
  return error("axis is " + Twine(axis) + "; expected " + Twine(-rank) +
               " to " + Twine(rank - 1));
}

std::optional<Shape> NodeContext::normalizeAxes(ShapeRef axes, int64_t rank) {
  Shape result;
  for (int64_t axis : axes) {
    std::optional<int64_t> normal = normalizeAxis(axis, rank);
    if (!normal)
      return std::nullopt;
    if (llvm::is_contained(result, *normal))
      return error("axes lists dimension " + Twine(*normal) + " twice");
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
    return error("the result has rank " + Twine(shape.size()) +
                 "; expected at most " + Twine(kMaxRank));
  return error("the result has shape " + formatShape(shape) +
               "; expected 1 to 2^31 - 1 elements");
}

LogicalResult NodeContext::emptyResult(ShapeRef shape, int32_t dataType) {
  return result(createEmpty(builder, loc, shape, dataType));
}

LogicalResult NodeContext::result(IntTensor ints) {
  if (ints.values.size() > kMaxInts)
    return error("the result has " + Twine(ints.values.size()) +
                 " integers; expected at most " + Twine(kMaxInts));
  return result(Operand{nullptr, std::move(ints)});
}
