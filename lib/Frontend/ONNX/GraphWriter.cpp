//===- GraphWriter.cpp - An ONNX graph under construction -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GraphWriter.h"

#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Dialect/Vox/IR/Layout.h"

#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

StringRef vox::frontend::getSourceName(Operation *op) {
  if (auto layer = op->getAttrOfType<StringAttr>("layer"))
    return layer;
  if (auto name = dyn_cast<NameLoc>(op->getLoc()))
    return name.getName();
  if (auto constant = dyn_cast<ConstantOp>(op))
    if (auto resource =
            dyn_cast<DenseResourceElementsAttr>(constant.getValue()))
      return resource.getRawHandle().getKey();
  return "";
}

std::string GraphWriter::makeName(StringRef base) {
  std::string name = base.str();
  while (!taken.insert(name).second)
    name = (base + "_" + Twine(++variations[base])).str();
  return name;
}

void GraphWriter::setName(Value value, StringRef name) {
  names[value] = name.str();
}

std::string GraphWriter::getName(Value value) {
  Operation *op = value.getDefiningOp();
  auto known = names.find(value);
  if (known == names.end()) {
    StringRef base = getSourceName(op);
    known = names.try_emplace(value).first;
    known->second =
        makeName(base.empty() ? op->getName().stripDialect() : base);
  }
  std::string name = known->second;
  if (auto constant = dyn_cast_or_null<ConstantOp>(op);
      constant && written.insert(op).second)
    writeConstant(constant, name);
  return name;
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

std::string GraphWriter::makeNodeName(StringRef base) {
  std::string name = base.str();
  while (!name.empty() && !nodes.try_emplace(name, true).second)
    name = (base + "_" + Twine(++variations[base])).str();
  return name;
}

onnx::NodeProto &GraphWriter::addNode(StringRef type,
                                      ArrayRef<std::string> inputs,
                                      StringRef output) {
  onnx::NodeProto &node = *graph.add_node();
  node.set_op_type(type.str());
  for (const std::string &input : inputs)
    node.add_input(input);
  node.add_output(output.str());
  return node;
}

onnx::NodeProto &GraphWriter::addHelper(StringRef type,
                                        ArrayRef<std::string> inputs,
                                        StringRef output) {
  onnx::NodeProto &node = addNode(type, inputs, output);
  node.set_name(makeNodeName(output));
  return node;
}

onnx::NodeProto &GraphWriter::addNode(Operation *op, StringRef type,
                                      ArrayRef<std::string> inputs,
                                      StringRef output) {
  onnx::NodeProto &node = addNode(type, inputs, output);
  StringRef name = getSourceName(op);
  // The first node of a layer has its name.
  bool isLayer = op->hasAttr("layer") && !std::exchange(nodes[name], true);
  node.set_name(isLayer ? name.str() : makeNodeName(name));
  return node;
}

static onnx::AttributeProto &
addAttribute(onnx::NodeProto &node, StringRef name,
             onnx::AttributeProto::AttributeType type) {
  onnx::AttributeProto &attribute = *node.add_attribute();
  attribute.set_name(name.str());
  attribute.set_type(type);
  return attribute;
}

void vox::frontend::setInt(onnx::NodeProto &node, StringRef name,
                           int64_t value) {
  addAttribute(node, name, onnx::AttributeProto::INT).set_i(value);
}

void vox::frontend::setInts(onnx::NodeProto &node, StringRef name,
                            ArrayRef<int64_t> values) {
  onnx::AttributeProto &attribute =
      addAttribute(node, name, onnx::AttributeProto::INTS);
  for (int64_t value : values)
    attribute.add_ints(value);
}

void vox::frontend::setFloat(onnx::NodeProto &node, StringRef name,
                             double value) {
  addAttribute(node, name, onnx::AttributeProto::FLOAT)
      .set_f(static_cast<float>(value));
}

void vox::frontend::setString(onnx::NodeProto &node, StringRef name,
                              StringRef value) {
  addAttribute(node, name, onnx::AttributeProto::STRING).set_s(value.str());
}

//===----------------------------------------------------------------------===//
// Initializers
//===----------------------------------------------------------------------===//

std::string *GraphWriter::addTensor(StringRef name, ShapeRef shape,
                                    int32_t dataType, int64_t size) {
  onnx::TensorProto &tensor = *graph.add_initializer();
  tensor.set_name(name.str());
  tensor.set_data_type(dataType);
  for (int64_t extent : shape)
    tensor.add_dims(extent);
  dataSize += size;
  return dataSize > kMaxDataSize ? nullptr : tensor.mutable_raw_data();
}

template <typename T>
static void assign(std::string *bytes, ArrayRef<T> values) {
  if (bytes)
    bytes->assign(reinterpret_cast<const char *>(values.data()),
                  values.size() * sizeof(T));
}

std::string GraphWriter::addFloats(StringRef base, ShapeRef shape,
                                   ArrayRef<float> values) {
  std::string name = makeName(base);
  assign(addTensor(name, shape, onnx::TensorProto::FLOAT,
                   values.size() * sizeof(float)),
         values);
  return name;
}

std::string GraphWriter::addInts(StringRef base, ShapeRef shape,
                                 ArrayRef<int64_t> values) {
  std::string name = makeName(base);
  assign(addTensor(name, shape, onnx::TensorProto::INT64,
                   values.size() * sizeof(int64_t)),
         values);
  return name;
}

std::string GraphWriter::addScalar(StringRef base, Type type, float value) {
  if (type.isF32())
    return addFloats(base, {}, value);
  std::string name = makeName(base);
  ElementType element = *getElementType(type);
  auto number = static_cast<int64_t>(value);
  // Little endian, so that the low bytes come first.
  assign(addTensor(name, {}, element.code, element.bytes()),
         ArrayRef(reinterpret_cast<const char *>(&number), element.bytes()));
  return name;
}

void GraphWriter::writeConstant(ConstantOp op, StringRef name) {
  auto type = cast<RankedTensorType>(op.getType());
  ElementType element = *getElementType(type.getElementType());
  std::string *bytes =
      addTensor(name, type.getShape(), element.code, sizeInBytes(type));
  if (!bytes)
    return;
  std::vector<char> storage;
  ArrayRef<char> data = viewConstantBytes(op.getValue(), storage);
  bytes->assign(data.begin(), data.end());
}
