//===- RecurrentFunctions.cpp - The functions of recurrent cells ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Recurrent.h"

#include "Compose.h"

#include <cmath>

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

static Value createActivation(NodeContext &node, ActivationAttr function,
                              Value input) {
  return ActivationOp::create(node.builder, node.loc, input.getType(), function,
                              input, node.layer);
}

static ActivationAttr getActivation(NodeContext &node, StringRef name,
                                    ArrayRef<double> parameters) {
  return lookupActivation(name)->get(node.builder.getContext(), parameters);
}

Value CellFunction::apply(NodeContext &node, Value input) const {
  if (!std::isinf(threshold))
    input = createActivation(
        node, getActivation(node, "clip", {-threshold, threshold}), input);
  if (activation)
    return createActivation(node, activation, input);
  if (!isTanh) {
    Value product = createBinary<MulOp>(node, input, createScalar(node, outer));
    return createBinary<AddOp>(node, product, createScalar(node, inner));
  }
  Value product = createBinary<MulOp>(node, input, createScalar(node, inner));
  return createBinary<MulOp>(
      node, createActivation(node, getActivation(node, "tanh", {}), product),
      createScalar(node, outer));
}

namespace {
/// Parameters in one list, each taken by the next function that has it.
class ParameterList {
public:
  ParameterList(NodeContext &node, StringRef name) : node(node), name(name) {
    if (const onnx::AttributeProto *attribute = node.attribute(name))
      values.assign(attribute->floats().begin(), attribute->floats().end());
  }

  double take(double defaultValue) {
    return next < values.size() ? values[next++] : defaultValue;
  }

  LogicalResult finish() const {
    if (next == values.size())
      return success();
    return node.error(name + " has " + Twine(values.size()) +
                      " values; expected " + Twine(next) +
                      ", one for each of the activations that have it");
  }

private:
  NodeContext &node;
  StringRef name;
  SmallVector<double> values;
  size_t next = 0;
};

/// Reads one function after the other.
class FunctionReader {
public:
  explicit FunctionReader(NodeContext &node)
      : node(node), alphas(node, "activation_alpha"),
        betas(node, "activation_beta"),
        threshold(node.getFloat("clip", kInfinity)) {}

  std::optional<CellFunction> read(StringRef name);
  LogicalResult finish() const {
    if (!(threshold > 0))
      return node.error("clip is " + std::to_string(threshold) +
                        "; expected a positive number");
    return failure(failed(alphas.finish()) || failed(betas.finish()));
  }

private:
  std::optional<CellFunction> readFormula(StringRef name);

  NodeContext &node;
  ParameterList alphas, betas;
  float threshold;
};
} // namespace

/// An activation that has no parameters but alpha and beta.
static const ActivationKind *findActivation(StringRef name) {
  for (const ActivationKind *kind : activationKinds())
    if (name.equals_insensitive(kind->onnxOp) && !kind->learned &&
        kind->onnxMode.empty() &&
        llvm::all_of(kind->parameters, [](const ActivationParameter &p) {
          return p.onnxName == "alpha" || p.onnxName == "beta";
        }))
      return kind;
  return nullptr;
}

std::optional<CellFunction> FunctionReader::readFormula(StringRef name) {
  bool isTanh = name.equals_insensitive("ScaledTanh");
  if (!isTanh && !name.equals_insensitive("Affine"))
    return node.error("activations names " + quote(name.take_front(64)) +
                      "; expected Tanh, Sigmoid, Relu or another activation "
                      "without parameters other than alpha and beta");
  float alpha = alphas.take(1), beta = betas.take(isTanh ? 1 : 0);
  if (std::isfinite(alpha) && std::isfinite(beta))
    return CellFunction(nullptr, isTanh, alpha, beta, threshold);
  return node.error(name + " has alpha " + std::to_string(alpha) +
                    " and beta " + std::to_string(beta) +
                    "; expected finite numbers");
}

std::optional<CellFunction> FunctionReader::read(StringRef name) {
  const ActivationKind *kind = findActivation(name);
  if (!kind)
    return readFormula(name);
  SmallVector<double> values;
  for (const ActivationParameter &parameter : kind->parameters)
    values.push_back((parameter.onnxName == "alpha" ? alphas : betas)
                         .take(parameter.defaultValue));
  if (auto message = checkParameters(*kind, values))
    return node.error(kind->onnxOp + ": " + *message);
  return CellFunction(kind->get(node.builder.getContext(), values),
                      /*isTanh=*/false, 0, 0, threshold);
}

std::optional<std::vector<CellFunction>> vox::frontend::readCellFunctions(
    NodeContext &node, ArrayRef<StringRef> defaults, int64_t directions) {
  SmallVector<StringRef> names;
  if (const onnx::AttributeProto *given = node.attribute("activations"))
    names.assign(given->strings().begin(), given->strings().end());
  else
    for (int64_t i = 0; i < directions; ++i)
      llvm::append_range(names, defaults);
  // The default that ONNX states for RNN is a list for two directions.
  size_t count = defaults.size() * directions;
  if (names.size() != count && !(defaults.size() == 1 && names.size() == 2))
    return node.error("activations has " + Twine(names.size()) +
                      " names; expected " + Twine(count));
  FunctionReader reader(node);
  std::vector<CellFunction> functions;
  for (StringRef name : names) {
    std::optional<CellFunction> function = reader.read(name);
    if (!function)
      return std::nullopt;
    functions.push_back(*function);
  }
  if (failed(reader.finish()))
    return std::nullopt;
  return functions;
}
