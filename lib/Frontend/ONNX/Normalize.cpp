//===- Normalize.cpp - One operator set for all models --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Converting every model to the newest operator set lets each op be imported
// in one version only. What the onnx library need not see is kept from it:
// ops without a handler, declared types of inner values (a wrong one would
// mislead its adapters), and the data of weights.
//
//===----------------------------------------------------------------------===//

#include "Normalize.h"

#include "Definitions.h"
#include "Handlers.h"
#include "InputShapes.h"
#include "Limits.h"
#include "OldOps.h"

#include "llvm/ADT/StringSet.h"

#include "onnx/checker.h"
#include "onnx/inliner/inliner.h"
#include "onnx/version_converter/convert.h"

using namespace mlir;
using namespace vox::frontend;

/// Adapters look at constants like the scales of Upsample, never at weights.
static constexpr int64_t kSmallConstant = 1024;

static bool inlineFunctions(onnx::ModelProto &model, Report &report) {
  if (model.functions().empty())
    return true;
  onnx::inliner::InlineLocalFunctions(model);
  nameNodes(*model.mutable_graph());
  return checkGraph(model.graph(), report);
}

/// Both "" and "ai.onnx" name the default domain; one spelling is enough.
static void canonicalizeDomain(onnx::ModelProto &model) {
  for (auto &import : *model.mutable_opset_import())
    if (isDefaultDomain(import.domain()))
      import.clear_domain();
  for (onnx::NodeProto &node : *model.mutable_graph()->mutable_node())
    if (isDefaultDomain(node.domain()))
      node.clear_domain();
}

/// Reports and removes nodes that have neither a handler nor a definition.
/// Their results become inputs of unknown type.
static void removeUnsupported(onnx::GraphProto &graph, int64_t opset,
                              const Origins &origins, Report &report) {
  google::protobuf::RepeatedPtrField<onnx::NodeProto> nodes;
  nodes.Swap(graph.mutable_node());
  // A definition may need the same op twice.
  llvm::StringSet<> told;
  for (onnx::NodeProto &node : nodes) {
    if ((node.domain().empty() && lookupOp(node.op_type())) ||
        hasDefinition(node, opset)) {
      *graph.add_node() = std::move(node);
      continue;
    }
    auto origin = origins.find(node.name());
    std::string message =
        origin == origins.end()
            ? describeNode(node, opset) + ": the op is not supported"
            : origin->second +
                  ": the op is not supported: its definition needs " +
                  node.op_type();
    if (told.insert(message).second)
      report.error(report.locate(node.name()), message);
    for (const std::string &output : node.output())
      if (!output.empty())
        graph.add_input()->set_name(output);
  }
}

/// Moves constants to `result`; large ones leave an input behind.
static void takeConstants(onnx::ModelProto &model, NormalizedModel &result) {
  llvm::StringSet<> constants = getConstantInitializers(model);
  onnx::GraphProto &graph = *model.mutable_graph();
  llvm::StringSet<> inputs;
  for (const onnx::ValueInfoProto &input : graph.input()) {
    inputs.insert(input.name());
    if (!constants.contains(input.name()))
      result.inputs.push_back(input);
  }
  google::protobuf::RepeatedPtrField<onnx::TensorProto> tensors;
  tensors.Swap(graph.mutable_initializer());
  for (onnx::TensorProto &tensor : tensors) {
    bool isConstant = constants.contains(tensor.name());
    std::optional<int64_t> count = vox::numElements(getShape(tensor));
    if (isConstant && count && *count > kSmallConstant) {
      if (!inputs.contains(tensor.name())) {
        onnx::ValueInfoProto &input = *graph.add_input();
        input.set_name(tensor.name());
        auto &type = *input.mutable_type()->mutable_tensor_type();
        type.set_elem_type(tensor.data_type());
        for (int64_t extent : tensor.dims())
          type.mutable_shape()->add_dim()->set_dim_value(extent);
      }
    } else {
      *graph.add_initializer() = tensor;
    }
    if (isConstant)
      result.constants[tensor.name()] = std::move(tensor);
  }
}

/// Each node against its op's schema, then the model as a whole.
static bool check(const onnx::ModelProto &model, int64_t opset, bool isComplete,
                  Report &report) {
  unsigned before = report.numErrors();
  onnx::checker::CheckerContext context;
  context.set_ir_version(model.ir_version());
  context.set_opset_imports({{"", static_cast<int>(opset)}});
  onnx::checker::LexicalScopeContext scope;
  for (const onnx::NodeProto &node : model.graph().node()) {
    try {
      onnx::checker::check_node(node, context, scope);
    } catch (const std::exception &exception) {
      report.error(report.locate(node.name()),
                   describeNode(node, opset) + ": " + cleanMessage(exception));
    }
  }
  if (report.numErrors() != before)
    return false;
  if (!isComplete)
    return true;
  try {
    onnx::checker::check_model(model);
    return true;
  } catch (const std::exception &exception) {
    report.error("is not valid ONNX: " + Twine(cleanMessage(exception)));
    return false;
  }
}

/// Before IR version 4 initializers are inputs, which the converter would take
/// for values it can't know.
static void dropConstantInputs(onnx::ModelProto &model,
                               const NormalizedModel &result) {
  llvm::StringSet<> initializers;
  for (const onnx::TensorProto &tensor : model.graph().initializer())
    if (result.constants.contains(tensor.name()))
      initializers.insert(tensor.name());
  google::protobuf::RepeatedPtrField<onnx::ValueInfoProto> inputs;
  inputs.Swap(model.mutable_graph()->mutable_input());
  for (onnx::ValueInfoProto &input : inputs)
    if (!initializers.contains(input.name()))
      *model.mutable_graph()->add_input() = std::move(input);
}

/// Leaves nodes that have a handler, or will have a definition after the
/// conversion. False if it makes no sense to go on.
static bool settleOps(onnx::ModelProto &model, int64_t opset, Origins &origins,
                      Report &report) {
  removeUnsupported(*model.mutable_graph(), opset, origins, report);
  if (llvm::none_of(model.graph().node(), [&](const onnx::NodeProto &node) {
        return hasDefinition(node, opset);
      }))
    return true;
  if (!check(model, opset, /*isComplete=*/false, report) ||
      !expandDefinitions(model, opset, origins, report))
    return false;
  removeUnsupported(*model.mutable_graph(), opset, origins, report);
  return check(model, opset, /*isComplete=*/false, report);
}

/// ONNX infers the shapes of ops without an inference of their own by their
/// definitions, which it finds faulty where an attribute that they refer to is
/// left to its default.
static void completeForInference(onnx::NodeProto &node) {
  const onnx::OpSchema *schema =
      onnx::OpSchemaRegistry::Schema(node.op_type(), getTargetOpset());
  if (schema && schema->HasFunction() &&
      !schema->has_type_and_shape_inference_function())
    addDefaults(node, *schema);
}

std::optional<NormalizedModel> vox::frontend::normalize(onnx::ModelProto model,
                                                        Report &report) {
  NormalizedModel result;
  result.opset = getOpset(model);
  canonicalizeDomain(model);
  if (!inlineFunctions(model, report))
    return std::nullopt;
  canonicalizeDomain(model);
  onnx::GraphProto &graph = *model.mutable_graph();
  graph.clear_value_info();
  graph.clear_quantization_annotation();
  model.clear_training_info();
  if (graph.name().empty())
    graph.set_name("network");
  result.outputs.assign(graph.output().begin(), graph.output().end());
  takeConstants(model, result);

  unsigned before = report.numErrors();
  Origins origins;
  if (!settleOps(model, result.opset, origins, report))
    return std::nullopt;
  bool isComplete = report.numErrors() == before;
  if (!check(model, result.opset, isComplete, report))
    return std::nullopt;

  dropConstantInputs(model, result);
  if (!prepareConversion(model, result.opset, report))
    return std::nullopt;
  model.set_ir_version(onnx::IR_VERSION);
  try {
    if (result.opset == getTargetOpset())
      result.model = std::move(model);
    else
      result.model =
          onnx::version_conversion::ConvertVersion(model, getTargetOpset());
  } catch (const std::exception &exception) {
    if (isComplete)
      report.error("can't be converted from operator set " +
                   Twine(result.opset) + " to " + Twine(getTargetOpset()) +
                   ": " + cleanMessage(exception));
    return std::nullopt;
  }
  completeConversion(result.model, result.opset);
  nameNodes(*result.model.mutable_graph());
  // Some ops got their definition in a later set than the model's.
  if (!settleOps(result.model, getTargetOpset(), origins, report))
    return std::nullopt;
  for (onnx::NodeProto &node : *result.model.mutable_graph()->mutable_node())
    completeForInference(node);
  return result;
}
