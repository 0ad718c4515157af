//===- Exporter.cpp - From the vox dialect back to an ONNX model ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Frontend/ONNX/Exporter.h"

#include "Diagnostics.h"
#include "GraphWriter.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include "onnx/checker.h"

#include <new>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// The oldest operator set that has every op in the form in which it is written
/// (Gelu is the latest), and the oldest version of the format for it: other
/// programs read those before they read the newest.
static constexpr int kOpset = 20, kFormatVersion = 9;

/// The one function of `module`; null after an error.
static func::FuncOp findNetwork(ModuleOp module) {
  func::FuncOp network;
  for (Operation &op : module.getBody()->getOperations()) {
    auto function = dyn_cast<func::FuncOp>(op);
    if (!function || network)
      return op.emitOpError("can't be written as ONNX; expected one function, "
                            "the network"),
             nullptr;
    network = function;
  }
  if (!network || network.isExternal() || !network.getBody().hasOneBlock() ||
      network.getNumResults() == 0)
    return (network ? network.emitOpError() : module.emitOpError())
               << "can't be written as ONNX; expected one function, the "
                  "network, with one block and an output",
           nullptr;
  return network;
}

namespace {
class GraphExporter {
public:
  GraphExporter(func::FuncOp network, onnx::GraphProto &graph)
      : network(network), graph(graph), writer(graph) {}

  LogicalResult run();

private:
  LogicalResult declare(Type type, StringRef name,
                        onnx::ValueInfoProto &declaration);
  LogicalResult reserve(StringRef name);
  LogicalResult nameOutputs(func::ReturnOp end);

  func::FuncOp network;
  onnx::GraphProto &graph;
  GraphWriter writer;
  /// Outputs that are inputs, or other outputs, under a second name.
  SmallVector<std::pair<Value, std::string>> copies;
};
} // namespace

LogicalResult GraphExporter::declare(Type type, StringRef name,
                                     onnx::ValueInfoProto &declaration) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  std::optional<ElementType> element =
      tensor ? getElementType(tensor.getElementType()) : std::nullopt;
  if (!element || !tensor.hasStaticShape() || tensor.getEncoding())
    return network.emitOpError()
           << "can't be written as ONNX: " << quote(name) << " is " << type
           << "; expected a planar tensor";
  declaration.set_name(name.str());
  auto &proto = *declaration.mutable_type()->mutable_tensor_type();
  proto.set_elem_type(element->code);
  proto.mutable_shape();
  for (int64_t extent : tensor.getShape())
    proto.mutable_shape()->add_dim()->set_dim_value(extent);
  return success();
}

LogicalResult GraphExporter::reserve(StringRef name) {
  if (writer.reserveName(name))
    return success();
  return network.emitOpError()
         << "can't be written as ONNX: " << quote(name)
         << " names several inputs or outputs; expected different names";
}

LogicalResult GraphExporter::nameOutputs(func::ReturnOp end) {
  llvm::StringSet<> outputs;
  for (auto [i, value] : llvm::enumerate(end.getOperands())) {
    std::string name = getOutputName(network, i);
    if (failed(declare(value.getType(), name, *graph.add_output())))
      return failure();
    bool isFirst = outputs.insert(name).second;
    // An input may be handed out under its own name.
    if (isFirst && isa<BlockArgument>(value) && writer.getName(value) == name)
      continue;
    if (failed(reserve(name)))
      return failure();
    if (writer.hasName(value))
      copies.push_back({value, name});
    else
      writer.setName(value, name);
  }
  return success();
}

LogicalResult GraphExporter::run() {
  Block &block = network.getBody().front();
  auto end = dyn_cast<func::ReturnOp>(block.getTerminator());
  if (!end)
    return block.getTerminator()->emitOpError(
        "can't be written as ONNX; expected func.return");
  for (BlockArgument input : block.getArguments()) {
    std::string name = getInputName(network, input.getArgNumber());
    if (failed(declare(input.getType(), name, *graph.add_input())) ||
        failed(reserve(name)))
      return failure();
    writer.setName(input, name);
  }
  if (failed(nameOutputs(end)))
    return failure();

  for (Operation &op : block)
    if (auto layer = op.getAttrOfType<StringAttr>("layer"))
      writer.reserveLayer(layer);
  for (Operation &op : block.without_terminator())
    if (failed(exportOp(&op, writer)))
      return failure();
  for (auto &[value, name] : copies)
    writer.addNode(end, "Identity", {writer.getName(value)}, name);
  for (Value value : end.getOperands())
    writer.getName(value); // writes those that are constants
  if (writer.getDataSize() > GraphWriter::kMaxDataSize)
    return network.emitOpError()
           << "can't be written as ONNX: has " << writer.getDataSize()
           << " bytes of constants; expected at most "
           << GraphWriter::kMaxDataSize;
  return success();
}

static LogicalResult exportModel(ModuleOp module, std::string &bytes) {
  func::FuncOp network = findNetwork(module);
  if (!network)
    return failure();
  onnx::ModelProto model;
  model.set_ir_version(kFormatVersion);
  model.set_producer_name("voxc");
  onnx::OperatorSetIdProto &opset = *model.add_opset_import();
  opset.set_domain("");
  opset.set_version(kOpset);
  onnx::GraphProto &graph = *model.mutable_graph();
  auto name = module->getAttrOfType<StringAttr>(kTensorName);
  if (!name || name.empty())
    name = module.getSymNameAttr();
  graph.set_name(name && !name.empty() ? name.str() : "network");
  if (failed(GraphExporter(network, graph).run()))
    return failure();
  onnx::checker::check_model(model, /*full_check=*/true);
  if (!model.SerializeToString(&bytes))
    return network.emitOpError(
        "can't be written as ONNX: needs more than 2 GiB");
  return success();
}

LogicalResult vox::exportONNX(ModuleOp module, raw_ostream &os) {
  std::string bytes;
  // As in Importer.cpp, nothing that is thrown leaves this folder.
  try {
    if (failed(exportModel(module, bytes)))
      return failure();
  } catch (const std::bad_alloc &) {
    return module.emitError("needs more memory than there is");
  } catch (const std::exception &exception) {
    return module.emitError()
           << "can't be written as ONNX: " << cleanMessage(exception);
  }
  os << bytes;
  return success();
}
