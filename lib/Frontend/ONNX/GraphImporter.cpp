//===- GraphImporter.cpp - From ONNX nodes to vox ops ---------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nodes are imported in the order of the file, each by the handler of its op.
// After an error a node's results are unknown, and so are those of all nodes
// that read them, without a word; every other node is still looked at.
//
//===----------------------------------------------------------------------===//

#include "GraphImporter.h"

#include "Empty.h"
#include "Handlers.h"
#include "Limits.h"
#include "MoveConstants.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Verifier.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

#include "onnx/shape_inference/implementation.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

namespace {
class GraphImporter {
public:
  GraphImporter(const NormalizedModel &model, Report &report)
      : model(model), graph(model.model.graph()), report(report),
        builder(&report.getContext()) {}

  OwningOpRef<ModuleOp> run();

private:
  void createFunction(ModuleOp module);
  SmallVector<DictionaryAttr>
  nameAttributes(ArrayRef<onnx::ValueInfoProto> values);
  /// What a name stands for; a constant is created when it is first needed.
  Operand *lookup(const std::string &name);
  Operand createConstant(const onnx::TensorProto &tensor);
  void importNode(const onnx::NodeProto &node);
  /// Refuses more ops, or bytes of constants, than later phases should meet,
  /// after `node` has added to them.
  LogicalResult checkSize(const onnx::NodeProto &node);
  void createReturn();
  /// Makes constants of results that are. Ops up to `last` were there before
  /// their node.
  void moveConstants(const NodeContext &context,
                     MutableArrayRef<Operand> results, Operation *last);
  Value getOutput(const onnx::ValueInfoProto &output);
  void checkOutput(const onnx::ValueInfoProto &output, Value value);
  void crossCheck();

  const NormalizedModel &model;
  const onnx::GraphProto &graph;
  Report &report;
  OpBuilder builder;
  func::FuncOp function;
  llvm::StringMap<Operand> operands;
  /// Initializers of the converter.
  llvm::StringMap<const onnx::TensorProto *> addedConstants;
  /// Names that a node reads or the network returns.
  llvm::StringSet<> used;
  /// Matrices that were turned around for a node.
  NodeContext::Exchanged exchanged;
  /// The ops up to this one were counted.
  Operation *lastCounted = nullptr;
  int64_t numOps = 0;
  /// Of constants and of integers known at import.
  int64_t numBytes = 0, mostBytes = 0;
};
} // namespace

/// A symbol of letters, digits and underscores.
static std::string sanitize(StringRef name) {
  std::string symbol;
  for (char c : name.take_front(64))
    symbol += llvm::isAlnum(c) ? c : '_';
  if (symbol.empty() || llvm::isDigit(symbol.front()))
    symbol.insert(0, "network_");
  return symbol;
}

SmallVector<DictionaryAttr>
GraphImporter::nameAttributes(ArrayRef<onnx::ValueInfoProto> values) {
  SmallVector<DictionaryAttr> attributes;
  for (const onnx::ValueInfoProto &value : values)
    attributes.push_back(builder.getDictionaryAttr(builder.getNamedAttr(
        kTensorName, builder.getStringAttr(value.name()))));
  return attributes;
}

void GraphImporter::createFunction(ModuleOp module) {
  SmallVector<Type> types;
  for (const onnx::ValueInfoProto &input : model.inputs) {
    Shape shape;
    for (const auto &dim : input.type().tensor_type().shape().dim())
      shape.push_back(dim.dim_value());
    types.push_back(RankedTensorType::get(
        shape, getElementType(builder.getContext(),
                              input.type().tensor_type().elem_type())));
  }
  builder.setInsertionPointToEnd(module.getBody());
  function = func::FuncOp::create(builder, report.locate(), "main",
                                  builder.getFunctionType(types, {}));
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToStart(entry);
  function.setAllArgAttrs(nameAttributes(model.inputs));
  for (auto [i, input] : llvm::enumerate(model.inputs)) {
    entry->getArgument(i).setLoc(report.locate(input.name()));
    Operand operand{entry->getArgument(i), std::nullopt};
    // Without elements, all of it is known.
    if (operand.isEmpty())
      operand = createEmpty(builder, report.locate(input.name()),
                            operand.shape(), operand.dataType());
    operands[input.name()] = std::move(operand);
  }
}

Operand GraphImporter::createConstant(const onnx::TensorProto &tensor) {
  auto error = [&](const Twine &message) {
    report.error(report.locate(tensor.name()),
                 "initializer " + quote(tensor.name()) + " " + message);
    return Operand();
  };
  if (isInteger(tensor.data_type()))
    return Operand{nullptr, readInts(tensor)};
  if (tensor.data_type() != onnx::TensorProto::FLOAT)
    return error("has type " + getTypeName(tensor.data_type()) + "; expected " +
                 kElementTypeNames);
  return Operand{vox::frontend::createConstant(
                     builder, report.locate(tensor.name()), getShape(tensor),
                     readFloats(tensor), tensor.name()),
                 std::nullopt};
}

Operand *GraphImporter::lookup(const std::string &name) {
  auto [known, isNew] = operands.try_emplace(name);
  if (!isNew)
    return &known->second;
  auto constant = model.constants.find(name);
  if (constant != model.constants.end())
    known->second = createConstant(constant->second);
  else if (auto added = addedConstants.find(name);
           added != addedConstants.end())
    known->second = createConstant(*added->second);
  return &known->second;
}

void GraphImporter::importNode(const onnx::NodeProto &node) {
  SmallVector<Operand *> inputs;
  bool areKnown = true;
  for (const std::string &name : node.input()) {
    inputs.push_back(name.empty() ? nullptr : lookup(name));
    areKnown &= name.empty() || inputs.back()->isKnown();
  }
  if (!areKnown)
    return;

  // Half of what is allowed is left to ops that can't do without.
  int64_t spareBytes = (mostBytes - numBytes) / 2;
  NodeContext context(node, model.opset, inputs, builder, exchanged, spareBytes,
                      report);
  const OpEntry *entry = lookupOp(node.op_type());
  if (!entry || !node.domain().empty())
    return (void)context.error("the op is not supported");
  if (auto results = inferEmptyResults(node, inputs, builder, context.loc)) {
    for (auto [name, result] : llvm::zip_equal(node.output(), *results))
      if (!name.empty())
        operands[name] = std::move(result);
    return;
  }
  Operation *last =
      function.front().empty() ? nullptr : &function.front().back();
  Folded folded;
  if (entry->fold && context.allInts())
    folded = entry->fold(context);
  if (failed(folded ? *folded : entry->import(context)))
    return;
  SmallVector<Operand> results(context.getResults());
  moveConstants(context, results, last);
  for (const Operand &result : results)
    if (result.ints)
      numBytes += result.ints->values.size() * sizeof(int64_t);
  for (auto [i, name] : llvm::enumerate(node.output())) {
    if (i < results.size() && !name.empty())
      operands[name] = results[i];
    else if (!name.empty() && used.contains(name))
      return (void)context.error(
          "output " + Twine(i) + " (" + quote(name) +
          ") is used, which is not supported; expected output 0 only");
  }
}

void GraphImporter::moveConstants(const NodeContext &context,
                                  MutableArrayRef<Operand> results,
                                  Operation *last) {
  for (Operand &result : results) {
    Operation *op = result.value ? result.value.getDefiningOp() : nullptr;
    bool isNew = op && op != last && (!last || last->isBeforeInBlock(op));
    if (!isNew || !op->use_empty() || !context.canSpare(result.value))
      continue;
    Value moved = frontend::moveConstants(builder, result.value);
    if (!moved)
      continue;
    for (Operand &same : results)
      if (same.value == op->getResult(0))
        same.value = moved;
    op->erase();
  }
}

/// The bytes that an op holds in a resource; small constants have none.
static int64_t countBytes(Operation *op) {
  DenseResourceElementsAttr resource;
  if (!matchPattern(op, m_Constant(&resource)))
    return 0;
  return resource.getRawHandle().getBlob()->getData().size();
}

/// What import may make of a model: its weights as often as some ops take them,
/// and what small files ask for.
static int64_t getMostBytes(const NormalizedModel &model) {
  int64_t own = model.model.ByteSizeLong();
  for (const auto &constant : model.constants)
    own += constant.second.ByteSizeLong();
  return kMaxMadeBytes + kMaxCopies * own;
}

LogicalResult GraphImporter::checkSize(const onnx::NodeProto &node) {
  Block &block = function.front();
  if (!block.empty()) {
    Operation *op = lastCounted ? lastCounted->getNextNode() : &block.front();
    for (; op; op = op->getNextNode()) {
      ++numOps;
      numBytes += countBytes(op);
    }
    lastCounted = &block.back();
  }
  Location loc = report.locate(node.name());
  if (numOps > kMaxOps)
    report.error(loc,
                 describeNode(node, model.opset) +
                     ": brings the network to more than " + Twine(kMaxOps) +
                     " ops, which is not supported",
                 "each step of a recurrent net is some of them");
  else if (numBytes > mostBytes)
    report.error(loc, describeNode(node, model.opset) +
                          ": brings the constants that are made at import to "
                          "more than " +
                          Twine(mostBytes >> 20) + " MiB (" +
                          Twine(kMaxMadeBytes >> 20) + " MiB and " +
                          Twine(kMaxCopies) +
                          " times the model's own), which is not supported");
  else
    return success();
  return failure();
}

static bool matchesType(const onnx::TypeProto_Tensor &type, int32_t dataType) {
  return type.elem_type() == onnx::TensorProto::UNDEFINED ||
         type.elem_type() == dataType;
}

static bool matchesShape(const onnx::TypeProto_Tensor &type, ShapeRef shape) {
  if (!type.has_shape())
    return true;
  bool matches = type.shape().dim_size() == (int)shape.size();
  for (int i = 0; matches && i < type.shape().dim_size(); ++i)
    matches = !type.shape().dim(i).has_dim_value() ||
              type.shape().dim(i).dim_value() == shape[i];
  return matches;
}

void GraphImporter::checkOutput(const onnx::ValueInfoProto &output,
                                Value value) {
  const onnx::TypeProto_Tensor &type = output.type().tensor_type();
  auto error = [&](const Twine &message) {
    report.error(report.locate(output.name()),
                 "output " + quote(output.name()) + " " + message);
  };
  if (!matchesType(type, getDataType(value)))
    return error("is declared as " + getTypeName(type.elem_type()) +
                 "; expected " + getTypeName(getDataType(value)));
  if (!matchesShape(type, NodeContext::shape(value)))
    error("has shape " + formatShape(NodeContext::shape(value)) +
          ", which is not what the model declares");
}

/// The tensor of an output, or null after an error.
Value GraphImporter::getOutput(const onnx::ValueInfoProto &output) {
  Operand *operand = lookup(output.name());
  if (!operand->value && operand->ints)
    operand->value = createIntConstant(builder, report.locate(output.name()),
                                       *operand->ints, output.name());
  return operand->value;
}

void GraphImporter::createReturn() {
  SmallVector<Value> values;
  for (const onnx::ValueInfoProto &output : model.outputs)
    if (Value value = getOutput(output)) {
      checkOutput(output, value);
      values.push_back(value);
    }
  if (report.hasErrors())
    return;
  func::ReturnOp::create(builder, report.locate(), values);
  function.setFunctionType(
      builder.getFunctionType(function.getArgumentTypes(),
                              llvm::to_vector(ValueRange(values).getTypes())));
  function.setAllResultAttrs(nameAttributes(model.outputs));
}

/// Types and shapes that ONNX infers against those that the handlers computed.
/// They follow the same specification by different code.
void GraphImporter::crossCheck() {
  onnx::ModelProto inferred = model.model;
  // The version converter has noted shapes by the rules of older sets.
  inferred.mutable_graph()->clear_value_info();
  for (auto &output : *inferred.mutable_graph()->mutable_output())
    if (output.type().has_tensor_type())
      output.mutable_type()->mutable_tensor_type()->clear_shape();
  try {
    onnx::shape_inference::InferShapes(
        inferred, onnx::OpSchemaRegistry::Instance(),
        onnx::ShapeInferenceOptions(/*check_type=*/true, /*strict_mode=*/1,
                                    /*data_prop=*/false));
  } catch (const std::exception &exception) {
    report.error("shape inference failed: " + Twine(cleanMessage(exception)));
    return;
  }
  auto check = [&](const onnx::ValueInfoProto &value) {
    auto known = operands.find(value.name());
    if (known == operands.end() || !known->second.isKnown())
      return;
    const onnx::TypeProto_Tensor &type = value.type().tensor_type();
    ShapeRef shape = known->second.shape();
    int32_t dataType = known->second.dataType();
    if (!matchesShape(type, shape) || !matchesType(type, dataType))
      report.error(report.locate(value.name()),
                   "tensor " + quote(value.name()) + " is " +
                       getTypeName(dataType) + " of shape " +
                       formatShape(shape) +
                       ", which is not what ONNX's shape inference finds");
  };
  llvm::for_each(inferred.graph().value_info(), check);
  llvm::for_each(inferred.graph().output(), check);
}

/// Puts each constant before its first user and drops those that were only read
/// to make others, so that the order in which handlers ask for operands does
/// not show.
static void placeConstants(Block &block) {
  SmallVector<Operation *> constants;
  for (ConstantOp constant :
       llvm::make_early_inc_range(block.getOps<ConstantOp>())) {
    constants.push_back(constant);
    constant->remove();
  }
  SmallVector<Operation *> users =
      llvm::map_to_vector(block, [](Operation &op) { return &op; });
  for (Operation *user : users)
    for (Value operand : user->getOperands())
      if (auto constant = operand.getDefiningOp<ConstantOp>();
          constant && !constant->getBlock())
        block.getOperations().insert(user->getIterator(), constant);
  for (Operation *constant : constants)
    if (!constant->getBlock())
      constant->destroy();
}

OwningOpRef<ModuleOp> GraphImporter::run() {
  for (const onnx::NodeProto &node : graph.node())
    for (const std::string &input : node.input())
      used.insert(input);
  for (const onnx::ValueInfoProto &output : model.outputs)
    used.insert(output.name());

  for (const onnx::TensorProto &tensor : graph.initializer())
    if (!model.constants.contains(tensor.name()) && checkTensor(tensor).empty())
      addedConstants[tensor.name()] = &tensor;

  OwningOpRef<ModuleOp> module =
      ModuleOp::create(report.locate(), sanitize(graph.name()));
  (*module)->setAttr(kTensorName, builder.getStringAttr(graph.name()));
  createFunction(*module);
  mostBytes = getMostBytes(model);
  for (const onnx::NodeProto &node : graph.node()) {
    importNode(node);
    if (failed(checkSize(node)))
      return nullptr;
  }
  createReturn();
  if (!report.hasErrors())
    crossCheck();
  if (report.hasErrors())
    return nullptr;
  placeConstants(function.front());
  if (failed(verify(*module)))
    return nullptr;
  return module;
}

OwningOpRef<ModuleOp> vox::frontend::importGraph(const NormalizedModel &model,
                                                 Report &report) {
  return GraphImporter(model, report).run();
}
