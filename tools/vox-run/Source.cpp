//===- Source.cpp - A model that is not compiled yet ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Source.h"

#include "vox/Pipelines/Options.h"

using namespace mlir;
using namespace vox;
using namespace vox::run;

/// The name of an argument or result, or a number where it has none.
static TensorInfo makeInfo(Type type, Attribute name, const Twine &number) {
  auto text = dyn_cast_or_null<StringAttr>(name);
  return {text ? text.str() : number.str(),
          SmallVector<int64_t>(cast<RankedTensorType>(type).getShape())};
}

func::FuncOp Source::getNetwork() {
  return *module->getOps<func::FuncOp>().begin();
}

std::optional<Source> Source::read(StringRef path, MLIRContext &context,
                                   const ImportOptions &options) {
  Source source;
  source.module = readModel(path, context, options);
  if (!source.module)
    return std::nullopt;
  func::FuncOp network = source.getNetwork();
  for (auto [i, type] : llvm::enumerate(network.getArgumentTypes()))
    source.signature.inputs.push_back(
        makeInfo(type, network.getArgAttr(i, kTensorName), "input" + Twine(i)));
  for (auto [i, type] : llvm::enumerate(network.getResultTypes()))
    source.signature.outputs.push_back(makeInfo(
        type, network.getResultAttr(i, kTensorName), "output" + Twine(i)));
  return std::move(source);
}

FailureOr<std::vector<Tensor>> Source::evaluate(ArrayRef<Tensor> inputs) {
  return vox::evaluate(getNetwork(), inputs);
}

LogicalResult Source::compile(StringRef path, Phase from,
                              const CompileOptions &options,
                              bool &internalFault) {
  internalFault = false;
  if (from < Phase::Kernels) {
    PassManager passes(module->getContext());
    if (failed(buildPipeline(passes, from, Phase::Kernels, options)))
      return failure();
    // The network was verified, so a pass has no reason to refuse it.
    if (failed(passes.run(*module))) {
      internalFault = true;
      return failure();
    }
  }
  Product product{Product::SharedLibrary, path.str()};
  return emitProducts(*module, module->getName().value_or("model"), product,
                      options, &internalFault);
}
