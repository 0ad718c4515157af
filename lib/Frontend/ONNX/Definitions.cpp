//===- Definitions.cpp - Ops that ONNX defines by others ------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX gives some ops, like Attention, as a function of simpler ones. Such a
// node is replaced by the function's body, as if the file had it so. Often the
// body depends on the types of the node's inputs, which is why bodies that have
// such ops themselves are replaced in a round of their own.
//
//===----------------------------------------------------------------------===//

#include "Definitions.h"

#include "Handlers.h"
#include "Limits.h"

#include "llvm/ADT/StringSet.h"

#include "onnx/shape_inference/attribute_binder.h"
#include "onnx/shape_inference/implementation.h"

using namespace mlir;
using namespace vox::frontend;

static const onnx::OpSchema *getSchema(const onnx::NodeProto &node,
                                       int64_t opset) {
  return onnx::OpSchemaRegistry::Schema(node.op_type(), opset);
}

bool vox::frontend::hasDefinition(const onnx::NodeProto &node, int64_t opset) {
  if (!node.domain().empty() || lookupOp(node.op_type()))
    return false;
  auto isDefined = [](const onnx::OpSchema *schema) {
    return schema &&
           (schema->HasFunction() || schema->HasContextDependentFunction());
  };
  return isDefined(getSchema(node, opset)) ||
         isDefined(getSchema(node, getTargetOpset()));
}

namespace {
class Expander {
public:
  Expander(onnx::ModelProto &model, int64_t opset, Origins &origins)
      : model(model), graph(*model.mutable_graph()), opset(opset),
        origins(origins) {
    for (const onnx::ValueInfoProto &input : graph.input())
      names.insert(input.name());
    for (const onnx::TensorProto &tensor : graph.initializer())
      names.insert(tensor.name());
    for (const onnx::NodeProto &node : graph.node())
      for (const std::string &output : node.output())
        names.insert(output);
  }

  /// Replaces all nodes that have a definition now. Nothing after an error,
  /// else whether there was one.
  std::optional<bool> runRound(Report &report);

private:
  void inferTypes();
  std::optional<onnx::FunctionProto>
  getDefinition(const onnx::NodeProto &node) const;
  /// Appends the body of `function` to the graph.
  void inlineBody(const onnx::NodeProto &node, onnx::FunctionProto function);

  onnx::ModelProto &model;
  onnx::GraphProto &graph;
  int64_t opset;
  Origins &origins;
  llvm::StringMap<onnx::TypeProto> types;
  llvm::StringSet<> names;
};
} // namespace

/// Values whose type can't be found stay without one.
void Expander::inferTypes() {
  onnx::ModelProto inferred = model;
  // The onnx library has no shape for this op, and none for all that follow.
  for (onnx::NodeProto &node : *inferred.mutable_graph()->mutable_node())
    if (node.op_type() == "GroupNormalization" && node.input_size() > 1) {
      node.set_op_type("Identity");
      node.mutable_input()->DeleteSubrange(1, node.input_size() - 1);
      node.clear_attribute();
    }
  try {
    onnx::shape_inference::InferShapes(
        inferred, onnx::OpSchemaRegistry::Instance(),
        onnx::ShapeInferenceOptions(/*check_type=*/false, /*strict_mode=*/0,
                                    /*data_prop=*/true));
  } catch (const std::exception &) {
    inferred = model;
  }
  types.clear();
  for (const onnx::TensorProto &tensor : inferred.graph().initializer()) {
    auto &type = *types[tensor.name()].mutable_tensor_type();
    type.set_elem_type(tensor.data_type());
    type.mutable_shape();
    for (int64_t extent : tensor.dims())
      type.mutable_shape()->add_dim()->set_dim_value(extent);
  }
  for (const auto *values :
       {&inferred.graph().input(), &inferred.graph().value_info(),
        &inferred.graph().output()})
    for (const onnx::ValueInfoProto &value : *values)
      types[value.name()] = value.type();
}

std::optional<onnx::FunctionProto>
Expander::getDefinition(const onnx::NodeProto &node) const {
  const onnx::OpSchema *schema = getSchema(node, opset);
  if (!schema)
    return std::nullopt;
  try {
    if (const onnx::FunctionProto *function = schema->GetFunction(opset, false))
      return *function;
    std::vector<onnx::TypeProto> inputs;
    for (const std::string &input : node.input())
      inputs.push_back(types.lookup(input));
    onnx::FunctionBodyBuildContextImpl context(node, inputs);
    onnx::FunctionProto function;
    if (schema->BuildContextDependentFunction(context, function, opset))
      return function;
  } catch (const std::exception &) {
    // It wants something that the node does not have.
  }
  return std::nullopt;
}

void vox::frontend::addDefaults(onnx::NodeProto &node,
                                const onnx::OpSchema &schema) {
  llvm::StringSet<> given;
  for (const onnx::AttributeProto &attribute : node.attribute())
    given.insert(attribute.name());
  for (const auto &[name, attribute] : schema.attributes())
    if (!given.contains(name) && attribute.default_value.has_name())
      *node.add_attribute() = attribute.default_value;
}

void Expander::inlineBody(const onnx::NodeProto &node,
                          onnx::FunctionProto function) {
  // A body refers to the attributes of the node alone.
  onnx::NodeProto complete = node;
  addDefaults(complete, *getSchema(node, opset));
  onnx::internal::AttributeBinder::BindAttributes(complete, function);
  auto known = origins.find(node.name());
  std::string origin =
      known != origins.end() ? known->second : describeNode(node, opset);
  StringRef prefix = StringRef(node.name()).take_front(64);

  llvm::StringMap<std::string> actual;
  for (int i = 0; i < function.input_size(); ++i)
    actual[function.input(i)] = i < node.input_size() ? node.input(i) : "";
  for (int i = 0; i < function.output_size() && i < node.output_size(); ++i)
    if (!node.output(i).empty())
      actual[function.output(i)] = node.output(i);
  auto rename = [&](std::string &name) {
    if (name.empty())
      return;
    auto [entry, isNew] = actual.try_emplace(name);
    if (isNew) {
      std::string fresh = (prefix + "/" + name).str();
      while (!names.insert(fresh).second)
        fresh += "_";
      entry->second = fresh;
    }
    name = entry->second;
  };
  for (auto [i, body] : llvm::enumerate(*function.mutable_node())) {
    body.set_name((prefix + "/" + body.op_type() + "#" + Twine(i)).str());
    origins[body.name()] = origin;
    if (isDefaultDomain(body.domain()))
      body.clear_domain();
    for (std::string &input : *body.mutable_input())
      rename(input);
    for (std::string &output : *body.mutable_output())
      rename(output);
    *graph.add_node() = std::move(body);
  }
}

std::optional<bool> Expander::runRound(Report &report) {
  inferTypes();
  google::protobuf::RepeatedPtrField<onnx::NodeProto> nodes;
  nodes.Swap(graph.mutable_node());
  bool any = false, isLast = opset == getTargetOpset();
  unsigned before = report.numErrors();
  for (onnx::NodeProto &node : nodes) {
    std::optional<onnx::FunctionProto> function;
    if (hasDefinition(node, opset)) {
      function = getDefinition(node);
      // Where an error came before, it may be that it left a type unknown.
      if (!function && isLast && report.hasErrors())
        return std::nullopt;
      if (!function && isLast)
        report.error(report.locate(node.name()),
                     describeNode(node, opset) +
                         ": the op is not supported with these inputs and "
                         "attributes: ONNX does not define it by other ops");
    }
    any |= function.has_value();
    if (function)
      inlineBody(node, std::move(*function));
    else
      *graph.add_node() = std::move(node);
    if (graph.node_size() > kMaxNodes) {
      report.error("has more than " + Twine(kMaxNodes) +
                   " nodes once ops are replaced by ONNX's definitions");
      return std::nullopt;
    }
  }
  if (report.numErrors() != before)
    return std::nullopt;
  return any;
}

bool vox::frontend::expandDefinitions(onnx::ModelProto &model, int64_t opset,
                                      Origins &origins, Report &report) {
  Expander expander(model, opset, origins);
  std::optional<bool> any;
  while ((any = expander.runRound(report)) && *any)
    ;
  return any.has_value();
}
