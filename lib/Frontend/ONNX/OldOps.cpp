//===- OldOps.cpp - What ONNX's version converter lacks -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The converter has no rule for some ops of operator sets before 7, forgets
// that a dropout's mask had the type of its input, and takes the attribute
// `axis` of old arithmetic for another one than it is.
//
//===----------------------------------------------------------------------===//

#include "OldOps.h"

#include "NodeContext.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

#include "onnx/shape_inference/implementation.h"

using namespace mlir;
using namespace vox::frontend;

namespace {
struct FirstConverted {
  int64_t opset;
  std::vector<StringRef> ops;
};
} // namespace

/// From which operator set on the converter takes ops, where it is not 1.
static ArrayRef<FirstConverted> getFirstConverted() {
  static const FirstConverted table[] = {
      {2, {"GlobalLpPool", "LpPool", "Pad", "Split"}},
      {6, {"Cast", "Tile"}},
      {7,
       {"And", "Equal", "GRU", "Greater", "LSTM", "Less", "Or", "RNN", "Xor"}},
  };
  return table;
}

std::string vox::frontend::listUnconvertedOps() {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::interleave(
      getFirstConverted(), os,
      [&](const FirstConverted &row) {
        os << "before " << row.opset << " ";
        llvm::interleaveComma(row.ops, os);
      },
      "; ");
  return text;
}

static void checkConverted(const onnx::NodeProto &node, int64_t opset,
                           Report &report) {
  for (const auto &[first, ops] : getFirstConverted())
    if (opset < first && llvm::is_contained(ops, node.op_type()))
      report.error(report.locate(node.name()),
                   describeNode(node, opset) +
                       ": can't be converted from operator set " +
                       Twine(opset) + "; expected " + Twine(first) +
                       " or a newer one",
                   "export the network for a newer operator set");
}

//===----------------------------------------------------------------------===//
// Broadcasting before operator set 7
//===----------------------------------------------------------------------===//

namespace {
/// The names that values of a graph have.
class Names {
public:
  explicit Names(const onnx::GraphProto &graph) {
    for (const onnx::ValueInfoProto &input : graph.input())
      taken.insert(input.name());
    for (const onnx::TensorProto &tensor : graph.initializer())
      taken.insert(tensor.name());
    for (const onnx::NodeProto &node : graph.node())
      for (const std::string &output : node.output())
        taken.insert(output);
  }

  /// `name`, or a longer one that is new.
  std::string make(std::string name) {
    while (!taken.insert(name).second)
      name += "_";
    return name;
  }

private:
  llvm::StringSet<> taken;
};
} // namespace

/// The ranks of all values that ONNX's shape inference finds.
static llvm::StringMap<int64_t> inferRanks(const onnx::ModelProto &model) {
  onnx::ModelProto inferred = model;
  try {
    onnx::shape_inference::InferShapes(inferred);
  } catch (const std::exception &) {
    inferred = model;
  }
  llvm::StringMap<int64_t> ranks;
  for (const auto *values :
       {&inferred.graph().input(), &inferred.graph().value_info()})
    for (const onnx::ValueInfoProto &value : *values)
      if (value.type().tensor_type().has_shape())
        ranks[value.name()] = value.type().tensor_type().shape().dim_size();
  for (const onnx::TensorProto &tensor : model.graph().initializer())
    ranks[tensor.name()] = tensor.dims_size();
  return ranks;
}

static void addUnsqueeze(onnx::GraphProto &graph, onnx::NodeProto &node,
                         int64_t first, int64_t count, Names &names) {
  onnx::NodeProto &unsqueeze = *graph.add_node();
  unsqueeze.set_op_type("Unsqueeze");
  unsqueeze.set_name(node.name() + "/Unsqueeze");
  unsqueeze.add_input(node.input(1));
  unsqueeze.add_output(names.make(node.input(1) + "/aligned"));
  onnx::AttributeProto &axes = *unsqueeze.add_attribute();
  axes.set_name("axes");
  axes.set_type(onnx::AttributeProto::INTS);
  for (int64_t i = 0; i < count; ++i)
    axes.add_ints(first + i);
  node.set_input(1, unsqueeze.output(0));
}

/// The dimensions of the second operand lie along those of the first from
/// `axis` on: gives it dimensions of extent 1 behind them, so that the last
/// ones lie along each other.
static void alignOperand(onnx::GraphProto &graph, onnx::NodeProto &node,
                         const llvm::StringMap<int64_t> &ranks, int64_t opset,
                         Names &names, Report &report) {
  auto &attributes = *node.mutable_attribute();
  auto given = llvm::find_if(attributes, [](const auto &attribute) {
    return attribute.name() == "axis";
  });
  if (given == attributes.end())
    return;
  int64_t axis = given->i();
  attributes.erase(given);
  auto lhs = ranks.find(node.input(0)), rhs = ranks.find(node.input(1));
  auto error = [&](const Twine &message) {
    report.error(report.locate(node.name()), describeNode(node, opset) +
                                                 ": axis is " + Twine(axis) +
                                                 message);
  };
  if (lhs == ranks.end() || rhs == ranks.end())
    return error(", and ONNX's shape inference does not find the ranks of the "
                 "inputs; expected operator set 7 or a newer one");
  int64_t most = lhs->second - rhs->second;
  if (axis < 0)
    axis += lhs->second;
  if (axis < 0 || axis > most)
    return error("; expected 0 to " + Twine(most));
  if (axis < most)
    addUnsqueeze(graph, node, rhs->second, most - axis, names);
}

static void alignOperands(onnx::ModelProto &model, int64_t opset,
                          Report &report) {
  auto isArithmetic = [](const onnx::NodeProto &node) {
    return llvm::is_contained({"Add", "Div", "Mul", "Pow", "Sub"},
                              StringRef(node.op_type()));
  };
  onnx::GraphProto &graph = *model.mutable_graph();
  if (llvm::none_of(graph.node(), isArithmetic))
    return;
  llvm::StringMap<int64_t> ranks = inferRanks(model);
  Names names(graph);
  google::protobuf::RepeatedPtrField<onnx::NodeProto> nodes;
  nodes.Swap(graph.mutable_node());
  for (onnx::NodeProto &node : nodes) {
    if (isArithmetic(node))
      alignOperand(graph, node, ranks, opset, names, report);
    *graph.add_node() = std::move(node);
  }
}

bool vox::frontend::prepareConversion(onnx::ModelProto &model, int64_t opset,
                                      Report &report) {
  unsigned before = report.numErrors();
  for (const onnx::NodeProto &node : model.graph().node())
    checkConverted(node, opset, report);
  if (opset < 7)
    alignOperands(model, opset, report);
  return report.numErrors() == before;
}

//===----------------------------------------------------------------------===//
// Masks before operator set 10
//===----------------------------------------------------------------------===//

void vox::frontend::completeConversion(onnx::ModelProto &model, int64_t opset) {
  if (opset >= 10)
    return;
  onnx::GraphProto &graph = *model.mutable_graph();
  Names names(graph);
  google::protobuf::RepeatedPtrField<onnx::NodeProto> nodes;
  nodes.Swap(graph.mutable_node());
  for (onnx::NodeProto &node : nodes) {
    onnx::NodeProto &added = *graph.add_node();
    added = std::move(node);
    if (added.op_type() != "Dropout" || added.output_size() < 2 ||
        added.output(1).empty())
      continue;
    // A mask is of truth values now.
    onnx::NodeProto &cast = *graph.add_node();
    cast.set_op_type("Cast");
    cast.set_name(added.name() + "/Cast");
    cast.add_input(names.make(added.output(1) + "/bool"));
    cast.add_output(added.output(1));
    added.set_output(1, cast.input(0));
    onnx::AttributeProto &to = *cast.add_attribute();
    to.set_name("to");
    to.set_type(onnx::AttributeProto::INT);
    to.set_i(onnx::TensorProto::FLOAT);
  }
}
