//===- InputShapes.cpp - Static shapes for a network's inputs -------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "InputShapes.h"
#include "Tensors.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

static constexpr int64_t kMaxExtent = std::numeric_limits<int32_t>::max();

llvm::StringSet<>
vox::frontend::getConstantInitializers(const onnx::ModelProto &model) {
  llvm::StringSet<> names;
  for (const onnx::TensorProto &tensor : model.graph().initializer())
    names.insert(tensor.name());
  if (model.ir_version() >= 4)
    for (const onnx::ValueInfoProto &input : model.graph().input())
      names.erase(input.name());
  return names;
}

/// "1xCx?x64": symbols by name.
static std::string formatDims(const onnx::TensorShapeProto &shape) {
  if (shape.dim().empty())
    return "scalar";
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::interleave(
      shape.dim(), os,
      [&](const onnx::TensorShapeProto::Dimension &dim) {
        if (dim.has_dim_value())
          os << dim.dim_value();
        else if (dim.dim_param().empty())
          os << '?';
        else
          llvm::printEscapedString(StringRef(dim.dim_param()).take_front(40),
                                   os);
      },
      "x");
  return text;
}

namespace {
class Fixer {
public:
  Fixer(Report &report) : report(report) {}

  /// Checks `shape` against the declaration and learns its symbols.
  void fix(onnx::ValueInfoProto &input, ShapeRef shape);

  /// Replaces symbols that another input has fixed.
  void substitute(onnx::ValueInfoProto &input);

private:
  Report &report;
  struct Symbol {
    int64_t extent;
    std::string input;
  };
  llvm::StringMap<Symbol> symbols;
};
} // namespace

void Fixer::fix(onnx::ValueInfoProto &input, ShapeRef shape) {
  auto error = [&](const Twine &message) {
    report.error(report.locate(input.name()),
                 "input " + quote(input.name()) + " " + message);
  };
  if (shape.size() > kMaxRank)
    return error("is given rank " + Twine(shape.size()) +
                 " by --shapes; expected at most " + Twine(kMaxRank));
  for (int64_t extent : shape)
    if (extent < 0 || extent > kMaxExtent)
      return error("is given extent " + Twine(extent) +
                   " by --shapes; expected 0 to 2^31 - 1");

  onnx::TypeProto_Tensor &type = *input.mutable_type()->mutable_tensor_type();
  if (!type.has_shape())
    for ([[maybe_unused]] int64_t extent : shape)
      type.mutable_shape()->add_dim();
  onnx::TensorShapeProto &declared = *type.mutable_shape();
  std::string contradiction = "has shape " + formatDims(declared) +
                              "; --shapes gives " + formatShape(shape);
  if (declared.dim_size() != static_cast<int>(shape.size()))
    return error(contradiction);
  for (auto [dim, extent] : llvm::zip_equal(*declared.mutable_dim(), shape)) {
    if (dim.has_dim_value() && dim.dim_value() != extent)
      return error(contradiction);
    if (!dim.dim_param().empty()) {
      auto [known, isNew] =
          symbols.try_emplace(dim.dim_param(), Symbol{extent, input.name()});
      if (!isNew && known->second.extent != extent)
        return error("is given " + Twine(extent) + " for " +
                     quote(dim.dim_param()) + " by --shapes; input " +
                     quote(known->second.input) + " has " +
                     Twine(known->second.extent));
    }
    dim.set_dim_value(extent);
  }
}

void Fixer::substitute(onnx::ValueInfoProto &input) {
  if (!input.type().tensor_type().has_shape())
    return;
  for (onnx::TensorShapeProto::Dimension &dim : *input.mutable_type()
                                                     ->mutable_tensor_type()
                                                     ->mutable_shape()
                                                     ->mutable_dim())
    if (dim.has_dim_param())
      if (auto known = symbols.find(dim.dim_param()); known != symbols.end())
        dim.set_dim_value(known->second.extent);
}

/// Refuses what is not a tensor of a supported type and of static shape.
static void checkInput(const onnx::ValueInfoProto &input, Report &report) {
  const onnx::TypeProto_Tensor &type = input.type().tensor_type();
  auto error = [&](const Twine &message, const Twine &hint = "") {
    report.error(report.locate(input.name()),
                 "input " + quote(input.name()) + " " + message, hint);
  };
  if (getElementSize(type.elem_type()) == 0)
    return error("has type " + getTypeName(type.elem_type()) + "; expected " +
                 kElementTypeNames);
  if (!type.has_shape())
    return error("has no shape", "fix it with --shapes=" + Twine(input.name()) +
                                     ":1x..., listing every extent");
  Shape shape;
  for (const onnx::TensorShapeProto::Dimension &dim : type.shape().dim()) {
    if (!dim.has_dim_value())
      return error("has dynamic shape " + formatDims(type.shape()),
                   "fix it with --shapes=" + Twine(input.name()) + ":" +
                       formatDims(type.shape()) +
                       ", with numbers in place of names and ?");
    shape.push_back(dim.dim_value());
  }
  if (!numElements(shape))
    error("has shape " + formatShape(shape) +
          ", which is more than 2^31 - 1 elements");
}

bool vox::frontend::fixInputShapes(onnx::ModelProto &model,
                                   const ImportOptions &options,
                                   Report &report) {
  unsigned before = report.numErrors();
  llvm::StringSet<> constants = getConstantInitializers(model);
  SmallVector<onnx::ValueInfoProto *> inputs;
  for (onnx::ValueInfoProto &input : *model.mutable_graph()->mutable_input())
    if (!constants.contains(input.name()))
      inputs.push_back(&input);

  // In the order of names, since a StringMap has none.
  SmallVector<StringRef> names(options.shapes.keys());
  llvm::sort(names);
  Fixer fixer(report);
  for (StringRef name : names) {
    auto found = llvm::find_if(
        inputs, [&](auto *input) { return input->name() == name; });
    if (found != inputs.end()) {
      fixer.fix(**found, options.shapes.find(name)->second);
      continue;
    }
    std::string known = llvm::join(
        llvm::map_range(inputs,
                        [](auto *input) { return quote(input->name()); }),
        ", ");
    report.error("--shapes names " + quote(name) +
                     ", which is not an input of the model",
                 known.empty() ? Twine("") : "its inputs are " + Twine(known));
  }
  if (report.numErrors() != before)
    return false;
  for (onnx::ValueInfoProto *input : inputs) {
    fixer.substitute(*input);
    checkInput(*input, report);
  }
  return report.numErrors() == before;
}
