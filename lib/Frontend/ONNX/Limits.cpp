//===- Limits.cpp - The wall before the onnx library ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The onnx library was written for models of good will. What could make it
// recurse, allocate or loop without bound, or read past a buffer, is refused
// here, before any of its functions see the model.
//
//===----------------------------------------------------------------------===//

#include "Limits.h"
#include "Tensors.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

#include "onnx/checker.h"
#include "onnx/defs/schema.h"

using namespace mlir;
using namespace vox::frontend;

static constexpr int64_t kMaxInlinedBytes = int64_t(1) << 30;
static constexpr int64_t kOldestIrVersion = 3;

bool vox::frontend::isDefaultDomain(StringRef domain) {
  return domain.empty() || domain == "ai.onnx";
}

int vox::frontend::getTargetOpset() {
  return onnx::OpSchemaRegistry::DomainToVersionRange::Instance()
      .Map()
      .at("")
      .second;
}

int64_t vox::frontend::getOpset(const onnx::ModelProto &model) {
  for (const auto &import : model.opset_import())
    if (isDefaultDomain(import.domain()))
      return import.version();
  return 0;
}

void vox::frontend::nameNodes(onnx::GraphProto &graph) {
  for (int i = 0; i < graph.node_size(); ++i)
    if (onnx::NodeProto &node = *graph.mutable_node(i); node.name().empty())
      node.set_name(node.op_type() + "#" + std::to_string(i));
}

//===----------------------------------------------------------------------===//
// Header and functions
//===----------------------------------------------------------------------===//

namespace {
using Nodes = google::protobuf::RepeatedPtrField<onnx::NodeProto>;

/// Counts the nodes and bytes that a graph has once its calls of local
/// functions are replaced by their bodies: functions that call each other
/// twice, thirty levels deep, fit in a small file.
class InlinedSize {
public:
  explicit InlinedSize(const onnx::ModelProto &model) {
    for (const onnx::FunctionProto &function : model.functions())
      functions[function.domain() + ":" + function.name()].push_back(&function);
  }

  /// Adds what `nodes` become. `inBody` tells that they are in a function, so
  /// that their own bytes are copied at each call.
  void add(const Nodes &nodes, bool inBody = false) {
    for (const onnx::NodeProto &node : nodes) {
      ++numNodes;
      if (inBody)
        numBytes += node.ByteSizeLong();
      for (const onnx::AttributeProto &attribute : node.attribute()) {
        if (attribute.has_g())
          add(attribute.g().node());
        for (const onnx::GraphProto &graph : attribute.graphs())
          add(graph.node());
      }
      auto found = functions.find(node.domain() + ":" + node.op_type());
      if (found != functions.end())
        for (const onnx::FunctionProto *function : found->second)
          add(*function);
      if (isTooLarge())
        return;
    }
  }

  bool isTooLarge() const {
    return numNodes > kMaxNodes || numBytes > kMaxInlinedBytes;
  }

private:
  void add(const onnx::FunctionProto &function) {
    auto known = sizes.find(&function);
    if (known == sizes.end()) {
      int64_t nodesBefore = numNodes, bytesBefore = numBytes;
      add(function.node(), /*inBody=*/true);
      sizes[&function] = {numNodes - nodesBefore, numBytes - bytesBefore};
      return;
    }
    numNodes += known->second.first;
    numBytes += known->second.second;
  }

  llvm::StringMap<std::vector<const onnx::FunctionProto *>> functions;
  llvm::DenseMap<const onnx::FunctionProto *, std::pair<int64_t, int64_t>>
      sizes;
  int64_t numNodes = 0, numBytes = 0;
};
} // namespace

static bool checkOpsets(const onnx::ModelProto &model, Report &report) {
  int defaults = 0;
  for (const auto &import : model.opset_import())
    defaults += isDefaultDomain(import.domain());
  if (defaults != 1) {
    report.error("imports the default operator set " + Twine(defaults) +
                 " times; expected once");
    return false;
  }
  int64_t opset = getOpset(model);
  if (opset < 1 || opset > getTargetOpset()) {
    report.error("needs operator set " + Twine(opset) + "; expected 1 to " +
                 Twine(getTargetOpset()));
    return false;
  }
  return true;
}

bool vox::frontend::checkHeader(const onnx::ModelProto &model, Report &report) {
  if (model.ir_version() < kOldestIrVersion ||
      model.ir_version() > onnx::IR_VERSION) {
    report.error("has ONNX IR version " + Twine(model.ir_version()) +
                 "; expected " + Twine(kOldestIrVersion) + " to " +
                 Twine(int64_t(onnx::IR_VERSION)));
    return false;
  }
  if (!checkOpsets(model, report))
    return false;
  // Bounds the depth of calls, which InlinedSize follows by recursion.
  try {
    onnx::checker::check_function_call_cycles(model);
  } catch (const std::exception &exception) {
    report.error(cleanMessage(exception));
    return false;
  }
  InlinedSize size(model);
  size.add(model.graph().node());
  if (size.isTooLarge()) {
    report.error("has more than " + Twine(kMaxNodes) +
                 " nodes or 1 GiB of nodes once its local functions are "
                 "inlined");
    return false;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Graph
//===----------------------------------------------------------------------===//

/// What is wrong with a declared type; empty if nothing is.
static std::string checkType(const onnx::TypeProto &type) {
  if (!type.has_tensor_type())
    return type.value_case() == onnx::TypeProto::VALUE_NOT_SET
               ? ""
               : "is not a tensor, which is not supported";
  const onnx::TensorShapeProto &shape = type.tensor_type().shape();
  if (shape.dim_size() > kMaxRank)
    return ("has rank " + Twine(shape.dim_size()) + "; expected at most " +
            Twine(kMaxRank))
        .str();
  vox::Shape extents;
  for (int i = 0; i < shape.dim_size(); ++i) {
    if (!shape.dim(i).has_dim_value())
      continue;
    extents.push_back(shape.dim(i).dim_value());
    if (extents.back() < 0)
      return ("has extent " + Twine(extents.back()) + " in dimension " +
              Twine(i) + "; expected a positive integer")
          .str();
  }
  if (!vox::numElements(extents))
    return "has more than 2^31 - 1 elements";
  return "";
}

static void checkValue(StringRef kind, const onnx::ValueInfoProto &value,
                       Report &report) {
  if (value.name().empty())
    report.error(kind + " without a name");
  else if (std::string reason = checkType(value.type()); !reason.empty())
    report.error(report.locate(value.name()),
                 kind + " " + quote(value.name()) + " " + reason);
}

static std::string describe(const onnx::NodeProto &node) {
  return "node " + quote(node.name()) + " (" +
         StringRef(node.op_type()).take_front(64).str() + ")";
}

/// ONNX reads what `num_outputs` says and allocates that many results.
static void checkSplit(const onnx::NodeProto &node, Report &report) {
  for (const onnx::AttributeProto &attribute : node.attribute())
    if (attribute.name() == "num_outputs" &&
        attribute.i() != node.output_size())
      report.error(report.locate(node.name()),
                   describe(node) + ": num_outputs is " + Twine(attribute.i()) +
                       "; expected " + Twine(node.output_size()) +
                       ", as many outputs as it has");
}

/// A value defined twice, or used before its definition (so that it is missing,
/// or the graph is cyclic).
static void checkOrder(const onnx::GraphProto &graph, Report &report) {
  llvm::StringSet<> produced, known;
  for (const onnx::NodeProto &node : graph.node())
    for (const std::string &output : node.output())
      produced.insert(output);
  for (const onnx::ValueInfoProto &input : graph.input())
    if (!known.insert(input.name()).second)
      report.error("input " + quote(input.name()) + " is listed twice");
  llvm::StringSet<> initializers;
  for (const onnx::TensorProto &tensor : graph.initializer()) {
    if (!initializers.insert(tensor.name()).second)
      report.error("initializer " + quote(tensor.name()) + " is defined twice");
    known.insert(tensor.name());
  }
  for (const onnx::NodeProto &node : graph.node()) {
    Location loc = report.locate(node.name());
    for (const std::string &input : node.input()) {
      if (input.empty() || known.contains(input))
        continue;
      if (produced.contains(input))
        report.error(loc, describe(node) + ": uses " + quote(input) +
                              " before it is computed; the graph is cyclic or "
                              "not sorted");
      else
        report.error(loc, describe(node) + ": uses " + quote(input) +
                              ", which is no input, no initializer and no "
                              "result of a node");
    }
    for (const std::string &output : node.output())
      if (!output.empty() && !known.insert(output).second)
        report.error(loc, describe(node) + ": defines " + quote(output) +
                              ", which is defined already");
  }
  llvm::StringSet<> outputs;
  for (const onnx::ValueInfoProto &output : graph.output()) {
    if (!known.contains(output.name()))
      report.error("output " + quote(output.name()) + " is never computed");
    if (!outputs.insert(output.name()).second)
      report.error("output " + quote(output.name()) + " is listed twice");
  }
}

bool vox::frontend::checkGraph(const onnx::GraphProto &graph, Report &report) {
  unsigned before = report.numErrors();
  if (graph.output().empty())
    report.error("has no outputs; expected at least one");
  if (graph.sparse_initializer_size())
    report.error("has sparse initializers, which are not supported");

  for (const onnx::ValueInfoProto &input : graph.input())
    checkValue("input", input, report);
  for (const onnx::ValueInfoProto &output : graph.output())
    checkValue("output", output, report);
  for (const onnx::TensorProto &tensor : graph.initializer()) {
    if (tensor.name().empty())
      report.error("initializer without a name");
    else if (std::string reason = checkTensor(tensor); !reason.empty())
      report.error(report.locate(tensor.name()),
                   "initializer " + quote(tensor.name()) + " " + reason);
  }
  for (const onnx::NodeProto &node : graph.node()) {
    if (node.op_type() == "Split" && isDefaultDomain(node.domain()))
      checkSplit(node, report);
    auto check = [&](const onnx::AttributeProto &attribute,
                     const onnx::TensorProto &tensor) {
      std::string reason = checkTensor(tensor);
      if (tensor.data_location() == onnx::TensorProto::EXTERNAL)
        reason = "is stored in another file; only initializers can be";
      if (!reason.empty())
        report.error(report.locate(node.name()),
                     describe(node) + ": attribute " + quote(attribute.name()) +
                         " " + reason);
    };
    for (const onnx::AttributeProto &attribute : node.attribute()) {
      if (attribute.has_t())
        check(attribute, attribute.t());
      for (const onnx::TensorProto &tensor : attribute.tensors())
        check(attribute, tensor);
    }
  }
  checkOrder(graph, report);
  return report.numErrors() == before;
}
